"""A proposal as its own side would run it: in its own mode, with nothing of the partner joined.

A proposal that was meant to be joint has no such form. For every other one the five modes are what-ifs, and
this is what was in fact put on the table: own picture, own interceptors, own land.
"""

from __future__ import annotations

from dataclasses import replace

from equipoise.scenario import Architecture, ReleaseRule, Scenario


def proposed_rule(scenario: Scenario, architecture: Architecture) -> ReleaseRule:
    """The rule in which the proposal itself would run; where it names none, the scenario's first."""
    named = (r for r in scenario.modes if r.id == architecture.command_mode)
    return next(named, scenario.modes[0])


def rule_apart(rule: ReleaseRule) -> ReleaseRule:
    """The same rule, with its decision time and track, where nothing comes from the partner or goes to it."""
    return replace(rule, picture="own", deciders="owner", interceptors="own", land="own", sectors=())


def unjoined(scenario: Scenario, architecture: Architecture) -> Architecture:
    """The architecture with only those joined systems that belong to its own side."""
    own = sides(scenario, architecture)
    kept = (j for j in architecture.joins if sides(scenario, scenario.architectures[j]) <= own)
    return replace(architecture, joins=tuple(kept))


def sides(scenario: Scenario, architecture: Architecture) -> frozenset[str]:
    """Parties whose batteries and sensors stand in it, and the one that proposes it."""
    parties = {b.party for b in architecture.batteries}
    parties |= {scenario.sensors[s].party for s in architecture.sensors}
    proposer = architecture.proposer_party
    return frozenset(parties if proposer is None else parties | {proposer})

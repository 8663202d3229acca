"""The two parties exchanged: the same facts told with the labels the other way round.

A verdict that depends on which party is written first, or on what it is called, would not swap; that is
what this is for. Geography stays: members, places, weapons and people keep theirs; the label of the party
they belong to changes, and with it the place of their party in the pair.
"""

from __future__ import annotations

from dataclasses import replace

from equipoise.scenario.command import ReleaseRule
from equipoise.scenario.digests import digest
from equipoise.scenario.types import Architecture, Party, Scenario


def swap_parties(scenario: Scenario) -> Scenario:
    """The scenario with the parties' ids and names exchanged; swapped twice it is the same again.

    The first party keeps its id, name and place and takes over the second's members, and so the other way
    round; everything that names a party follows its members.
    """
    first, second = scenario.parties
    other = {first.id: second.id, second.id: first.id}
    swapped = replace(
        scenario,
        parties=(Party(first.id, first.name, second.members), Party(second.id, second.name, first.members)),
        deterrent_areas=tuple(
            replace(a, party=None if a.party is None else other[a.party]) for a in scenario.deterrent_areas
        ),
        sensors={n: replace(s, party=other[s.party]) for n, s in scenario.sensors.items()},
        architectures={n: _architecture(a, other) for n, a in scenario.architectures.items()},
        modes=tuple(_mode(m, other) for m in scenario.modes),
        declared_warheads=tuple((other[party], said) for party, said in scenario.declared_warheads),
        baseline_notes=tuple((other[party], said) for party, said in scenario.baseline_notes),
        statements=tuple(
            replace(s, party=None if s.party is None else other[s.party]) for s in scenario.statements
        ),
    )
    return replace(swapped, digest=digest(swapped))


def _architecture(architecture: Architecture, other: dict[str, str]) -> Architecture:
    proposer = architecture.proposer_party
    return replace(
        architecture,
        proposer_party=None if proposer is None else other[proposer],
        batteries=tuple(replace(b, party=other[b.party]) for b in architecture.batteries),
    )


def _mode(mode: ReleaseRule, other: dict[str, str]) -> ReleaseRule:
    return replace(mode, sectors=tuple(replace(s, party=other[s.party]) for s in mode.sectors))

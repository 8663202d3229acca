"""Command modes: how much time each rule leaves, with the partner present, silent or gone.

A *slack* is the longest decision time with which a flight can still be met: latest commit minus the moment
the picture is good enough. Each release rule picks, by its fields and never by its name, whose picture
counts, whose interceptors may be used and who must answer; so every rule is a greatest or a least of the
same few slacks, and every decision time is afterwards one comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.scenario import ReleaseRule

Variant = Literal["whole", "key-withheld", "data-withheld", "shots-withheld", "link-cut"]
VARIANTS: tuple[Variant, ...] = ("whole", "key-withheld", "data-withheld", "shots-withheld", "link-cut")
"""What the partner of the party whose land is judged holds back; each party is judged in its turn."""

Slacks = Mapping[tuple[int, str], Float[Array, " f"]]
"""(shooting party 0 or 1, picture ``own-0`` · ``own-1`` · ``fused``) to the slack of each flight, s."""


def rule_slack(
    rule: ReleaseRule, variant: Variant, party: int, slacks: Slacks, crossed: Bool[Array, "f 2"]
) -> Float[Array, " f"]:
    """Longest decision time, s, with which each flight toward ``party``'s land can be met under ``rule``.

    ``crossed`` says whose sectors each flight passes over (all false where the rule has none). Minus
    infinity = cannot be met.
    """
    alone = slacks[party, f"own-{party}"]
    if variant == "link-cut":
        return _cut_off(rule, party, alone, crossed)
    if rule.deciders == "both" and variant == "key-withheld":
        return alone if rule.on_silence == "own" else np.full_like(alone, -np.inf)
    own = _shot(rule, variant, party, party, slacks)
    partner = _shot(rule, variant, party, 1 - party, slacks)
    if not _partner_shoots(rule, variant):
        partner = np.full_like(own, -np.inf)
    if rule.interceptors != "sector":
        best: Float[Array, " f"] = np.maximum(own, partner)
        return best
    return _by_sector(rule, variant, party, (own, partner, alone), crossed)


def view(rule: ReleaseRule, variant: Variant, party: int, shooter: int) -> str:
    """The picture on which ``shooter`` fires for ``party``'s land: a key of ``Slacks``' second place."""
    blind = variant == "link-cut" or (variant == "data-withheld" and shooter == party)
    return f"own-{shooter}" if rule.picture == "own" or blind else "fused"


def _shot(
    rule: ReleaseRule, variant: Variant, party: int, shooter: int, slacks: Slacks
) -> Float[Array, " f"]:
    """Slack of one party's interceptors; where both must decide, both pictures must be good enough."""
    slack = slacks[shooter, view(rule, variant, party, shooter)]
    if rule.deciders == "both":
        slack = np.minimum(slack, slacks[shooter, view(rule, variant, party, 1 - shooter)])
    return slack


def _partner_shoots(rule: ReleaseRule, variant: Variant) -> bool:
    """Whether the partner's interceptors may serve land that is not its own, and are let go for it."""
    asked = variant == "key-withheld" and rule.deciders in ("owner", "sector")
    return rule.land == "both" and rule.interceptors != "own" and variant != "shots-withheld" and not asked


def _by_sector(
    rule: ReleaseRule,
    variant: Variant,
    party: int,
    shots: tuple[Float[Array, " f"], Float[Array, " f"], Float[Array, " f"]],
    crossed: Bool[Array, "f 2"],
) -> Float[Array, " f"]:
    """Each party in the sectors that the flight crosses; over no sector, the land's owner.

    In a sector where only the partner may shoot and does not, silence decides.
    """
    own, partner, alone = shots
    mine, theirs = crossed[:, party], crossed[:, 1 - party]
    slack = np.where(mine | ~theirs, own, -np.inf)
    slack = np.where(theirs, np.maximum(slack, partner), slack)
    silent = theirs & ~mine & (not _partner_shoots(rule, variant)) & (variant != "whole")
    return np.where(silent & (rule.on_silence == "own"), np.maximum(slack, alone), slack)


def _cut_off(
    rule: ReleaseRule, party: int, alone: Float[Array, " f"], crossed: Bool[Array, "f 2"]
) -> Float[Array, " f"]:
    """Nothing comes from the partner: neither picture nor shots nor an answer."""
    if rule.on_silence == "own":
        return alone
    if rule.deciders == "both":
        return np.full_like(alone, -np.inf)
    if rule.interceptors == "sector":
        return np.where(crossed[:, party] | ~crossed[:, 1 - party], alone, -np.inf)
    return alone

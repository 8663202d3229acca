"""The values of a proof: one verdict with its margins and the operands that it follows from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from equipoise.defence import OperandVector

Verdict = Literal["holds", "fails", "depends"]


@dataclass(frozen=True)
class PairReach:
    """One battery against one deterrent's flight: the numbers under the verdict.

    Launch areas are named as declared; of an end only the member that it lies in is given.
    """

    launch_area: str
    end: str
    """The member, as the scenario names it; never the city."""
    missile_model: str
    loft: str
    battery: str
    claim: str
    flight_cap_s: float
    commit_s: float
    """Earliest permitted commit, seconds from the protected missile's launch."""
    burnout_s: float
    """Burnout of the protected missile, seconds from its launch."""
    latest_commit_s: float
    """Latest commit that still reaches; -inf where none does, +inf never occurs."""
    needed_speed_km_s: float
    """Least interceptor speed that reaches from ``commit_s``; inf where none under 12 km/s does."""
    declared_speed_km_s: float

    @property
    def margin_s(self) -> float:
        """Positive where out of reach: earliest permitted commit minus latest commit that reaches."""
        return self.commit_s - self.latest_commit_s

    @property
    def margin_km_s(self) -> float:
        """Positive where out of reach: speed needed minus speed declared."""
        return self.needed_speed_km_s - self.declared_speed_km_s


@dataclass(frozen=True)
class Disruption:
    """The second reading: does the ceiling on warheads met exceed a stated share of the declared total?"""

    verdict: Verdict | None
    """None where a figure that it needs is not declared; ``reason`` says which."""
    reason: str
    warheads_met_at_most: int | None
    declared_warheads: int | None
    share_met_at_most: float | None
    stated_share: float | None
    by_surviving: tuple[tuple[int, float], ...]
    """(warheads there to be met, share of them met at most): the axis of the figure."""


@dataclass(frozen=True)
class TurnsAt:
    """Where one operand, all others as declared, turns whether a battery reaches some flight."""

    operand: str
    battery: str
    value: float
    unit: str


@dataclass(frozen=True)
class Counted:
    """The same rung under one way of counting interceptors."""

    which: str
    """``joint system`` · ``in the region`` · ``all that members own``."""
    batteries: int
    warheads_met_at_most: int | None
    verdict: Verdict
    margin_s: float | None


@dataclass(frozen=True)
class Guarantee:
    """Can this architecture touch the protected party's deterrent? With margins and operands."""

    architecture: str
    mode: str
    protects: str
    """The party whose deterrent is protected."""
    rung: str
    """``as declared`` · ``worst case`` ..."""
    verdict: Verdict
    turns_on: tuple[str, ...]
    """Of *depends*: the operands that turn it. Of *fails*: ``commit`` where it fails only by a commit before
    burnout."""
    margin_s: float | None
    margin_km_s: float | None
    break_even_commit_s: float | None
    share_met_at_most: float | None
    near_edge: bool
    """Within 0.2 km/s or 30 s of the edge."""
    worst: PairReach | None
    pairs: tuple[PairReach, ...]
    operands: tuple[OperandVector, ...]
    closed_by: tuple[str, ...]
    """Ids of measures that fix the operand on which it turns."""
    by_area: tuple[tuple[str, Verdict], ...]
    """(launch area, verdict)."""
    note: str = ""
    margin_s_by_cap: tuple[tuple[str, float | None], ...] = ()
    """Margin at the furthest-reaching corner by flight cap (``600 s``, ``none``); None = never reached."""
    joined: bool = True
    """False where nothing of the partner is joined: only the owner's own sensors count as declared."""
    turns_at: tuple[TurnsAt, ...] = ()
    """The values at which the operands of ``turns_on`` turn it, where they are one number."""
    least_speed_km_s: float | None = None
    """Least speed that reaches some flight at the furthest corner; None where none under 12 km/s does."""
    commits_s: tuple[float, float] | None = None
    """Least and greatest earliest permitted commit over the flights, from their launch; None = never."""
    commits_after_burnout_s: tuple[float, float] | None = None
    """The same from each flight's burnout."""
    by_leg: tuple[tuple[str, Verdict], ...] = ()
    """(basing of the launch areas, verdict)."""
    not_guaranteed: tuple[str, ...] = ()
    """Launch areas of which a word is given and no number: some place in a sea box is reached, or submarines
    and ships with interceptors may lie in one box.
    """
    disrupts: Disruption | None = None
    counted: tuple[Counted, ...] = ()
    if_withheld: Counted | None = None
    """The rung with the partner's sensors physically withheld; None where none of them gives a track."""
    track_quality: str | None = None
    """Of the track that a commit needs; None where it needs none."""
    meetings_before_burnout: bool = False
    flights: int = 0
    far_end_only: bool = False
    """True where flights are reached without a flight cap and none with 600 s: by flying to the far end."""
    not_flown: tuple[str, ...] = ()
    """What of the deterrent is not in the verdict: names without a model, and ends out of a model's range."""

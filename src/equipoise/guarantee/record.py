"""Guarantees as plain values for JSON: the keys that ``prove --json`` promises, no infinity and no NaN."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from equipoise.defence import OperandVector
from equipoise.guarantee.types import Counted, Disruption, Guarantee, PairReach

LINE_KM = 100.0
NOT_GUARANTEED = "not guaranteed"
"""Of a sea box: a word, and no number."""


def to_json(guarantees: Iterable[Guarantee]) -> list[dict[str, Any]]:
    """One mapping a guarantee; None stands for unknown, undeclared and without limit."""
    return [_row(g) for g in guarantees]


def _row(g: Guarantee) -> dict[str, Any]:
    return {
        "architecture": g.architecture,
        "mode": g.mode,
        "joined": g.joined,
        "protects": g.protects,
        "rung": g.rung,
        "verdict": g.verdict,
        "turns_on": list(g.turns_on),
        "margin_s": finite(g.margin_s),
        "margin_km_s": finite(g.margin_km_s),
        "break_even_commit_s": finite(g.break_even_commit_s),
        "share_met_at_most": finite(g.share_met_at_most),
        "break_even_speed_km_s": finite(g.least_speed_km_s),
        "turns_at": [
            {"operand": t.operand, "battery": t.battery, "value": finite(t.value), "unit": t.unit}
            for t in g.turns_at
        ],
        "near_edge": g.near_edge,
        "commit_s": {
            "after_launch": _range(g.commits_s),
            "after_burnout": _range(g.commits_after_burnout_s),
        },
        "margin_s_by_cap": {name: finite(margin) for name, margin in g.margin_s_by_cap},
        "far_end_only": g.far_end_only,
        "operands": [_operands(v) for v in g.operands],
        "closed_by": list(g.closed_by),
        "by_area": dict(g.by_area) | dict.fromkeys(g.not_guaranteed, NOT_GUARANTEED),
        "by_leg": dict(g.by_leg),
        "out_of_reach_at_worst": [area for area, word in g.by_area if word == "holds"],
        "readings": {
            "weakens_the_potential": {"verdict": g.verdict},
            "disrupts_stability": None if g.disrupts is None else _second(g.disrupts),
        },
        "counted": [_counted(c) for c in g.counted],
        "if_partner_sensors_withheld": None if g.if_withheld is None else _counted(g.if_withheld),
        "track_quality": g.track_quality,
        "meetings_before_burnout": g.meetings_before_burnout,
        "worst": None if g.worst is None else _pair(g.worst),
        "note": g.note,
        "flights": g.flights,
        "not_flown": len(g.not_flown),
    }


def _range(ends: tuple[float, float] | None) -> dict[str, float | None] | None:
    """Least and greatest over the flights; None where no commit is ever permitted."""
    return None if ends is None else {"least": finite(ends[0]), "greatest": finite(ends[1])}


def _second(d: Disruption) -> dict[str, Any]:
    """The second reading; a share of each surviving total is the axis of its figure."""
    return {
        "verdict": d.verdict,
        "reason": d.reason,
        "warheads_met_at_most": d.warheads_met_at_most,
        "declared_warheads": d.declared_warheads,
        "share_met_at_most": finite(d.share_met_at_most),
        "stated_share": finite(d.stated_share),
        "by_surviving_warheads": [
            {"warheads": total, "share_met_at_most": finite(share)} for total, share in d.by_surviving
        ],
    }


def _counted(c: Counted) -> dict[str, Any]:
    return {
        "which": c.which,
        "batteries": c.batteries,
        "warheads_met_at_most": c.warheads_met_at_most,
        "verdict": c.verdict,
        "margin_s": finite(c.margin_s),
    }


def finite(value: float | None, digits: int = 4) -> float | None:
    """A finite number rounded beyond what the model can tell; None for the rest."""
    return round(float(value), digits) if value is not None and math.isfinite(value) else None


def _pair(p: PairReach) -> dict[str, Any]:
    return {
        "launch_area": p.launch_area,
        "end": p.end,
        "missile_model": p.missile_model,
        "loft": p.loft,
        "battery": p.battery,
        "claim": p.claim,
        "flight_cap_s": finite(p.flight_cap_s),
        "commit_s": finite(p.commit_s),
        "commit_after_burnout_s": finite(p.commit_s - p.burnout_s),
        "latest_commit_s": finite(p.latest_commit_s),
        "needed_speed_km_s": finite(p.needed_speed_km_s),
        "declared_speed_km_s": finite(p.declared_speed_km_s),
        "margin_s": finite(p.margin_s),
        "margin_km_s": finite(p.margin_km_s),
    }


def _time_to_line(v: OperandVector) -> float | None:
    """Time to 100 km, back from burnout at the quoted speed; None for what burns out below."""
    above_km = v.burnout_altitude_km - LINE_KM
    return None if above_km < 0.0 or v.speed_km_s <= 0.0 else v.time_to_burnout_s - above_km / v.speed_km_s


def _operands(v: OperandVector) -> dict[str, Any]:
    return {
        "battery": v.battery,
        "interceptor": v.interceptor,
        "claim": v.claim,
        "author": v.author,
        "party": v.party,
        "member": v.member,
        "site": v.site,
        "speed_km_s": finite(v.speed_km_s),
        "burnout_altitude_km": finite(v.burnout_altitude_km),
        # No claim of the facts states the flight-path angle at which its speed is quoted.
        "speed_at_elevation_deg": None,
        "time_to_burnout_s": finite(v.time_to_burnout_s),
        "time_to_100_km_s": finite(_time_to_line(v)),
        "flight_cap_s": finite(v.flight_cap_s),
        "altitude_min_km": finite(v.altitude_min_km),
        "altitude_max_km": finite(v.altitude_max_km),
        "range_km": finite(v.range_km),
        "number": v.number,
        "status": {name: status for name, status, _ in v.statuses},
    }

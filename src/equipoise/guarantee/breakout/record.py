"""Breakout as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from equipoise.guarantee.breakout.axes import Breakout, BreakoutPoint
from equipoise.guarantee.breakout.notice import Notice
from equipoise.guarantee.record import finite


def breakout_to_json(found: Iterable[Breakout]) -> list[dict[str, Any]]:
    """One mapping an architecture and protected party; None stands for never reached and not declared."""
    return [
        {
            "architecture": b.architecture,
            "protects": b.protects,
            "declared_speeds_km_s": [finite(v) for v in b.declared_km_s],
            "interceptors": b.number,
            "points": [_point(p) for p in b.points],
            "least_speed_that_reaches_km_s": [
                {"rung": t.rung, "flight_cap": t.cap, "speed_km_s": finite(t.speed_km_s)} for t in b.turns
            ],
            "notice": [_notice(n) for n in b.notice],
        }
        for b in found
    ]


def _point(p: BreakoutPoint) -> dict[str, Any]:
    return {
        "axis": p.axis,
        "rung": p.rung,
        "at": p.at,
        "value": finite(p.value),
        "margin_s_by_cap": {cap: finite(margin) for cap, margin in p.margins_s},
        "holds": p.holds,
        "not_guaranteed": list(p.not_guaranteed),
        "warheads_met_at_most": p.ceiling,
        "share_by_surviving_warheads": [
            {"warheads": total, "share_met_at_most": finite(share)} for total, share in p.shares
        ],
    }


def _notice(n: Notice) -> dict[str, Any]:
    return {
        "axis": n.axis,
        "measure": n.measure or None,
        "shows": n.shows,
        "ahead_days": n.ahead_days,
        "lag_days": n.lag_days,
        "status": n.status,
    }

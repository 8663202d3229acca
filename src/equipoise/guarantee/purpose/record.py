"""The purpose test as plain values for JSON: a site, its comparisons, people beside flights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from equipoise.guarantee.purpose.sites import SitePurpose
from equipoise.guarantee.record import finite


def purpose_to_json(sites: Iterable[SitePurpose]) -> list[dict[str, Any]]:
    """One mapping a place, as proposed or moved; None where no threat is only projected, or not computed."""
    return [
        {
            "architecture": s.architecture,
            "place": s.place,
            "kind": s.kind,
            "owner": s.owner,
            "protects": s.protects,
            "own_system": s.own_system,
            "interceptors": list(s.interceptors),
            "at": {"lat_deg": finite(s.lat_deg), "lon_deg": finite(s.lon_deg)},
            "people_newly_met": None if s.people is None else round(s.people),
            "people_computed": s.people is not None,
            "people_threatened": round(s.threatened),
            "projected_people_newly_met": None if s.projected_people is None else round(s.projected_people),
            "flights_reached": {rung: finite(share) for rung, share, _ in s.reached},
            "flights_newly_reached": {rung: finite(new) for rung, _, new in s.reached},
        }
        for s in sites
    ]

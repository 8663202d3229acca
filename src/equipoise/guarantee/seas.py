"""Ships with interceptors and submarines in one sea: no number can be given, whatever the operands.

Each may lie anywhere in its box, so where the boxes share water the distance between the two may be nil.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from equipoise.guarantee.commits import Commits
from equipoise.guarantee.verdicts import Case, places


def shared_boxes(case: Case) -> frozenset[int]:
    """Indices of launch areas that are boxes and share ground with a box in which interceptors stand."""
    found = set()
    for a, area in enumerate(case.flights.areas):
        if area.area.kind != "box":
            continue
        (south, north), (west, east) = area.area.lat_deg, area.area.lon_deg
        half = (east - west) % 360.0 / 2.0
        for box in case.boxes:
            stands = np.array(places(box))
            if len(stands) < 2:
                continue
            lat, off = stands[:, 0], (stands[:, 1] - west - half + 180.0) % 360.0 - 180.0
            if lat.max() >= south and lat.min() <= north and off.max() >= -half and off.min() <= half:
                found.add(a)
    return frozenset(found)


def apart(case: Case, shared: frozenset[int]) -> Case:
    """The case with no commit to the flights from shared boxes, so that they give no margin."""
    if not shared:
        return case
    never = np.isin(case.flights.area, sorted(shared))
    commits = case.commits
    ends = (np.where(never, np.inf, s) for s in (commits.early_s, commits.declared_s, commits.late_s))
    return replace(case, commits=Commits(*ends))

"""Ships with interceptors and submarines in one sea: no number can be given, whatever the operands.

Each may lie anywhere in its box, so where the boxes share water the distance between the two may be nil.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.commits import Commits
from equipoise.guarantee.table import Place
from equipoise.guarantee.verdicts import Case, places
from equipoise.scenario import LaunchArea


def shared_boxes(case: Case) -> frozenset[int]:
    """Indices of launch areas that are boxes and share ground with a box in which interceptors stand."""
    stands = [places(box) for box in case.boxes]
    return frozenset(a for a, area in enumerate(case.flights.areas) if any(share(area, s) for s in stands))


def share(area: LaunchArea, stands: Sequence[Place]) -> bool:
    """Whether a launch area's box shares ground with the box that the places of a battery fill."""
    if area.area.kind != "box" or len(stands) < 2:
        return False
    (south, north), (west, east) = area.area.lat_deg, area.area.lon_deg
    half = (east - west) % 360.0 / 2.0
    lat, lon = np.array(stands).T
    off = (lon - west - half + 180.0) % 360.0 - 180.0
    return bool(lat.max() >= south and lat.min() <= north and off.max() >= -half and off.min() <= half)


def in_shared(case: Case, shared: frozenset[int]) -> Bool[Array, " n"]:
    """Flights from the shared boxes: no number is given of them."""
    return np.asarray(np.isin(case.flights.area, sorted(shared)))


def apart(case: Case, shared: frozenset[int]) -> Case:
    """The case with no commit to the flights from shared boxes, so that they give no margin."""
    if not shared:
        return case
    never = in_shared(case, shared)
    commits = case.commits
    ends = (np.where(never, np.inf, s) for s in (commits.early_s, commits.declared_s, commits.late_s))
    return replace(case, commits=Commits(*ends))

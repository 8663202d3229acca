"""The box of stated operands of one battery: what is declared, and the ends of what is stated.

A *spec* is one point of the box for the interceptor itself. A speed never parts from the altitude at which
it is quoted. ``as declared`` takes the owner's own claim with its stated range; ``worst case`` takes every
author's claim, and lets an assumed cap on flight time fall, since an assumption binds nobody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from equipoise.defence import OperandVector
from equipoise.scenario import Figure, InterceptorClaim, Scenario

CAP_S = 600.0
"""Flight cap that is always run beside none (DESIGN: Guarantee)."""
CAPS = (("600 s", CAP_S), ("none", math.inf))
"""Every furthest corner is also judged at these two."""
BINDING = ("read", "reported")
"""Statuses under which a figure counts as somebody's word; an assumed cap is not one."""

SPEED, BURN, CAP, WINDOW = "interceptor speed", "time to burnout", "flight cap", "altitude window"
"""Operands of the interceptor, in the words of the report."""


@dataclass(frozen=True)
class Spec:
    """One interceptor's figures, infinite where nothing binds; altitudes and range in km."""

    claim: str
    speed_km_s: float
    burnout_altitude_km: float
    time_to_burnout_s: float
    flight_cap_s: float
    altitude_min_km: float
    altitude_max_km: float
    range_km: float


@dataclass(frozen=True)
class Box:
    """One battery's operands: the declared point, the corners, and each operand moved alone.

    ``worst`` reaches furthest and ``best`` least, one spec a claim. ``alone`` holds (operand, specs at its
    far-reaching end, specs at its near end) with everything else as declared.
    """

    vector: OperandVector
    declared: Spec
    worst: tuple[Spec, ...]
    best: tuple[Spec, ...]
    alone: tuple[tuple[str, tuple[Spec, ...], tuple[Spec, ...]], ...]

    def specs(self) -> set[Spec]:
        """Every spec that the verdicts ask about."""
        moved = (s for _, far, near in self.alone for s in (*far, *near))
        return {self.declared, *self.worst, *self.best, *moved}


def claim_corner(claim: InterceptorClaim, *, far: bool) -> Spec:
    """The corner of one author's claim that reaches furthest, or least."""
    return _corner(claim, int(far), assumed_cap_binds=False)


def with_cap(spec: Spec, cap_s: float) -> Spec:
    """The spec with another flight cap, infinite for none."""
    return replace(spec, flight_cap_s=cap_s)


def declared_box(scenario: Scenario, vector: OperandVector) -> Box:
    """The box of the owner's own claim."""
    claims = scenario.interceptors[vector.interceptor].claims
    return _box(vector, tuple(c for c in claims if c.id == vector.claim), assumed_cap_binds=True)


def claims_box(scenario: Scenario, vector: OperandVector) -> Box:
    """The box of every author's claim of this interceptor."""
    claims = scenario.interceptors[vector.interceptor].claims
    return _box(vector, tuple(c for c in claims if c.speed_km_s.known), assumed_cap_binds=False)


def box_of_corners(vector: OperandVector, far: tuple[Spec, ...], near: tuple[Spec, ...]) -> Box:
    """The box between corners, one a claim, with the vector's own figures as the declared point."""
    return _around(vector, far, near)


def _box(vector: OperandVector, claims: tuple[InterceptorClaim, ...], *, assumed_cap_binds: bool) -> Box:
    worst = tuple(_corner(c, 1, assumed_cap_binds) for c in claims)
    best = tuple(_corner(c, 0, assumed_cap_binds) for c in claims)
    return _around(vector, worst, best)


def _around(vector: OperandVector, worst: tuple[Spec, ...], best: tuple[Spec, ...]) -> Box:
    declared = Spec(
        vector.claim,
        vector.speed_km_s,
        vector.burnout_altitude_km,
        vector.time_to_burnout_s,
        vector.flight_cap_s,
        vector.altitude_min_km,
        vector.altitude_max_km,
        vector.range_km,
    )
    moved = ((name, _moved(declared, worst, name), _moved(declared, best, name)) for name in _FIELDS)
    alone = tuple((name, far, near) for name, far, near in moved if len({*far, *near}) > 1)
    return Box(vector, declared, worst, best, alone)


_FIELDS = {
    SPEED: ("speed_km_s", "burnout_altitude_km", "claim"),
    BURN: ("time_to_burnout_s",),
    CAP: ("flight_cap_s",),
    WINDOW: ("altitude_min_km", "altitude_max_km", "range_km"),
}
"""What moves together when one operand moves alone."""


def _moved(declared: Spec, corners: tuple[Spec, ...], operand: str) -> tuple[Spec, ...]:
    """The declared spec with one operand taken from each of the corners in turn."""
    changed = (replace(declared, **{f: getattr(c, f) for f in _FIELDS[operand]}) for c in corners)
    return tuple(dict.fromkeys(changed))


def _corner(claim: InterceptorClaim, far: int, assumed_cap_binds: bool) -> Spec:
    """The spec of a claim at which it reaches furthest (``far`` 1) or least (0)."""
    return Spec(
        claim.id,
        _end(claim.speed_km_s, far, 0.0),
        _end(claim.burnout_altitude_km, far, 0.0),
        _end(claim.time_to_burnout_s, 1 - far, 0.0),
        _cap(claim.flight_cap_s, far, assumed_cap_binds),
        _end(claim.altitude_min_km, 1 - far, 0.0),
        _end(claim.altitude_max_km, far, math.inf),
        _end(claim.range_km, far, math.inf),
    )


def _end(figure: Figure, high: int, where_unknown: float) -> float:
    return where_unknown if figure.bounds is None else figure.bounds[high]


def _cap(figure: Figure, far: int, assumed_binds: bool) -> float:
    """An unknown cap runs from 600 s to none; an assumed one likewise unless it stands as declared."""
    bounds = figure.bounds
    if bounds is None:
        return math.inf if far else CAP_S
    loose = far and not assumed_binds and figure.status not in BINDING
    return math.inf if loose else bounds[far]

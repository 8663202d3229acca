"""The integrator: five stages, fourth order, two registers (Carpenter and Kennedy 1994, NASA TM-109112,
table 1).

Each stage does  d ← A d + h f(y);  y ← y + B d, with f taken at the step's start plus C h. Two registers a
quantity keep a chunk's buffer inside the first cache. A higher order gains nothing here: the kinks of the
drag and air tables limit it.
"""

from __future__ import annotations

STAGES = 5
RK_A = (
    0.0,
    -567301805773.0 / 1357537059087.0,
    -2404267990393.0 / 2016746695238.0,
    -3550918686646.0 / 2091501179385.0,
    -1275806237668.0 / 842570457699.0,
)
RK_B = (
    1432997174477.0 / 9575080441755.0,
    5161836677717.0 / 13612068292357.0,
    1720146321549.0 / 2090206949498.0,
    3134564353537.0 / 4481467310338.0,
    2277821191437.0 / 14882151754819.0,
)
RK_C = (
    0.0,
    1432997174477.0 / 9575080441755.0,
    2526269341429.0 / 6820363962896.0,
    2006345519317.0 / 3224310063776.0,
    2802321613138.0 / 2924317926251.0,
)

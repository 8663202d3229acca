# mypy: disable-error-code="no-any-return"
"""The reference: SciPy's DOP853 on the same forces, written plainly and apart from the engine.

It shares nothing with the kernels but the values in ``types`` and ``earth`` and the printed rows of the
upper air: the state is inertial, heights are geodetic, the air is its formulas rather than a table, drag is
interpolated in its own knots, and stages are read from the missile. The right side runs as plain Python or,
for large samples, compiled by Numba from the same source.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from jaxtyping import Float
from numba import njit
from numba.extending import register_jitable
from numpy import ndarray as Array

from equipoise.flight._plan import rise_s, vacuum_thrust_n
from equipoise.flight.air import UPPER_ROWS
from equipoise.flight.earth import WGS84
from equipoise.flight.types import Missile, Stage

_A, _F, _MU, _J2, _W = WGS84.radius_m, WGS84.flattening, WGS84.mu_m3_s2, WGS84.j2, WGS84.omega_rad_s
_E2, _B = _F * (2.0 - _F), _A * (1.0 - _F)
_UP, _ALONG, _PROGRAMME, _FREE = range(4)
_BASES = np.array([0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3])
_LAPSES = np.array([-6.5e-3, 0.0, 1e-3, 2.8e-3, 0.0, -2.8e-3, -2e-3])
_HYDROSTATIC = 9.80665 * 28.9644 / 8314.32
_X, _LOG_P, _LOG_RHO = UPPER_ROWS[:, 0] * 1e3, np.log(UPPER_ROWS[:, 1]), np.log(UPPER_ROWS[:, 2])
_SLOPE_P, _SLOPE_RHO = np.gradient(_LOG_P, _X), np.gradient(_LOG_RHO, _X)
_NO_AIR_M, _LONGEST_S = 200e3, 4 * 3600.0


@register_jitable
def _upper(h: float, y: Array, slope: Array) -> float:
    i = 0
    while i < len(_X) - 2 and h >= _X[i + 1]:
        i += 1
    w = _X[i + 1] - _X[i]
    s = (h - _X[i]) / w
    cubic = (2 * s**3 - 3 * s**2 + 1) * y[i] + (s**3 - 2 * s**2 + s) * w * slope[i]
    cubic += (3 * s**2 - 2 * s**3) * y[i + 1] + (s**3 - s**2) * w * slope[i + 1]
    return math.exp(cubic)


@register_jitable
def air(h: float) -> tuple[float, float]:
    """Density (kg/m³) and pressure (Pa) at a geometric height (m), layer by layer."""
    if h > _NO_AIR_M:
        return 0.0, 0.0
    if h >= 86e3:
        return _upper(h, _LOG_RHO, _SLOPE_RHO), _upper(h, _LOG_P, _SLOPE_P)
    g = max(h, 0.0)
    g = 6_356_766.0 * g / (6_356_766.0 + g)
    p, t = 101_325.0, 288.15
    for i in range(7):
        top = _BASES[i + 1] if i < 6 else 84_852.0
        rise = min(g, top) - _BASES[i]
        lapse = _LAPSES[i]
        if lapse == 0.0:
            p *= math.exp(-_HYDROSTATIC * rise / t)
        else:
            p *= ((t + lapse * rise) / t) ** (-_HYDROSTATIC / lapse)
        t += lapse * rise
        if g <= top:
            break
    return p * 28.9644 / (8314.32 * t), p


@register_jitable
def geodetic(x: float, y: float, z: float) -> tuple[float, float]:
    """Geodetic latitude (rad) and height (m), by Bowring's formula twice (1976)."""
    p = math.sqrt(x * x + y * y)
    beta = math.atan2(_A * z, _B * p)
    lat = 0.0
    for _ in range(2):
        lat = math.atan2(z + _E2 / (1.0 - _E2) * _B * math.sin(beta) ** 3, p - _E2 * _A * math.cos(beta) ** 3)
        beta = math.atan2(_B * math.sin(lat), _A * math.cos(lat))
    s, c = math.sin(lat), math.cos(lat)
    return lat, p * c + z * s - _A * math.sqrt(1.0 - _E2 * s * s)


@register_jitable
def right_side(
    t: float, state: Array, kind: int, stage: Array, steer: Array, mach: Array, cd: Array
) -> tuple[float, float, float, float, float, float]:
    """Rates of an inertial state. ``stage``: start, mass, flow, thrust, exit area, area, ballistic
    coefficient.

    ``steer``: for the rise the Earth-fixed vertical; for the programme its start, elevation there, and
    rate.
    """
    x, y, z, vx, vy, vz = state
    r = math.sqrt(x * x + y * y + z * z)
    k = 1.5 * _J2 * (_A / r) ** 2
    q = 5.0 * (z / r) ** 2
    g = -_MU / r**3
    ax, ay, az = g * x * (1 + k * (1 - q)), g * y * (1 + k * (1 - q)), g * z * (1 + k * (3 - q))
    wx, wy, wz = vx + _W * y, vy - _W * x, vz
    speed = math.sqrt(wx * wx + wy * wy + wz * wz)
    _, h = geodetic(x, y, z)
    rho, p = air(h)
    if kind == _FREE:
        drag = 0.5 * rho * speed / stage[6]
        return vx, vy, vz, ax - drag * wx, ay - drag * wy, az - drag * wz
    mass = stage[1] - stage[2] * (t - stage[0])
    sound = math.sqrt(1.4 * p / rho) if rho > 0.0 else 1000.0
    m = speed / sound
    coefficient = cd[-1]
    if m < mach[-1]:
        i = 0
        while m >= mach[i + 1]:
            i += 1
        coefficient = cd[i] + (m - mach[i]) / (mach[i + 1] - mach[i]) * (cd[i + 1] - cd[i])
    drag = 0.5 * rho * speed * coefficient * stage[5] / mass
    thrust = (stage[3] - p * stage[4]) / mass
    if kind == _UP:
        s, c = math.sin(_W * t), math.cos(_W * t)
        dx, dy, dz = c * steer[0] - s * steer[1], s * steer[0] + c * steer[1], steer[2]
    elif kind == _ALONG:
        dx, dy, dz = wx / speed, wy / speed, wz / speed
    else:
        elevation = steer[1] + steer[2] * (t - steer[0])
        up = (wx * x + wy * y + wz * z) / r
        hx, hy, hz = wx - up * x / r, wy - up * y / r, wz - up * z / r
        c = math.cos(elevation) / math.sqrt(hx * hx + hy * hy + hz * hz)
        s = math.sin(elevation) / r
        dx, dy, dz = s * x + c * hx, s * y + c * hy, s * z + c * hz
    return (
        vx,
        vy,
        vz,
        ax + thrust * dx - drag * wx,
        ay + thrust * dy - drag * wy,
        az + thrust * dz - drag * wz,
    )


@lru_cache(maxsize=2)
def _side(compiled: bool) -> Callable[..., Any]:
    return njit(right_side, cache=True) if compiled else right_side


@dataclass(frozen=True)
class TrueFlight:
    """What the reference found: impact (rad), apogee (m), times (s), the inertial state at burnout."""

    impact_lat_rad: float
    impact_lon_rad: float
    apogee_m: float
    time_s: float
    burnout_s: float
    burnout: Float[Array, " 6"]
    ok: bool
    evaluations: int


class _Run:
    """One flight as it is integrated: the state so far, its time and mass."""

    def __init__(self, missile: Missile, tolerance: float, compiled: bool) -> None:
        self.missile, self.tolerance, self.side = missile, tolerance, _side(compiled)
        self.mach, self.cd = np.array(missile.drag.mach), np.array(missile.drag.cd)
        self.time, self.evaluations, self.apogee = 0.0, 0, 0.0
        self.state = np.zeros(6)
        self.crashed = False

    def go(self, kind: int, end: float, stage: Array, steer: Array, stop: Any = None) -> bool:
        """Integrate to ``end``, the ground, or ``stop``; true where ``stop`` came first."""
        from scipy.integrate import solve_ivp

        if end <= self.time:
            return False
        crash: Any = _ground_event
        events = [crash] if kind != _FREE else [crash, _top_event]
        if stop is not None:
            events.append(stop)
        found = solve_ivp(
            self.side,
            (self.time, end),
            self.state,
            "DOP853",
            rtol=self.tolerance,
            atol=self.tolerance * np.array([1e6] * 3 + [1e3] * 3),
            events=events,
            args=(kind, stage, steer, self.mach, self.cd),
        )
        self.evaluations += found.nfev
        self.time, self.state = float(found.t[-1]), found.y[:, -1]
        self.crashed = len(found.t_events[0]) > 0
        tops = found.y_events[1] if kind == _FREE else []
        self.apogee = max([self.apogee, *(geodetic(*s[:3])[1] for s in tops), geodetic(*self.state[:3])[1]])
        return stop is not None and len(found.t_events[-1]) > 0


def _ground_event(t: float, state: Array, *_: Any) -> float:
    return geodetic(*state[:3])[1] + (1e-3 if t < 30.0 else 0.0)


_ground_event.terminal = True  # type: ignore[attr-defined]
_ground_event.direction = -1  # type: ignore[attr-defined]


def _top_event(t: float, state: Array, *_: Any) -> float:
    x, y, z, vx, vy, vz = state
    lat = geodetic(x, y, z)[0]
    lon = math.atan2(y, x)
    c = math.cos(lat)
    return c * math.cos(lon) * (vx + _W * y) + c * math.sin(lon) * (vy - _W * x) + math.sin(lat) * vz


_top_event.direction = -1  # type: ignore[attr-defined]


def _relative(state: Array) -> Float[Array, " 3"]:
    return state[3:] + _W * np.array([state[1], -state[0], 0.0])


def _kicked(state: Array, time: float, up: Array, forward: Array, kick: float) -> Float[Array, " 6"]:
    """The state with its relative velocity turned by the kick."""
    s, c = math.sin(_W * time), math.cos(_W * time)
    turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    speed = np.linalg.norm(_relative(state))
    wind = _W * np.array([-state[1], state[0], 0.0])
    v = speed * (turn @ (math.cos(kick) * up + math.sin(kick) * forward)) + wind
    return np.concatenate([state[:3], v])


def _elevation(state: Array) -> float:
    v = _relative(state)
    return math.asin(float(state[:3] @ v) / float(np.linalg.norm(state[:3]) * np.linalg.norm(v)))


def true_flight(
    missile: Missile,
    origin_rad: tuple[float, float],
    azimuth_rad: float,
    kick_rad: float,
    loft_rad: float,
    burn_s: float,
    tolerance: float = 1e-12,
    compiled: bool = True,
) -> TrueFlight:
    """Fly one missile by its kick, its programme's end and its burn of all stages together, to impact."""
    run = _Run(missile, tolerance, compiled)
    lat, lon = origin_rad
    up = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
    north = np.array([-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat)])
    east = np.array([-math.sin(lon), math.cos(lon), 0.0])
    forward = math.cos(azimuth_rad) * north + math.sin(azimuth_rad) * east
    n = _A / math.sqrt(1 - _E2 * math.sin(lat) ** 2)
    start = np.array([n * up[0], n * up[1], n * (1 - _E2) * up[2]])
    run.state = np.concatenate([start, _W * np.array([-start[1], start[0], 0.0])])
    _fly_stages(run, up, forward, kick_rad, loft_rad, burn_s)
    burnout, burnout_s = run.state, run.time
    free = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, missile.ballistic_coefficient_kg_m2])
    if not run.crashed:
        run.go(_FREE, _LONGEST_S, free, np.zeros(3))
    x, y, z = run.state[:3]
    latitude, _ = geodetic(x, y, z)
    longitude = math.atan2(y, x) - _W * run.time
    came_down = run.crashed and burnout_s < run.time
    return TrueFlight(
        latitude, longitude, run.apogee, run.time, burnout_s, burnout, came_down, run.evaluations
    )


def _fly_stages(
    run: _Run, up: Array, forward: Array, kick_rad: float, loft_rad: float, burn_s: float
) -> None:
    """Boost, stage by stage, shroud and pauses included, to cut-off or the ground."""
    missile, shroud = run.missile, run.missile.shroud
    mass = missile.payload_kg + sum(s.propellant_kg + s.empty_kg for s in missile.stages)
    carried = 0.0
    if shroud is not None:
        mass += 0.0 if shroud.in_launch_mass else shroud.mass_kg
        carried = shroud.mass_kg
    left = burn_s
    programme = np.zeros(3)
    for i, stage in enumerate(missile.stages):
        last = i == len(missile.stages) - 1
        burn = left if last else min(left, stage.burn_s)
        if burn <= 0.0 or run.crashed:
            return
        if i == 1:
            pauses = sum(missile.stages[j].coast_s for j in range(1, len(missile.stages) - 1)
                         if left > sum(s.burn_s for s in missile.stages[1 : j + 1]))  # fmt: skip
            angle = _elevation(run.state)
            programme = np.array([run.time, angle, (loft_rad - angle) / (left + pauses)])
        begin, ignition_mass = run.time, mass
        if i == 0:
            mass, carried = _burn(run, stage, mass, carried, _UP, begin + min(burn, rise_s(missile)), up)
            run.state = _kicked(run.state, run.time, up, forward, kick_rad)
        kind = _ALONG if i == 0 else _PROGRAMME
        mass, carried = _burn(run, stage, mass, carried, kind, begin + burn, programme)
        left -= burn
        if left <= 0.0 or last or run.crashed:
            return
        mass -= stage.empty_kg
        if stage.coast_s > 0.0:
            idle = Stage(0.0, 0.0, 1.0, "vacuum", 1.0, missile.stages[i + 1].diameter_m)
            mass, carried = _burn(run, idle, mass, carried, _ALONG, run.time + stage.coast_s, up)
        assert mass < ignition_mass


def _burn(
    run: _Run, stage: Stage, mass: float, carried: float, kind: int, end: float, steer: Array
) -> tuple[float, float]:
    """Burn a stage until ``end``, dropping the shroud on the way; returns mass and shroud still carried."""
    flow = stage.propellant_kg / stage.burn_s
    thrust = vacuum_thrust_n(stage) if stage.propellant_kg else 0.0
    area = math.pi / 4 * stage.diameter_m**2
    shroud = run.missile.shroud
    while run.time < end and not run.crashed:
        begin = run.time
        numbers = np.array([begin, mass, flow, thrust, stage.exit_area_m2 or 0.0, area, 1.0])
        stop: Any = None
        until = end
        if carried and shroud is not None and shroud.drop_s is not None:
            until = min(end, shroud.drop_s) if shroud.drop_s > begin else end
        if carried and shroud is not None and shroud.drop_s is None and shroud.drop_km is not None:
            stop = _passes(shroud.drop_km * 1e3)
        passed = run.go(kind, until, numbers, steer, stop)
        mass -= flow * (run.time - begin)
        timed = shroud is not None and shroud.drop_s is not None and run.time >= shroud.drop_s
        if carried and (passed or timed):
            mass, carried = mass - carried, 0.0
    return mass, carried


def _passes(height_m: float) -> Any:
    def event(t: float, state: Array, *_: Any) -> float:
        return geodetic(*state[:3])[1] - height_m

    event.terminal = True  # type: ignore[attr-defined]
    event.direction = 1  # type: ignore[attr-defined]
    return event

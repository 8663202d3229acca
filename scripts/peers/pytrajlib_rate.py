"""How fast pytrajlib flies and how far it errs on its own forces: one JSON object on standard output.

``make peers`` puts this script beside pytrajlib in an environment of its own, and ``equipoise bench flight``
runs it there as another program; nothing of ours imports pytrajlib, which is under the GPL.

Its model, as its documentation and headers state it: a sphere that does not turn, gravity of a point, air
that thins out exponentially, a drag coefficient for each body, thrust straight up for five seconds and in
one fixed direction afterwards. Truth is SciPy's DOP853 at a relative tolerance of 1e-12 on exactly that.
"""

from __future__ import annotations

import json
import math
import time
from importlib.metadata import version

import numpy as np
from pytrajlib._traj import lib
from pytrajlib.simulation import get_run_params_struct
from pytrajlib.utils import get_run_params
from scipy.integrate import solve_ivp

RADIUS_M, MU = 6371e3, 6.67408e-11 * 5.972e24
SEA_LEVEL_KG_M3, SCALE_M = 1.225, 8000.0
VERTICAL_S = 5.0
STAGES = (
    (23230.0, 20780.0, 267 * 9.81, 61.0),
    (7270.0, 6240.0, 287 * 9.81, 66.0),
    (3710.0, 3306.0, 285 * 9.81, 61.0),
)
"""Its default missile, of three stages: whole mass and propellant (kg), exhaust speed (m/s), burn (s)."""
BUS_KG, BODY_KG = 100.0, 400.0
STACK_M2, BODY_M2 = 2.2698 * 0.15, math.pi * 0.23**2 * 0.1
"""Area times drag coefficient under power and afterwards."""
DIRECTIONS_RAD = np.linspace(0.5, 0.95, 24)
STEPS_S = ((1.0, 0.01), (0.01, 0.01))
"""Its own default steps, of the whole and of the entry, and a hundred times finer ones."""
MEASURE_S = 0.8


def rates(
    t: float,
    y: np.ndarray,
    burn: tuple[float, float, float, float],
    direction: tuple[float, float],
    drag: float,
) -> list[float]:
    """Rates of place and velocity in the plane of the flight; ``burn``: start, mass there, flow, thrust."""
    radius = math.hypot(y[0], y[1])
    mass = burn[1] - burn[2] * (t - burn[0])
    push, pull = burn[3] / mass, MU / radius**3
    rho = SEA_LEVEL_KG_M3 * math.exp(-max(radius - RADIUS_M, 0.0) / SCALE_M)
    slow = 0.5 * rho * math.hypot(y[2], y[3]) * drag / mass
    return [
        y[2],
        y[3],
        push * direction[0] - pull * y[0] - slow * y[2],
        push * direction[1] - pull * y[1] - slow * y[3],
    ]


def ground(t: float, y: np.ndarray, *_: object) -> float:
    """Height (m); on the pad the rounding alone would count as a crash."""
    return math.hypot(y[0], y[1]) - RADIUS_M + (1e-3 if t < 30.0 else 0.0)


ground.terminal, ground.direction = True, -1  # type: ignore[attr-defined]


def true_angle_rad(theta: float) -> float:
    """Angle at the Earth's centre from launch to impact."""
    y, t = np.array([RADIUS_M, 0.0, 0.0, 0.0]), 0.0
    mass = BUS_KG + BODY_KG + sum(stage[0] for stage in STAGES)
    along = (math.cos(theta), math.sin(theta))
    pieces = []
    for whole, fuel, speed, burn in STAGES:
        flow = fuel / burn
        numbers = (t, mass, flow, flow * speed)
        cuts = (
            [(t, VERTICAL_S, (1.0, 0.0)), (VERTICAL_S, t + burn, along)]
            if t == 0.0
            else [(t, t + burn, along)]
        )
        pieces += [(begin, end, numbers, way, STACK_M2) for begin, end, way in cuts]
        t, mass = t + burn, mass - whole
    pieces.append((t, 20_000.0, (t, BODY_KG, 0.0, 0.0), along, BODY_M2))
    for begin, end, numbers, way, drag in pieces:
        found = solve_ivp(
            rates, (begin, end), y, "DOP853", rtol=1e-12, atol=1e-6, events=ground, args=(numbers, way, drag)
        )
        y = found.y[:, -1]
    return math.atan2(y[1], y[0]) % (2.0 * math.pi)


def measured(main_s: float, entry_s: float, truth: np.ndarray) -> dict[str, object]:
    """Rate of one flight after another at given steps, and the errors of the impacts (m)."""
    settings = get_run_params(None) | {
        "traj_output": 0,
        "time_step_main": main_s,
        "time_step_reentry": entry_s,
    }
    numbers = get_run_params_struct(settings)
    angles = np.zeros(len(truth))

    def fly_all() -> None:
        for i, theta in enumerate(DIRECTIONS_RAD):
            numbers.theta_long = theta
            place = lib.update_aimpoint(numbers[0])
            angles[i] = math.atan2(place.y, place.x) % (2.0 * math.pi)

    best, begun = math.inf, time.perf_counter()
    while time.perf_counter() - begun < MEASURE_S:
        start = time.perf_counter()
        fly_all()
        best = min(best, time.perf_counter() - start)
    error = np.abs(angles - truth) * RADIUS_M
    return {
        "main_s": main_s,
        "entry_s": entry_s,
        "rate": len(DIRECTIONS_RAD) / best,
        "error_m": [float(np.median(error)), float(np.quantile(error, 0.95)), float(error.max())],
    }


def main() -> None:
    """Measure at each pair of steps, and print."""
    truth = np.array([true_angle_rad(theta) for theta in DIRECTIONS_RAD])
    ranges = truth * RADIUS_M / 1e3
    print(
        json.dumps(
            {
                "version": version("pytrajlib"),
                "range_km": [float(ranges.min()), float(ranges.max())],
                "rows": [measured(main_s, entry_s, truth) for main_s, entry_s in STEPS_S],
            }
        )
    )


if __name__ == "__main__":
    main()

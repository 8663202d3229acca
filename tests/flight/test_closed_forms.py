"""The engine where the answer is known: a still, round Earth without air, and Allen-Eggers entry."""

from __future__ import annotations

import math

import numpy as np
import pytest

from equipoise.flight import Conditions, DragTable, Earth, Missile, Stage, coast, fly_kicked
from equipoise.flight import _rows as r
from equipoise.flight._batch import fleet_of, fly_rows
from equipoise.flight._entry import altitude_step
from equipoise.flight._inputs import lane_inputs
from equipoise.flight._memory import LANES
from equipoise.flight.air import air_table
from equipoise.flight.earth import WGS84

BALL = Earth(radius_m=6_371_000.0, flattening=0.0, j2=0.0, omega_rad_s=0.0, air=0.0)
NO_DRAG = DragTable("none", (0.0, 1.0), (0.0, 0.0))


def _rocket(isp_s: float) -> Missile:
    return Missile("rocket", 1000.0, (Stage(9000.0, 500.0, isp_s, "vacuum", 90.0, 1.0),), NO_DRAG, 5000.0)


def _flown(missile, kick):
    fleet, which = fleet_of((missile,), len(kick))
    flights = lane_inputs(
        which,
        np.zeros((len(kick), 2)),
        np.full(len(kick), 90.0),
        np.full(len(kick), 40.0),
        fleet.burn_s(which),
    )
    flights[:, r.IN_KICK] = kick
    return fly_rows(fleet, flights, conditions=Conditions(earth=BALL))[0]


@pytest.mark.parametrize("isp_s", [240.0, 300.0, 360.0])
def test_vacuum_range_and_time_of_flight(isp_s):
    """From the burnout on, range and time follow from the conic through it (Bate, Mueller and White 1971,
    ch. 6).
    """
    outs = _flown(_rocket(isp_s), np.array([0.1, 0.2, 0.3]))
    assert (outs[:, r.STATUS] == r.OK).all()
    for out in outs:
        x, v = out[r.BURNOUT_X : r.BURNOUT_X + 3], out[r.BURNOUT_X + 3 : r.BURNOUT_X + 6]
        radius, speed = np.linalg.norm(x), np.linalg.norm(v)
        mu, ball = BALL.mu_m3_s2, BALL.radius_m
        semi = 1.0 / (2.0 / radius - speed**2 / mu)
        momentum = np.linalg.norm(np.cross(x, v))
        e = math.sqrt(1.0 - momentum**2 / (mu * semi))
        begin, end = (math.acos((momentum**2 / (mu * q) - 1.0) / e) for q in (radius, ball))
        swept = (math.pi - begin) + (math.pi - end)
        mean = [a - e * math.sin(a) for a in (math.acos((1 - q / semi) / e) for q in (radius, ball))]
        time = (2 * math.pi - mean[0] - mean[1]) * math.sqrt(semi**3 / mu)
        place = math.atan2(x[1], x[0])
        assert (out[r.IMPACT_LON] - place) * ball == pytest.approx(swept * ball, abs=5.0)
        assert out[r.IMPACT_T] - out[r.BURNOUT_T] == pytest.approx(time, abs=2e-3)
        assert out[r.APOGEE_H] == pytest.approx(semi * (1 + e) - ball, abs=1.0)
        arrived = coast(*x, *v, time)
        assert np.linalg.norm(arrived[:3]) == pytest.approx(ball, abs=1e-2)


def test_burnout_speed_obeys_tsiolkovsky_in_the_limit_of_a_short_burn():
    """A burn so short that gravity takes little: the gain is g0 Isp ln(m0/m1) less g t."""
    quick = Missile("quick", 100.0, (Stage(400.0, 50.0, 250.0, "vacuum", 2.0, 0.5),), NO_DRAG, 5000.0)
    flown = fly_kicked(
        (quick,), np.zeros((1, 2)), np.zeros(1), np.zeros(1), np.full(1, 45.0), Conditions(earth=BALL)
    )
    ideal = 250.0 * 9.80665 * math.log(550.0 / 150.0)
    lost = BALL.mu_m3_s2 / BALL.radius_m**2 * 2.0
    assert flown.burnout_speed_km_s[0] * 1e3 == pytest.approx(ideal - lost, rel=2e-3)


def test_allen_eggers_entry():
    """Without gravity's share, v = v0 exp(−∫rho dh / (2 beta sin γ)) on a straight path (Allen and Eggers
    1958).
    """
    beta, angle, speed = 6000.0, math.radians(60.0), 6500.0
    buffer = np.zeros(r.ROWS * LANES)
    top = 100_000.0
    values = {
        r.X: WGS84.radius_m + top, r.VX: -speed * math.sin(angle), r.VY: speed * math.cos(angle),
        r.HEIGHT: top, r.HALF_BETA: 0.5 / beta,
    }  # fmt: skip
    for row, value in values.items():
        buffer[row * LANES : (row + 1) * LANES] = value
    weightless = Earth(mu_m3_s2=1e-3, omega_rad_s=0.0).array()
    for k in range(1, 13):
        goal = top * (1.0 - k / 12) ** 1.6
        buffer[r.CLIMB * LANES : (r.CLIMB + 1) * LANES] = goal - buffer[r.HEIGHT * LANES]
        altitude_step(buffer, weightless, air_table())
    v = np.array([buffer[q * LANES] for q in (r.VX, r.VY, r.VZ)])
    heights = np.linspace(0.0, top, 200_001)
    from equipoise.flight import standard_atmosphere

    column = np.trapezoid(standard_atmosphere(heights)[0], heights)
    # The path is straight and the Earth round: its angle steepens by the angle swept at the centre.
    swept = math.atan2(buffer[r.Y * LANES], buffer[r.X * LANES])
    steepest = angle + swept
    fastest, slowest = (speed * math.exp(-column / (2 * beta * math.sin(a))) for a in (steepest, angle))
    assert 0.995 * slowest < np.linalg.norm(v) < 1.005 * fastest
    assert np.linalg.norm(v) < 0.7 * speed

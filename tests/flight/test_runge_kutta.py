"""The integrator's order, confirmed on a test equation."""

from __future__ import annotations

import math

import pytest

from equipoise.flight._runge_kutta import RK_A, RK_B, RK_C, STAGES


def _integrate(steps: int) -> float:
    """y' = y cos t from y(0) = 1 to t = 2: exactly exp(sin 2)."""
    y, h = 1.0, 2.0 / steps
    for k in range(steps):
        register = 0.0
        for s in range(STAGES):
            register = RK_A[s] * register + h * y * math.cos((k + RK_C[s]) * h)
            y += RK_B[s] * register
    return y


@pytest.mark.parametrize("steps", [16, 32])
def test_fourth_order(steps):
    exact = math.exp(math.sin(2.0))
    order = math.log2(abs(_integrate(steps) - exact) / abs(_integrate(2 * steps) - exact))
    assert order == pytest.approx(4.0, abs=0.25)

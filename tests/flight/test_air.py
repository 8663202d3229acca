"""The air against the printed rows of the US Standard Atmosphere 1976."""

from __future__ import annotations

import numpy as np
import pytest

from equipoise.flight import standard_atmosphere
from equipoise.flight._forces import density
from equipoise.flight.air import ROWS, STEP_M, air_table

PRINTED = [  # geometric height m, temperature K (or not asked), pressure Pa, density kg/m3, tolerance
    (0.0, 288.15, 101325.0, 1.2250, 1e-5),
    (11_019.0, 216.65, 22632.0, 0.36391, 2e-4),
    (20_063.0, 216.65, 5474.9, 0.088035, 2e-4),
    (32_162.0, 228.65, 868.02, 0.013225, 3e-4),
    (47_350.0, 270.65, 110.91, 1.4275e-3, 3e-4),
    (51_413.0, 270.65, 66.939, 8.6160e-4, 3e-4),
    (71_802.0, 214.65, 3.9564, 6.4211e-5, 3e-4),
    (86_000.0, None, 0.37338, 6.958e-6, 1e-4),
    (100_000.0, None, 3.2011e-2, 5.604e-7, 1e-6),
    (150_000.0, None, 4.5422e-4, 2.076e-9, 1e-6),
    (200_000.0, None, 8.4736e-5, 2.541e-10, 1e-6),
]


@pytest.mark.parametrize(("height", "temperature", "pressure", "density", "tolerance"), PRINTED)
def test_printed_rows(height, temperature, pressure, density, tolerance):
    rho, p, sound2 = standard_atmosphere(np.array([height]))
    assert p[0] == pytest.approx(pressure, rel=tolerance)
    assert rho[0] == pytest.approx(density, rel=tolerance)
    if temperature is not None:
        assert sound2[0] == pytest.approx(1.4 * 287.053 * temperature, rel=1e-4)


def test_no_air_above_200_km():
    rho, p, _ = standard_atmosphere(np.array([200_001.0, 1e6]))
    assert not rho.any()
    assert not p.any()


def test_the_two_halves_meet_and_density_falls_throughout():
    heights = np.linspace(0.0, 200e3, 8001)
    rho, _, _ = standard_atmosphere(heights)
    assert (np.diff(rho) < 0.0).all()
    below, above = standard_atmosphere(np.array([85_999.9, 86_000.1]))[0]
    assert below == pytest.approx(above, rel=1e-4)


def test_linear_table_errs_by_less_than_a_hundred_thousandth_but_at_a_layers_edge():
    heights = np.arange(ROWS) * STEP_M
    table = np.array([density(air_table(), h) for h in heights])
    middle = (np.arange(ROWS - 2) + 0.5) * STEP_M
    error = np.sort(np.abs(0.5 * (table[:-2] + table[1:-1]) / standard_atmosphere(middle)[0] - 1.0))
    assert error[-8] < 2e-5
    assert error[-1] < 4e-4

# mypy: disable-error-code="no-any-return"
"""The US Standard Atmosphere 1976, and the table of it that the engine looks up.

Up to 86 km: seven layers of linear temperature in geopotential height (NOAA/NASA/USAF 1976, table 4 and
equations 18, 33 and 50). From 86 to 200 km: its printed rows (table I, part 2), with a cubic in the logarithm
between. Above 200 km: none.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight._memory import packed

STEP_M = 50.0
"""Spacing of the table; linear between, which errs by at most 7e-6 of the density."""
TOP_M = 200_000.0
ROWS = int(TOP_M / STEP_M) + 2
"""Heights in the table: 0 to the top, and one more without air."""

_R = 8314.32 / 28.9644
"""Gas constant of air, J/(kg K), with that document's R*."""
_G0 = 9.80665
_EFFECTIVE_RADIUS_M = 6_356_766.0
_GAMMA = 1.4
_BASE_M = np.array([0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3, 84_852.0])
_LAPSE_K_M = np.array([-6.5e-3, 0.0, 1e-3, 2.8e-3, 0.0, -2.8e-3, -2e-3])

UPPER_ROWS = np.array(
    [  # height km, pressure Pa, density kg/m3
        [86, 3.7338e-1, 6.958e-6],
        [90, 1.8359e-1, 3.416e-6],
        [95, 7.5966e-2, 1.393e-6],
        [100, 3.2011e-2, 5.604e-7],
        [105, 1.4477e-2, 2.325e-7],
        [110, 7.1042e-3, 9.708e-8],
        [115, 4.0096e-3, 4.289e-8],
        [120, 2.5382e-3, 2.222e-8],
        [130, 1.2505e-3, 8.152e-9],
        [140, 7.2028e-4, 3.831e-9],
        [150, 4.5422e-4, 2.076e-9],
        [160, 3.0395e-4, 1.233e-9],
        [170, 2.1210e-4, 7.815e-10],
        [180, 1.5271e-4, 5.194e-10],
        [190, 1.1266e-4, 3.581e-10],
        [200, 8.4736e-5, 2.541e-10],
    ]
)


def _lower(height_m: Array) -> tuple[Array, Array]:
    """Pressure and density up to 86 km, layer by layer."""
    geopotential = _EFFECTIVE_RADIUS_M * height_m / (_EFFECTIVE_RADIUS_M + height_m)
    geopotential = np.minimum(geopotential, _BASE_M[-1])
    pressure, temperature = 101_325.0, 288.15
    p, t = np.empty_like(height_m), np.empty_like(height_m)
    for base, top, lapse in zip(_BASE_M[:-1], _BASE_M[1:], _LAPSE_K_M, strict=True):
        here = (geopotential >= base) & (geopotential <= top)
        rise = geopotential[here] - base
        t[here] = temperature + lapse * rise
        end = temperature + lapse * (top - base)
        if lapse:
            power = -_G0 / (_R * lapse)
            p[here] = pressure * (t[here] / temperature) ** power
            pressure *= (end / temperature) ** power
        else:
            p[here] = pressure * np.exp(-_G0 * rise / (_R * temperature))
            pressure *= float(np.exp(-_G0 * (top - base) / (_R * temperature)))
        temperature = end
    return p, p / (_R * t)


def _upper(height_m: Array, column: int) -> Array:
    """A printed column above 86 km: cubic Hermite in the logarithm, slopes from the neighbouring rows."""
    x, y = UPPER_ROWS[:, 0] * 1e3, np.log(UPPER_ROWS[:, column])
    slope = np.gradient(y, x)
    i = np.clip(np.searchsorted(x, height_m, side="right") - 1, 0, len(x) - 2)
    width = x[i + 1] - x[i]
    s = (height_m - x[i]) / width
    value = (
        (1 + 2 * s) * (1 - s) ** 2 * y[i]
        + s * (1 - s) ** 2 * width * slope[i]
        + s**2 * (3 - 2 * s) * y[i + 1]
        + s**2 * (s - 1) * width * slope[i + 1]
    )
    return np.exp(value)


def standard_atmosphere(
    height_m: Float[Array, " n"],
) -> tuple[Float[Array, " n"], Float[Array, " n"], Float[Array, " n"]]:
    """Density (kg/m³), pressure (Pa) and the square of the speed of sound (m²/s²) at geometric heights (m).

    Below the ground the ground's values; above 200 km no density and no pressure. The square of the speed of
    sound is 1.4 p/ρ at every height (above 86 km the document prints none).
    """
    height = np.clip(np.asarray(height_m, dtype=np.float64), 0.0, TOP_M)
    p, rho = _lower(np.minimum(height, 86_000.0))
    above = height >= 86_000.0
    p[above] = _upper(height[above], 1)
    rho[above] = _upper(height[above], 2)
    sound2 = _GAMMA * p / rho
    gone = np.asarray(height_m) > TOP_M
    p[gone] = 0.0
    rho[gone] = 0.0
    return rho, p, sound2


def air_table() -> Float[Array, " rows"]:
    """The engine's table, packed: density and the speed of sound at every 50 m, by turns."""
    rho, _, sound2 = standard_atmosphere(np.arange(ROWS) * STEP_M)
    return np.stack([packed(rho), packed(np.sqrt(sound2))], 1).ravel()

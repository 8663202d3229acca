"""The plain values that the engine flies and hands back.

Units: SI, and a name that is not SI carries its unit. Angles are radians unless the name ends in
``_deg``. Azimuths run clockwise from true north. Positions in arrays are Earth-fixed, Earth-centred
(WGS84 axes, "ECEF") unless the name says ``eci`` (inertial axes that equal the Earth-fixed ones at
lift-off). Speeds and flight-path angles are relative to the rotating Earth unless the name says
``inertial``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array


@dataclass(frozen=True)
class Place:
    """A point on the WGS84 ellipsoid: geodetic latitude and longitude in degrees, east positive."""

    lat_deg: float
    lon_deg: float


@dataclass(frozen=True)
class Stage:
    """One stage. ``isp_at`` is ``vacuum``, ``sea_level`` or ``unstated`` (flown as vacuum, and said)."""

    propellant_kg: float
    empty_kg: float
    isp_s: float
    isp_at: str
    burn_s: float
    diameter_m: float
    exit_area_m2: float | None = None
    coast_s: float = 0.0
    """Pause after this stage's burnout before the next one ignites."""


@dataclass(frozen=True)
class Shroud:
    """A fairing, dropped ``drop_s`` after lift-off or at ``drop_km``, whichever is given."""

    mass_kg: float
    drop_s: float | None
    drop_km: float | None
    in_launch_mass: bool


@dataclass(frozen=True)
class DragTable:
    """Zero-lift drag coefficient against Mach number; linear between, level beyond the ends."""

    id: str
    mach: tuple[float, ...]
    cd: tuple[float, ...]


@dataclass(frozen=True)
class Missile:
    """What the engine flies: everything above the last stage is payload."""

    id: str
    payload_kg: float
    stages: tuple[Stage, ...]
    drag: DragTable
    ballistic_coefficient_kg_m2: float
    """Of the re-entering body; the builder states whether it is a source's figure or an assumed default."""
    shroud: Shroud | None = None


@dataclass(frozen=True)
class Burnout:
    """The state at the last stage's cut-off, relative to the rotating Earth (inertial where named)."""

    time_s: float
    speed_km_s: float
    altitude_km: float
    flight_path_angle_deg: float
    speed_inertial_km_s: float
    flight_path_angle_inertial_deg: float


@dataclass(frozen=True)
class Event:
    """Something that happens in a flight, for clocks and reports."""

    name: str
    time_s: float
    altitude_km: float


@dataclass(frozen=True)
class FailedFlight:
    """A flight that did not do what was asked, with the reason; never a NaN."""

    missile: str
    cause: str
    """A message id, such as ``fell-in-boost``, ``orbital``, ``beyond-range``."""
    time_s: float
    altitude_km: float
    detail: str
    """One sentence for a person, with figures and units."""


@dataclass(frozen=True)
class Flight:
    """One flight from lift-off to impact."""

    missile: str
    origin: Place
    impact: Place
    range_km: float
    """Geodesic distance on WGS84 from origin to impact."""
    apogee_km: float
    time_s: float
    azimuth_deg: float
    loft_deg: float
    cutoff_s: float
    """Burn time of the last stage that fires, at most its full burn."""
    stages_fired: int
    """How many stages fire; a short flight may be cut off before the last one does."""
    burnout: Burnout
    events: tuple[Event, ...]
    path: str
    """``scheme`` (left the air) or ``in-air`` (flown in time throughout)."""


@dataclass(frozen=True)
class Flights:
    """Many flights, one entry a lane; a lane that failed has ``ok`` false, a code in ``cause`` and zeros."""

    missiles: tuple[Missile, ...]
    """Either one missile for all lanes or one a lane."""
    ok: Bool[Array, " n"]
    cause: Array
    """Message ids, empty where ok."""
    origin_deg: Float[Array, "n 2"]
    impact_deg: Float[Array, "n 2"]
    azimuth_deg: Float[Array, " n"]
    loft_deg: Float[Array, " n"]
    cutoff_s: Float[Array, " n"]
    """Burn time of the last stage that fires."""
    stages_fired: Int[Array, " n"]
    kick_rad: Float[Array, " n"]
    range_km: Float[Array, " n"]
    apogee_km: Float[Array, " n"]
    time_s: Float[Array, " n"]
    burnout_s: Float[Array, " n"]
    burnout_speed_km_s: Float[Array, " n"]
    burnout_altitude_km: Float[Array, " n"]
    burnout_angle_deg: Float[Array, " n"]
    in_air: Bool[Array, " n"]
    """True where the lane was flown on the time-stepped path."""

    def __len__(self) -> int:
        return len(self.ok)


@dataclass(frozen=True)
class Tracks:
    """Flights sampled in time: what sensors and interceptors look at.

    Lane i has m samples in ascending time. Where asked, samples stand exactly on given altitudes (going
    up and coming down). Lanes that failed have ``ok`` false and repeat the launch point.
    """

    ok: Bool[Array, " n"]
    time_s: Float[Array, "n m"]
    position_m: Float[Array, "n m 3"]
    """Earth-fixed WGS84 axes."""
    altitude_m: Float[Array, "n m"]
    """Above the ellipsoid."""
    speed_m_s: Float[Array, "n m"]
    """Relative to the rotating Earth."""
    burnout_s: Float[Array, " n"]
    impact_s: Float[Array, " n"]

    def __len__(self) -> int:
        return len(self.ok)

    def select(self, index: Array) -> Tracks:
        """The lanes that ``index`` (integers or a mask) names, in its order."""
        return Tracks(*(np.asarray(getattr(self, f))[index] for f in self.__dataclass_fields__))


@dataclass(frozen=True)
class Reach:
    """How far one missile reaches from one place in each direction, over all lofts, at full burn."""

    missile: str
    origin: Place
    azimuth_deg: Float[Array, " n"]
    range_km: Float[Array, " n"]
    """Geodesic distance; half the way round the Earth where a full burn goes further; zero where none came
    off.
    """
    loft_deg: Float[Array, " n"]
    """The loft that reaches furthest; under ``any-range`` the steepest that still goes half the way round."""
    cause: Array
    """Message ids: empty, ``any-range``, or why no flight came off."""

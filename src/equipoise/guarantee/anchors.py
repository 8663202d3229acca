"""The anchors of the published claims, worked again with the model that they describe themselves.

Their model: a round, turning Earth and two-body flight; the missile burns out 200 s after launch, 250 km up
and 500 km along, then takes the least-speed path to its aim; the interceptor leaves 100 km above its site 70
s after commit (SM-3 class) or 200 km above it after 140 s (GBI class); meetings above 100 km and after
burnout. They are rough, to 0.3 km/s and 30 s: compared and explained, never tuned to. Beside them stands what
the engine itself gives for the same places with the declared missiles' own burn: the difference is the
anchors' simplified boost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import Interceptors, interceptors, latest_commits_exact, needed_speeds
from equipoise.flight import Tracks, coast, lambert
from equipoise.guarantee.protected import protected_flights
from equipoise.scenario import Anchor, AnchorModel, Catalogue, Scenario

SPHERE_M = 6_371_000.0
"""Mean radius of the anchors' round Earth (assumed: the description gives none)."""
OMEGA_RAD_S = 7.292115e-5
"""The Earth's turning (WGS84, NIMA TR8350.2, table 3.1)."""
BURNOUT_S, BURNOUT_M, ALONG_M, FLOOR_M = 200.0, 250e3, 500e3, 100e3
"""The missile's burnout, and the lowest meeting, as described."""
CLASSES = {"SM-3": (100e3, 70.0), "GBI": (200e3, 140.0)}
"""Height (m) and time after commit (s) at which an interceptor of each class starts to coast."""
SAMPLES = 240


@dataclass(frozen=True)
class AnchorRow:
    """One anchor figure beside ours. ``asked`` says the commit or the speed that it is for.

    A published ``any`` or ``never`` stands as plus or minus infinity; ``verdict`` is within tolerance or not,
    and ``reason`` explains where that needs it.
    """

    pair: str
    quantity: str
    asked: str
    published: float
    ours: float
    unit: str
    agrees: bool
    reason: str = ""
    engine: tuple[float, float] | None = None
    """The same from the engine, least and most over the missiles that stand there; None where not flown."""


Position = Float[Array, " 3"]


def ground(lat_deg: float, lon_deg: float, height_m: float = 0.0) -> Position:
    """Earth-fixed position over the round Earth, m."""
    lat, lon = math.radians(lat_deg), math.radians(lon_deg)
    level = math.cos(lat) * np.array([math.cos(lon), math.sin(lon), 0.0])
    return np.asarray((SPHERE_M + height_m) * (level + np.array([0.0, 0.0, math.sin(lat)])))


def turned(position: Position, angle: float) -> Position:
    """A position carried east about the pole by an angle (rad)."""
    c, s = math.cos(angle), math.sin(angle)
    x, y, z = position
    return np.array([c * x - s * y, s * x + c * y, z])


def anchor_track(launch: Position, aim: Position) -> Tracks:
    """The anchors' missile: from its burnout on the path of least inertial speed to the aim."""
    unit = launch / SPHERE_M
    toward = aim / SPHERE_M - (unit @ aim / SPHERE_M) * unit
    toward /= np.linalg.norm(toward)
    turn = ALONG_M / SPHERE_M
    start = (SPHERE_M + BURNOUT_M) * (math.cos(turn) * unit + math.sin(turn) * toward)
    flights = np.arange(600.0, 3600.0, 1.0)
    velocities = np.array([lambert(*start, *turned(aim, OMEGA_RAD_S * t), t)[:3] for t in flights])
    best = int(np.argmin(np.linalg.norm(velocities, axis=1)))
    times = np.linspace(0.0, flights[best], SAMPLES)
    position = np.array([_at(start, velocities[best], t) for t in times])
    height = np.linalg.norm(position, axis=1) - SPHERE_M
    last = int(np.flatnonzero(height >= FLOOR_M).max())
    share = (height[last] - FLOOR_M) / (height[last] - height[last + 1])
    edge = times[last] + share * (times[last + 1] - times[last])
    times = np.insert(times, last + 1, edge)
    position = np.insert(position, last + 1, _at(start, velocities[best], edge), axis=0)
    height = np.linalg.norm(position, axis=1) - SPHERE_M
    burnout, end = np.array([BURNOUT_S]), np.array([BURNOUT_S + flights[best]])
    ok, rest = np.array([True]), np.zeros((1, len(times)))
    return Tracks(ok, times[None] + BURNOUT_S, position[None], height[None], rest, burnout, end)


def _at(start: Position, velocity: Position, time_s: float) -> Position:
    """Earth-fixed position after a coast."""
    there = np.array(coast(*start, *velocity, time_s)[:3])
    return turned(there, -OMEGA_RAD_S * time_s)


def anchor_lane(site_deg: tuple[float, float], kind: str, speed_km_s: float, cap_s: float) -> Interceptors:
    """The anchors' interceptor of a class at a site; ``cap_s`` counts from its launch."""
    height_m, burn_s = CLASSES[kind]
    one = [np.array([v]) for v in (1e3 * speed_km_s, burn_s, cap_s, FLOOR_M, math.inf, math.inf, 0.0)]
    return Interceptors(ground(*site_deg)[None], ground(*site_deg, height_m)[None], *one)


def anchor_rows(catalogue: Catalogue, scenario: Scenario | None = None) -> tuple[AnchorRow, ...]:
    """Every figure of the catalogue's anchors beside ours; with a scenario, beside the engine's as well."""
    rows: list[AnchorRow] = []
    for anchor in catalogue.anchors:
        found = compare_anchor(anchor, catalogue.anchor_model)
        flown = None if scenario is None else anchor_flights(scenario, anchor)
        if flown is not None:
            spot = {name: (lat_deg, lon_deg) for name, lat_deg, lon_deg in catalogue.anchor_model.places_deg}
            at = spot[anchor.site or anchor.sea_area or ""]
            found = tuple(
                replace(r, engine=engine_figure(flown, at, anchor.interceptor_class, r)) for r in found
            )
        rows += found
    return tuple(rows)


def anchor_flights(scenario: Scenario, anchor: Anchor) -> Tracks | None:
    """The declared missiles from the anchor's launch area to its end at minimum energy; None without any."""
    areas = tuple(a for a in scenario.deterrent_areas if a.id == anchor.start)
    ends = tuple(e for e in scenario.ends if e.id == anchor.end)
    if not areas or not ends or areas[0].party is None:
        return None
    rules = replace(scenario.rules, loft_offsets_deg=())
    one = replace(scenario, deterrent_areas=areas, ends=ends, rules=rules)
    flights = protected_flights(one, areas[0].party, (FLOOR_M / 1e3,))
    return flights.tracks if len(flights) else None


def engine_figure(
    tracks: Tracks, site_deg: tuple[float, float], kind: str, row: AnchorRow
) -> tuple[float, float]:
    """One figure from the engine's flights, least and most; the interceptor is the anchor's class."""
    height_m, burn_s = CLASSES[kind]
    number = float(row.asked.removeprefix("commit ").split(" ")[0])
    capped = "cap" in row.quantity
    speed = 1.0 if row.quantity == "needed speed" else number
    cap_s = 600.0 + burn_s if capped else math.inf
    lat, lon, fast, high, burn, cap, floor, none = (
        np.array([v]) for v in (*site_deg, speed, height_m / 1e3, burn_s, cap_s, FLOOR_M / 1e3, math.inf)
    )
    lane = interceptors(lat, lon, fast, high, burn, cap, (floor, none), none)
    if row.quantity == "needed speed":
        found = needed_speeds(tracks, lane, np.full(len(tracks), number))[:, 0]
    else:
        found = latest_commits_exact(tracks, lane)[:, 0]
    return float(found.min()), float(found.max())


def compare_anchor(anchor: Anchor, model: AnchorModel) -> tuple[AnchorRow, ...]:
    """Every figure of one anchor beside ours, within the model's own tolerance or not."""
    spot = {name: (lat_deg, lon_deg) for name, lat_deg, lon_deg in model.places_deg}
    site, kind = anchor.site or anchor.sea_area or "", anchor.interceptor_class
    pair = f"{anchor.start} to {anchor.end}, {kind} at {site}"
    track = anchor_track(ground(*spot[anchor.start]), ground(*spot[anchor.end]))
    rows = []
    for commit_s, published in anchor.needed_speed_km_s:
        lane = anchor_lane(spot[site], kind, 1.0, math.inf)
        ours = float(needed_speeds(track, lane, np.array([commit_s]))[0, 0])
        near = abs(ours - published) <= model.tolerance_km_s
        asked = f"commit {commit_s:.0f} s"
        rows.append(AnchorRow(pair, "needed speed", asked, published, ours, "km/s", near))
    for speed, latest in anchor.latest_commit_s:
        rows.append(_latest(pair, track, (spot[site], kind, speed), latest, model.tolerance_s))
    for speed, latest in anchor.latest_commit_capped_s:
        rows.append(_capped(pair, track, (spot[site], kind, speed), float(latest), model.tolerance_s))
    return tuple(rows)


_Lane = tuple[tuple[float, float], str, float]
"""Site (degrees), class, speed (km/s)."""


def _latest(pair: str, track: Tracks, lane: _Lane, published: float | str, tolerance_s: float) -> AnchorRow:
    """``any`` is met by a latest commit beyond 400 s, ``never`` by one before the missile's launch."""
    ours = float(latest_commits_exact(track, anchor_lane(*lane, math.inf))[0, 0])
    asked, quantity = f"{lane[2]} km/s", "latest commit"
    if published == "never":
        reason = "we read 'never' as: not at any commit after the missile's launch"
        return AnchorRow(pair, quantity, asked, -math.inf, ours, "s", ours <= 0.0, reason)
    if published == "any":
        reason = "we give the last commit before the flight ends; the anchors' commits end at 400 s"
        return AnchorRow(pair, quantity, asked, math.inf, ours, "s", ours >= 400.0, reason)
    near = abs(ours - float(published)) <= tolerance_s
    return AnchorRow(pair, quantity, asked, float(published), ours, "s", near)


def _capped(pair: str, track: Tracks, lane: _Lane, published: float, tolerance_s: float) -> AnchorRow:
    """Our cap counts from launch; the anchors' 600 s can only be reproduced as counted from burnout."""
    burn_s = CLASSES[lane[1]][1]
    from_launch, from_burnout = (
        float(latest_commits_exact(track, anchor_lane(*lane, cap_s))[0, 0])
        for cap_s in (600.0, 600.0 + burn_s)
    )
    reason = (
        "converted: 600 s counted from the interceptor's burnout; counted from its launch, as caps are "
        f"declared here, the latest commit is {from_launch:.0f} s"
    )
    near = abs(from_burnout - published) <= tolerance_s
    asked = f"{lane[2]} km/s"
    return AnchorRow(pair, "latest commit, 600 s cap", asked, published, from_burnout, "s", near, reason)

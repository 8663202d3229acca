"""Shared makings of the defence tests: vectors, tracks on simple arcs, and a small fictional scenario."""

from __future__ import annotations

import math

import numpy as np

from equipoise.defence import Cells, OperandVector
from equipoise.flight import DragTable, Missile, Stage, Tracks
from equipoise.scenario import (
    Architecture,
    Area,
    Battery,
    EngagementRules,
    Figure,
    InterceptorClaim,
    InterceptorModel,
    LaunchArea,
    Membership,
    MissileModel,
    Party,
    Region,
    ReleaseRule,
    Scenario,
    Sensor,
    Site,
    Threat,
)
from equipoise.sensing import ground_position_m


def build_vector(**changes: object) -> OperandVector:
    given: dict[str, object] = {
        "battery": "b",
        "interceptor": "i",
        "claim": "i/author",
        "author": "author",
        "party": "A",
        "member": "M",
        "site": "s",
        "places_deg": np.array([[54.5, 17.1]]),
        "speed_km_s": 4.5,
        "burnout_altitude_km": 150.0,
        "time_to_burnout_s": 70.0,
        "flight_cap_s": 600.0,
        "altitude_min_km": 100.0,
        "altitude_max_km": math.inf,
        "range_km": math.inf,
        "number": None,
        "statuses": (),
    }
    return OperandVector(**(given | changes))  # type: ignore[arg-type]


def build_arcs(seed: int = 1, lanes: int = 64, samples: int = 98, burnout_s: float = 100.0) -> Tracks:
    """Arcs from the Middle East to Europe, up to 600 km high: shapes, not physics."""
    rng = np.random.default_rng(seed)
    share = np.linspace(0.0, 1.0, samples)[None, :]
    lat = 35.0 + rng.uniform(5, 20, (lanes, 1)) * share
    lon = 50.0 - rng.uniform(10, 35, (lanes, 1)) * share
    altitude = 4 * share * (1 - share) * rng.uniform(2e5, 6e5, (lanes, 1))
    ground = ground_position_m(np.column_stack([lat.ravel(), lon.ravel()])).reshape(lanes, samples, 3)
    up = ground / np.linalg.norm(ground, axis=-1, keepdims=True)
    time = np.tile(np.linspace(0.0, 900.0, samples), (lanes, 1))
    return Tracks(
        np.ones(lanes, dtype=bool),
        time,
        ground + altitude[..., None] * up,
        altitude,
        np.zeros((lanes, samples)),
        np.full(lanes, burnout_s),
        np.full(lanes, 900.0),
    )


def figure(value: float | None, unit: str = "") -> Figure:
    return Figure(value, unit, "assumed" if value is not None else "unknown", "made up for a test")


def build_claim(model: str, **changes: Figure) -> InterceptorClaim:
    given: dict[str, Figure] = {
        "speed_km_s": figure(4.5, "km/s"),
        "burnout_altitude_km": figure(150.0, "km"),
        "time_to_burnout_s": figure(70.0, "s"),
        "flight_cap_s": figure(600.0, "s"),
        "altitude_min_km": figure(100.0, "km"),
        "altitude_max_km": figure(None, "km"),
        "range_km": figure(None, "km"),
    }
    figures = given | changes
    return InterceptorClaim(f"{model}/author", model, "author", **figures, status="assumed", source="made up")


def build_sensor(name: str, party: str, **changes: object) -> Sensor:
    given: dict[str, object] = {
        "id": name,
        "name": name,
        "party": party,
        "member": f"member of {party}",
        "kind": "radar",
        "lat_deg": 40.0,
        "lon_deg": 30.0,
        "sea_area": None,
        "sector_deg": (0.0, 360.0),
        "sector_status": "assumed",
        "elevation_min_deg": 3.0,
        "revisit_s": figure(None, "s"),
        "range_claims": (),
        "range_km": figure(2000.0, "km"),
        "target_stated": True,
        "track_quality": "fire-control",
        "status": "assumed",
        "source": "made up",
    }
    return Sensor(**(given | changes))  # type: ignore[arg-type]


def build_architecture(
    name: str, party: str, batteries: tuple[Battery, ...], **changes: object
) -> Architecture:
    given: dict[str, object] = {
        "id": name,
        "name": name,
        "proposer_party": party,
        "proposer_member": None,
        "dates": (),
        "command_mode": None,
        "batteries": batteries,
        "sensors": (),
        "joins": (),
        "own_system": False,
        "elements": (),
        "undeclared": (),
        "objections": (),
        "status": "assumed",
        "source": "made up",
    }
    return Architecture(**(given | changes))  # type: ignore[arg-type]


def battery(name: str, interceptor: str, site: str, party: str) -> Battery:
    return Battery(name, interceptor, None, site, None, f"member of {party}", party, "assumed", "made up")


def build_rule(name: str, **changes: object) -> ReleaseRule:
    given: dict[str, object] = {
        "id": name,
        "name": name,
        "picture": "own",
        "deciders": "owner",
        "interceptors": "own",
        "land": "own",
        "decision_s": Figure(None, "s", "assumed", "made up", 20.0, 60.0),
        "on_silence": "own",
        "confidence": "fire-control",
    }
    return ReleaseRule(**(given | changes))  # type: ignore[arg-type]


MODES = (
    build_rule("separate"),
    build_rule("shared", picture="fused"),
    build_rule(
        "dual-key",
        picture="fused",
        deciders="both",
        interceptors="pooled",
        land="both",
        decision_s=Figure(None, "s", "assumed", "made up", 60.0, 180.0),
    ),
)


def build_scenario(**changes: object) -> Scenario:
    """Two parties, A to the west and B to the north-east, each with its own system; A would join them."""
    parties = tuple(Party(p, f"Party {p}", (Membership(f"{p}{p}", f"Member {p}", None),)) for p in "AB")
    sites = {
        name: Site(name, name, "M", lat, lon, "assumed", "made up")
        for name, lat, lon in (("west", 47.0, 12.0), ("east", 49.0, 31.0), ("south", 38.0, 30.0))
    }
    own_a = build_architecture(
        "own-a", "A", (battery("a1", "slow", "west", "A"),), own_system=True, sensors=("ra",)
    )
    own_b = build_architecture(
        "own-b", "B", (battery("b1", "slow", "east", "B"),), own_system=True, sensors=("rb",)
    )
    plan = build_architecture(
        "plan", "A", (battery("a2", "slow", "south", "A"),), sensors=("ra", "rc"), joins=("own-b",)
    )
    models = {
        name: InterceptorModel(
            name, name, "M", (build_claim(name, speed_km_s=figure(v, "km/s")),), f"{name}/author"
        )
        for name, v in (("slow", 2.4), ("fast", 3.0))
    }
    given: dict[str, object] = {
        "id": "made-up",
        "title": "Made up",
        "question": "?",
        "as_of": "2010-11-20",
        "parties": parties,
        "observer": "O",
        "threats": (),
        "threat_areas": (),
        "deterrent_areas": (),
        "ends": (),
        "missile_models": {},
        "interceptors": models,
        "sites": sites,
        "sea_areas": {},
        "sensors": {
            "ra": build_sensor("ra", "A", lat_deg=45.0, lon_deg=12.0, range_km=figure(1400.0, "km")),
            "rb": build_sensor("rb", "B", lat_deg=45.0, lon_deg=41.0),
            "rc": build_sensor("rc", "A", lat_deg=41.0, lon_deg=26.0, target_stated=False),
        },
        "architectures": {a.id: a for a in (own_a, own_b, plan)},
        "modes": MODES,
        "rules": EngagementRules(
            cloud_break_km=figure(10.0, "km"),
            detection_delay_s=figure(30.0, "s"),
            radar_track_s=figure(10.0, "s"),
            first_light_floor_s=figure(20.0, "s"),
            loft_offsets_deg=(("lofted", 15.0),),
            disruptive_share=figure(0.1),
            single_shot=figure(None),
        ),
        "regions": (Region("RA", "AA", "Land A"), Region("RB", "BB", "Land B")),
        "region_splits": (),
        "statements": (),
        "seed": 1,
        "fictional": True,
    }
    return Scenario(**(given | changes))  # type: ignore[arg-type]


def build_cells(seed: int = 3, count: int = 40) -> Cells:
    """Places in two lands, A and B, and a few in neither."""
    rng = np.random.default_rng(seed)
    region = np.sort(rng.integers(0, 2, count))
    return Cells(
        lat_deg=np.where(region == 0, rng.uniform(40, 50, count), rng.uniform(50, 60, count)),
        lon_deg=np.where(region == 0, rng.uniform(5, 32, count), rng.uniform(30, 45, count)),
        population=rng.uniform(1e4, 1e6, count),
        area_km2=np.full(count, 2500.0),
        region=region,
        regions=("RA", "RB"),
        party=region.copy(),
        share_seen=(0.5, 0.6),
    )


def build_threat() -> dict[str, object]:
    """A solid two-stage missile of some 2,200 km from a box to the south-east, for ``build_scenario``."""
    drag = DragTable("d", (0.0, 0.85, 1.0, 1.2, 2.0, 4.5), (0.2, 0.2, 0.27, 0.27, 0.2, 0.2))
    stages = (
        Stage(12800.0, 1750.0, 250.0, "vacuum", 55.0, 1.25),
        Stage(5000.0, 800.0, 260.0, "vacuum", 55.0, 1.25),
    )
    missile = Missile("m", 1000.0, stages, drag, 3000.0)
    model = MissileModel(
        "m", "M", "H", "threat", "scenario", "us", "assumed", "made up", missile, "assumed", ()
    )
    box = Area("box", (35.0, 37.0), (46.0, 48.0), "assumed")
    area = LaunchArea("box", "Box", "H", None, box, "mobile", "assumed", "made up", ("m",))
    threat = Threat("t", "T", "H", ("m",), ("box",), "tested", "2009", True, "assumed", "made up")
    return {"threats": (threat,), "threat_areas": (area,), "missile_models": {"m": model}}

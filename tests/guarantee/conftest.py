"""A small scenario of two parties, made by hand: one long-range missile and one battery each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.flight import DragTable, Missile, Stage
from equipoise.scenario import (
    Architecture,
    Area,
    Battery,
    End,
    EngagementRules,
    Figure,
    InterceptorClaim,
    InterceptorModel,
    LaunchArea,
    Membership,
    MissileModel,
    Party,
    RangeClaim,
    Region,
    ReleaseRule,
    Scenario,
    Sensor,
    Site,
    Statement,
)


def figure(
    value: float | None, unit: str = "s", low: float | None = None, high: float | None = None
) -> Figure:
    known = value is not None or low is not None
    return Figure(value, unit, "assumed" if known else "unknown", "a test", low, high)


def point(lat_deg: float, lon_deg: float) -> Area:
    return Area("point", (lat_deg, lat_deg), (lon_deg, lon_deg), "assumed")


def box(south: float, north: float, west: float, east: float) -> Area:
    return Area("box", (south, north), (west, east), "assumed")


SOLID = DragTable("solid", (0.0, 0.8, 1.1, 2.0, 4.0, 6.0), (0.10, 0.15, 0.32, 0.27, 0.14, 0.10))
STAGES = (
    Stage(24000.0, 3600.0, 270.0, "vacuum", 63.0, 1.8, 0.9),
    Stage(9000.0, 1150.0, 288.0, "vacuum", 64.0, 1.55),
    Stage(4700.0, 650.0, 292.0, "vacuum", 56.0, 1.34),
)


def missile_model(name: str, burn_factor: float = 1.0) -> MissileModel:
    stages = tuple(replace(s, burn_s=s.burn_s * burn_factor) for s in STAGES)
    missile = Missile(name, 1000.0, stages, SOLID, 8000.0)
    return MissileModel(
        name, name, "x", "deterrent", "scenario", "a test", "assumed", "", missile, "assumed", ()
    )


def claim(name: str, speed: Figure, cap_s: float | None = 600.0, author: str = "owner") -> InterceptorClaim:
    return InterceptorClaim(
        id=name,
        model=name.split("/")[0],
        author=author,
        speed_km_s=speed,
        burnout_altitude_km=figure(150.0, "km"),
        time_to_burnout_s=figure(None, "s", 60.0, 80.0),
        flight_cap_s=figure(cap_s),
        altitude_min_km=figure(100.0, "km"),
        altitude_max_km=figure(None, "km"),
        range_km=figure(None, "km"),
        status="assumed",
        source="a test",
    )


def interceptor(name: str, owner: str, speed_km_s: float, others: tuple[float, ...] = ()) -> InterceptorModel:
    claims = [claim(f"{name}/owner", figure(speed_km_s, "km/s"))]
    claims += [claim(f"{name}/critic-{v}", figure(v, "km/s"), author="critic") for v in others]
    return InterceptorModel(name, name, owner, tuple(claims), f"{name}/owner")


def radar(name: str, party: str, lat_deg: float, lon_deg: float) -> Sensor:
    reach = figure(4000.0, "km")
    return Sensor(
        id=name,
        name=name,
        party=party,
        member=party,
        kind="radar",
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        sea_area=None,
        sector_deg=None,
        sector_status="unknown",
        elevation_min_deg=2.0,
        revisit_s=figure(None),
        range_claims=(RangeClaim("a test", reach, "warhead", True),),
        range_km=reach,
        target_stated=True,
        track_quality="fire-control",
        status="assumed",
        source="a test",
    )


def battery(name: str, kind: str, party: str, site: str, number: int | None = 10) -> Battery:
    return Battery(name, kind, number, site, None, party, party, "assumed", "a test")


def rule(name: str, picture: str, low_s: float, high_s: float) -> ReleaseRule:
    return ReleaseRule(
        id=name,
        name=name,
        picture=picture,
        deciders="owner",
        interceptors="own",
        land="own",
        decision_s=figure(None, "s", low_s, high_s),
        on_silence="own",
        confidence="search",
    )


def architecture(name: str, batteries: tuple[Battery, ...], sensors: tuple[str, ...]) -> Architecture:
    return Architecture(
        id=name,
        name=name,
        proposer_party=None,
        proposer_member=None,
        dates=(),
        command_mode=None,
        batteries=batteries,
        sensors=sensors,
        joins=(),
        own_system=False,
        elements=(),
        undeclared=(),
        objections=(),
        status="assumed",
        source="a test",
        joint=True,
    )


def deterrent(name: str, party: str, area: Area, models: tuple[str, ...]) -> LaunchArea:
    return LaunchArea(name, name, party, party, area, "silo", "assumed", "a test", models)


def small_scenario() -> Scenario:
    """West (members at North American places) and East, a battery of each near the other's flight paths."""
    both = architecture(
        "both",
        (battery("west-1", "dart", "west", "wick"), battery("east-1", "lance", "east", "anadyr")),
        ("west-eye", "east-eye"),
    )
    return Scenario(
        id="small",
        title="small",
        question="",
        as_of="2010-11-20",
        parties=(
            Party("west", "West", (Membership("WW", "west", None),)),
            Party("east", "East", (Membership("EE", "east", None),)),
        ),
        observer="",
        threats=(),
        threat_areas=(),
        deterrent_areas=(
            deterrent("plain", "west", point(47.5, -111.3), ("arrow",)),
            deterrent("forest", "east", point(54.0, 35.8), ("bolt", "slow-bolt")),
            deterrent("ice", "east", box(70.0, 76.0, 30.0, 55.0), ("bolt",)),
        ),
        ends=(
            End("capital-west", "capital", "west", point(38.9, -77.0), "assumed"),
            End("capital-east", "capital", "east", point(55.8, 37.6), "assumed"),
        ),
        missile_models={
            m: missile_model(m, f) for m, f in (("arrow", 1.0), ("bolt", 1.0), ("slow-bolt", 1.3))
        },
        interceptors={
            "dart": interceptor("dart", "west", 4.5, (5.5, 8.5)),
            "lance": interceptor("lance", "east", 4.5, (5.5,)),
        },
        sites={
            "wick": Site("wick", "Wick", "west", 58.4, -3.1, "assumed", "a test"),
            "anadyr": Site("anadyr", "Anadyr", "east", 64.7, 177.5, "assumed", "a test"),
        },
        sea_areas={},
        sensors={
            "west-eye": radar("west-eye", "west", 69.6, 18.9),
            "east-eye": radar("east-eye", "east", 66.0, 179.0),
        },
        architectures={"both": both},
        modes=(rule("alone", "own", 30.0, 90.0), rule("together", "fused", 60.0, 240.0)),
        rules=EngagementRules(
            cloud_break_km=figure(8.0, "km"),
            detection_delay_s=figure(None, "s", 10.0, 30.0),
            radar_track_s=figure(None, "s", 10.0, 30.0),
            first_light_floor_s=figure(None, "s", 20.0, 60.0),
            loft_offsets_deg=(("lofted", 12.0), ("depressed", -8.0)),
            disruptive_share=figure(0.1, "share"),
            single_shot=figure(None, "share"),
        ),
        regions=(Region("WW", "WW", "west"),),
        region_splits=(),
        statements=(
            Statement(
                "speed-line",
                "measure",
                None,
                "name the speed",
                "assumed",
                "",
                (),
                (("parameters", "interceptor_speed"),),
            ),
            Statement("a-visit", "measure", None, "look", "assumed", "", (), (("parameters", ""),)),
        ),
        seed=1,
    )


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return small_scenario()

"""All that a private check of one architecture needs, written out: three roles' folders and the public file.

For a demonstration and as something to start from: the inputs are what the scenario's sources publish, so
that nothing in them is secret. In earnest each role makes its own folder on its own machine, and its inputs
are its own.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from equipoise.defence import OperandVector, operand_vectors
from equipoise.flight import Missile, aim_many
from equipoise.guarantee.commits import burnout_commits
from equipoise.guarantee.private.folder import Folder, make_folder, write_private
from equipoise.guarantee.private.outward.flyers import families_end_s
from equipoise.guarantee.private.outward.shooters import highest_km, top_speed_m_s
from equipoise.guarantee.private.outward.statement import LONGEST_CAP_S
from equipoise.guarantee.private.refusals import refusal
from equipoise.guarantee.private.run.messages import RUN_BYTES
from equipoise.guarantee.protected import protected_flights
from equipoise.scenario import Architecture, Area, Flyer, Scenario, Shooter

CELL_KM, BIN_S, DEADLINE_S = 100.0, 30.0, 120.0
SITE_RADIUS_KM = 20.0
"""About a site that is named to a tenth of a degree."""
CAP_S = 600.0
"""Where none is declared: the check needs one, since without a cap a fast interceptor reaches everywhere."""
PEERS = "peers.yaml"


@dataclass(frozen=True)
class Inputs:
    """Both sides' inputs for one architecture and one protected party, as the scenario has them."""

    architecture: str
    owner: str
    protects: str
    source: str
    """The scenario's name, or the path of its file."""
    shooters: tuple[Shooter, ...]
    places: tuple[str, ...]
    """Names of the shooters' sites and seas, in their order."""
    flyers: tuple[tuple[str, str, Flyer], ...]
    """(missile's id, launch area's name, flights)."""


def inputs_of(scenario: Scenario, architecture: Architecture, protects: str, source: str) -> Inputs:
    """What the scenario publishes of both sides' inputs; the earliest commit is burnout plus a track.

    ``source`` is the scenario's name or path, from which missiles are read again.

    Raises InputError where the other party has no interceptor with figures in the architecture.
    """
    owner = next(p.id for p in scenario.parties if p.id != protects)
    own = {b.id for b in architecture.batteries if b.party == owner}
    vectors = [v for v in operand_vectors(scenario, architecture) if v.battery in own and len(v.places_deg)]
    if not vectors:
        raise refusal("private-nothing-to-ask", architecture=architecture.id, owner=owner)
    commits = burnout_commits(scenario, protected_flights(scenario, protects, (), quick=True))
    commit_s = float(np.floor(commits.early_s.min()))
    shooters = tuple(_shooter(v, _area(scenario, v), commit_s) for v in vectors)
    flyers = tuple(_flyers(scenario, owner, protects))
    places = tuple(v.site for v in vectors)
    return Inputs(architecture.id, owner, protects, source, shooters, places, flyers)


def proposals(scenario: Scenario, *, own_systems: bool = False) -> Iterator[tuple[Architecture, str, float]]:
    """Each architecture that is a proposal, each party that it may touch, its fastest speed (km/s).

    The slowest come first. ``own_systems`` takes what members have of their own as well.
    """
    found: list[tuple[float, int, Architecture, str]] = []
    for architecture in scenario.architectures.values():
        if architecture.own_system and not own_systems:
            continue
        for party, other in (scenario.parties, scenario.parties[::-1]):
            own = {b.id for b in architecture.batteries if b.party == other.id}
            speeds = [v.speed_km_s for v in operand_vectors(scenario, architecture) if v.battery in own]
            if speeds:
                found.append((max(speeds), len(found), architecture, party.id))
    yield from (
        (architecture, party, speed) for speed, _, architecture, party in sorted(found, key=lambda f: f[:2])
    )


def write_check(folder: Path, scenario: Scenario, inputs: Inputs) -> Path:
    """Make the folders of A, B and the observer and the public file; the path of that file.

    InputError where the folder is taken. Nothing is left behind where it fails.
    """
    if os.path.lexists(folder):
        raise refusal("private-folder-taken", folder)
    folder.mkdir(parents=True)
    roles = {role: make_folder(folder / role, role) for role in ("A", "B", "observer")}
    write_inputs(roles["A"], roles["B"], inputs)
    peers = {
        "statement": statement_figures(scenario, inputs),
        "run": {"id": secrets.token_hex(RUN_BYTES), "deadline_s": DEADLINE_S},
        "roles": {
            role: {"address": f"127.0.0.1:{port}", "card": f"{role}.json"}
            for role, port in zip(roles, free_ports(3), strict=True)
        },
    }
    path = folder / PEERS
    path.write_text("".join(f"{line}\n" for line in _yaml(peers)), encoding="utf-8")
    return path


def write_inputs(first: Folder, second: Folder, inputs: Inputs) -> None:
    """Both parties' input files, readable by their owner alone."""
    shooters = [
        {"place": _spot(s.area), **{n: _number(getattr(s, n)) for n in _SHOOTER_FIGURES}}
        for s in inputs.shooters
    ]
    flights = [
        {
            "missile": missile,
            "launch": _spot(flyer.launch),
            "aims": [_spot(a) for a in flyer.aims],
            "loft_offset_deg": list(flyer.loft_offset_deg),
        }
        for missile, _, flyer in inputs.flyers
    ]
    for folder, what in (
        (first, {"interceptors": shooters}),
        (second, {"scenario": inputs.source, "flights": flights}),
    ):
        text = "".join(f"{line}\n" for line in _yaml(what))
        write_private(folder.path / "inputs.yaml", text.encode("utf-8"))


_SHOOTER_FIGURES = (
    "speed_km_s",
    "burnout_altitude_km",
    "time_to_burnout_s",
    "flight_cap_s",
    "altitude_min_km",
    "altitude_max_km",
    "range_km",
    "earliest_commit_s",
)


def statement_figures(scenario: Scenario, inputs: Inputs) -> dict[str, Any]:
    """The public statement that these inputs fit into, its figures rounded outward."""
    shooters = inputs.shooters
    top = max(min(s.altitude_max_km, highest_km(s)) for s in shooters)
    ends = families_end_s([flyer for _, _, flyer in inputs.flyers])
    return {
        "scenario": scenario.id,
        "architecture": inputs.architecture,
        "owner": inputs.owner,
        "protects": inputs.protects,
        "subset": [
            f"interceptors at: {', '.join(dict.fromkeys(inputs.places))}",
            f"flights from: {', '.join(dict.fromkeys(name for _, name, _ in inputs.flyers))}",
        ],
        "places": [_disc(s.area) for s in shooters],
        "speed_ceiling_km_s": math.ceil(1e-2 * max(top_speed_m_s(s) for s in shooters)) / 10,
        "flight_cap_s": max(s.flight_cap_s for s in shooters),
        "altitude_km": [min(s.altitude_min_km for s in shooters), 50.0 * math.ceil(top / 50.0)],
        "earliest_commit_s": max(0.0, min(s.earliest_commit_s for s in shooters) - 2 * BIN_S),
        "end_s": 60.0 * math.ceil(ends / 60.0),
        "cell_km": CELL_KM,
        "bin_s": BIN_S,
        "meetings_before_burnout": False,
    }


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [int(s.getsockname()[1]) for s in held]
    for each in held:
        each.close()
    return found


def _shooter(vector: OperandVector, area: Area, commit_s: float) -> Shooter:
    cap_s = vector.flight_cap_s if math.isfinite(vector.flight_cap_s) else CAP_S
    return Shooter(
        area,
        vector.speed_km_s,
        vector.burnout_altitude_km,
        vector.time_to_burnout_s,
        min(cap_s, LONGEST_CAP_S),
        vector.altitude_min_km,
        vector.altitude_max_km,
        vector.range_km,
        commit_s,
    )


def _area(scenario: Scenario, vector: OperandVector) -> Area:
    if vector.site in scenario.sea_areas:
        return scenario.sea_areas[vector.site].area
    site = scenario.sites[vector.site]
    return Area("point", (site.lat_deg, site.lat_deg), (site.lon_deg, site.lon_deg), site.status)


def _flyers(scenario: Scenario, owner: str, protects: str) -> Iterator[tuple[str, str, Flyer]]:
    """The party's deterrent: every model from every area to every end in the other party's members."""
    party = next(p for p in scenario.parties if p.id == owner)
    members = {m.name for m in party.members} | {m.country for m in party.members}
    aims = tuple(e.area for e in scenario.ends if e.member in members)
    offsets = [0.0, *(offset for _, offset in scenario.rules.loft_offsets_deg)]
    for area in scenario.deterrent_areas:
        if area.party != protects:
            continue
        for model in area.missiles:
            missile = scenario.missile_models[model].missile
            reached = _within_reach(missile, area.area, aims)
            if reached:
                yield model, area.name, Flyer(missile, area.area, reached, (min(offsets), max(offsets)))


def _within_reach(missile: Missile, launch: Area, aims: Sequence[Area]) -> tuple[Area, ...]:
    """The aims that the missile reaches from some corner or the middle of its launch area."""
    (south, north), (west, east) = launch.lat_deg, launch.lon_deg
    east += 360.0 if west > east else 0.0
    spots = {(a, b) for a in (south, (south + north) / 2, north) for b in (west, (west + east) / 2, east)}
    origin = np.array([(a, (b + 180.0) % 360.0 - 180.0) for a, b in sorted(spots)])
    kept = []
    for aim in aims:
        end = (sum(aim.lat_deg) / 2, sum(aim.lon_deg) / 2)
        if aim_many([missile], origin, np.tile(end, (len(origin), 1))).ok.any():
            kept.append(aim)
    return tuple(kept)


def _spot(area: Area) -> dict[str, Any]:
    if area.kind == "point":
        return {"lat_deg": area.lat_deg[0], "lon_deg": area.lon_deg[0]}
    return {"lat_deg": list(area.lat_deg), "lon_deg": list(area.lon_deg), "sea": area.sea}


def _disc(area: Area) -> dict[str, float]:
    """A disc that holds the area with room to spare."""
    (south, north), (west, east) = area.lat_deg, area.lon_deg
    east += 360.0 if west > east else 0.0
    widest = math.cos(math.radians(min(abs(south), abs(north)) if south * north > 0 else 0.0))
    half = 0.5 * 111.2 * math.hypot(north - south, (east - west) * widest)
    lon = ((west + east) / 2 + 180.0) % 360.0 - 180.0
    radius = math.ceil(1.1 * half + 150.0) if area.kind == "box" else SITE_RADIUS_KM
    return {"lat_deg": (south + north) / 2, "lon_deg": round(lon, 2), "radius_km": radius}


def _number(value: float) -> float | str:
    return value if math.isfinite(value) else "none"


def _yaml(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    """Plain YAML of nested mappings and lists; innermost values in JSON's own form, which is YAML too."""
    for key, each in value.items():
        if isinstance(each, dict) and any(isinstance(v, dict | list) for v in each.values()):
            yield f"{indent}{key}:"
            yield from _yaml(each, indent + "  ")
        elif isinstance(each, list) and each and isinstance(each[0], dict):
            yield f"{indent}{key}:"
            for item in each:
                lines = [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in item.items()]
                yield f"{indent}- {lines[0]}"
                yield from (f"{indent}  {line}" for line in lines[1:])
        else:
            yield f"{indent}{key}: {json.dumps(each, ensure_ascii=False)}"

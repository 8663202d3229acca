"""The files of the private check: the public one about a run, and each side's secret inputs.

An error about a secret file says where the fault stands and in which field, and never what stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from equipoise.flight import Missile
from equipoise.scenario.edges.operands import Spot
from equipoise.scenario.edges.private_check import (
    CardPart,
    FlyersFile,
    PeersPart,
    ShootersFile,
)
from equipoise.scenario.facts import load_catalogue
from equipoise.scenario.messages import fault
from equipoise.scenario.reading import check_with, read_yaml
from equipoise.scenario.scenario_file import load_missile, load_scenario
from equipoise.scenario.values import Area, InputError

Read = TypeVar("Read")
RoleName = Literal["A", "B", "observer"]


@dataclass(frozen=True)
class Shooter:
    """Interceptors of one kind in one area, as their owner knows them.

    Infinite ``range_km`` and ``altitude_max_km`` mean that none binds. ``earliest_commit_s`` counts from the
    protected missile's launch; a launch at any later moment is permitted as well.
    """

    area: Area
    speed_km_s: float
    burnout_altitude_km: float
    time_to_burnout_s: float
    flight_cap_s: float
    altitude_min_km: float
    altitude_max_km: float
    range_km: float
    earliest_commit_s: float


@dataclass(frozen=True)
class Flyer:
    """A missile, the whole area that it is launched from, the areas that it flies to, and its lofts.

    Lofts are degrees of flight-path angle at burnout from each flight's own minimum-energy loft.
    """

    missile: Missile
    launch: Area
    aims: tuple[Area, ...]
    loft_offset_deg: tuple[float, float]


@dataclass(frozen=True)
class PublicDisc:
    """A public place: interceptors stand within the radius of it."""

    lat_deg: float
    lon_deg: float
    radius_km: float


@dataclass(frozen=True)
class PublicStatement:
    """What both sides agree to ask, in the units of the file."""

    scenario: str
    architecture: str
    owner: str
    protects: str
    subset: tuple[str, ...]
    places: tuple[PublicDisc, ...]
    speed_ceiling_km_s: float
    flight_cap_s: float
    altitude_km: tuple[float, float]
    earliest_commit_s: float
    end_s: float
    cell_km: float
    bin_s: float
    meetings_before_burnout: bool


@dataclass(frozen=True)
class RoleEntry:
    """Where a role listens, and what its card says; ``root`` None before it has committed.

    ``party`` is what the record calls it; None where it signs there with the key on its card.
    """

    host: str
    port: int
    certificate: str
    signs_with: bytes
    root: bytes | None
    party: str | None = None


@dataclass(frozen=True)
class PeersFile:
    """The public file of a run."""

    path: Path
    statement: PublicStatement
    run: bytes
    number: int
    shift_bins: int
    deadline_s: float
    consent: dict[str, bytes]
    roles: dict[RoleName, RoleEntry]


def load_peers(path: str | Path) -> PeersFile:
    """The public file, with the cards that it names (beside it). Raises InputError with line and field."""
    here = Path(path)
    document = read_yaml(here)
    part = check_with(PeersPart, document)
    given = part.statement.model_dump(exclude={"places", "subset", "altitude_km"})
    places = tuple(PublicDisc(**p.model_dump()) for p in part.statement.places)
    low, high = part.statement.altitude_km
    statement = PublicStatement(
        **given, places=places, subset=tuple(part.statement.subset), altitude_km=(low, high)
    )
    roles: dict[RoleName, RoleEntry] = {}
    for role, entry in part.roles.items():
        card = _card(here.parent / entry.card, role)
        host, port = entry.address.rsplit(":", 1)
        root = None if card.root is None else bytes.fromhex(card.root)
        signs_with = bytes.fromhex(card.signs_with)
        roles[role] = RoleEntry(host, int(port), card.certificate, signs_with, root, entry.party)
    consent = {str(role): bytes.fromhex(text) for role, text in part.run.consent.items()}
    run = part.run
    return PeersFile(
        here, statement, bytes.fromhex(run.id), run.number, run.shift_bins, run.deadline_s, consent, roles
    )


def _card(path: Path, role: str) -> CardPart:
    """A role's card. InputError where it is another role's."""
    document = read_yaml(path)
    card = check_with(CardPart, document)
    if card.role != role:
        raise document.fault("wrong-word", ("role",), found=card.role, nearest="", known=role)
    return card


def load_shooters(path: str | Path) -> tuple[Shooter, ...]:
    """The secret of the side that owns interceptors. InputError says where, never what."""

    def read() -> tuple[Shooter, ...]:
        file = check_with(ShootersFile, read_yaml(Path(path)))
        return tuple(Shooter(_area(p.place), **p.model_dump(exclude={"place"})) for p in file.interceptors)

    return _hushed(read, path)


def load_flyers(path: str | Path) -> tuple[Flyer, ...]:
    """The secret of the side whose missiles are protected. InputError says where, never what."""

    def read() -> tuple[Flyer, ...]:
        document = read_yaml(Path(path))
        file = check_with(FlyersFile, document)
        models = load_catalogue().missile_models
        if file.scenario is not None:
            models = {**models, **load_scenario(file.scenario).missile_models}
        found = []
        for number, part in enumerate(file.flights):
            beside = Path(path).parent / part.missile
            if part.missile not in models and not beside.is_file():
                where = ("flights", number, "missile")
                raise document.fault("unknown-missile", where, name="", nearest="")
            model = models[part.missile] if part.missile in models else load_missile(beside)
            low, high = part.loft_offset_deg
            aims = tuple(_area(a) for a in part.aims)
            found.append(Flyer(model.missile, _area(part.launch), aims, (low, high)))
        return tuple(found)

    return _hushed(read, path)


def _area(spot: Spot) -> Area:
    lat, lon = spot.lat_deg, spot.lon_deg
    if isinstance(lat, list) and isinstance(lon, list):
        box = (float(lat[0]), float(lat[1])), (float(lon[0]), float(lon[1]))
        return Area("box", *box, "assumed", bool(spot.sea))
    if isinstance(lat, list) or isinstance(lon, list):
        raise fault("wrong-count", field="place", found=1, wanted=2)
    return Area("point", (lat, lat), (lon, lon), "assumed", bool(spot.sea))


def _hushed(read: Callable[[], Read], path: str | Path) -> Read:
    """What is read; an error without anything that stands in the file."""
    try:
        return read()
    except InputError as error:
        if error.id in ("file-not-found", "file-unreadable", "file-too-large"):
            raise
        line, column, field, why = error.line, error.column, error.field, error.id
    raise fault("secret-does-not-fit", file=str(path), line=line, column=column, field=field, why=why)

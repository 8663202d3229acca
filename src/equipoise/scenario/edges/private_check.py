"""Edge models of the private check: the public peers file, and each side's secret inputs."""

from __future__ import annotations

import math
import re
import ssl
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from equipoise.scenario.edges.base import Edge, NotNegative, Number, Positive, Word, refuse
from equipoise.scenario.edges.operands import Spot

ROLES = ("A", "B", "observer")
NONE = "none"


def _or_none(value: object) -> object:
    return math.inf if value == NONE else value


Loose = Annotated[float, BeforeValidator(_or_none), Field(gt=0)]
"""A positive number, or the word none where nothing binds."""
_CARD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_ADDRESS = re.compile(r"[^\s:]+:[0-9]{1,5}\Z")
_DIGITS = re.compile(r"[0-9a-f]*\Z")
_SHOWN = 24
"""Characters of a wrong value that a message shows: enough to find it by."""


def _card(value: object) -> object:
    """A name without a folder: what stands in a secret file must never be read as a card, and shown."""
    if isinstance(value, str) and not _CARD.match(value):
        refuse("out-of-range", found=repr(value), rule="the name of a file beside this one, such as A.json")
    return value


def _address(value: object) -> object:
    if isinstance(value, str):
        whole = _ADDRESS.match(value) and 0 < int(value.rsplit(":", 1)[1]) < 65536
        if not whole:
            refuse("out-of-range", found=repr(value), rule="HOST:PORT with a port of 1 to 65535")
    return value


def _digits(count: int, what: str) -> BeforeValidator:
    """A check for ``count`` lower-case hexadecimal digits; ``what`` says in words where they come from."""

    def checked(value: object) -> object:
        if isinstance(value, str) and not (len(value) == count and _DIGITS.match(value)):
            short = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}..."
            refuse("not-hexadecimal", found=short, length=len(value), count=count, what=what)
        return value

    return BeforeValidator(checked)


RunId = Annotated[str, _digits(32, "a new identifier, such as `openssl rand -hex 16` prints")]
Consent = Annotated[str, _digits(128, "what `--consent` printed for that role")]
PublicKey = Annotated[str, _digits(64, "the card that the role itself made and sent")]
Root = Annotated[str, _digits(64, "the root that the role's `--commit` printed, or its card as it stands")]


def _certificate(value: object) -> object:
    if isinstance(value, str):
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=value)
            ssl.PEM_cert_to_DER_cert(value)
        except (ValueError, OSError):
            refuse("out-of-range", found="this text", rule="one certificate, as the role's own card holds it")
    return value


Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]


class DiscPart(Edge):
    """A public place: interceptors stand within the radius of it."""

    lat_deg: Annotated[float, Field(ge=-90, le=90)]
    lon_deg: Annotated[float, Field(ge=-180, le=180)]
    radius_km: Annotated[float, Field(gt=0, le=20_050)]


class StatementPart(Edge):
    """What both sides agree to ask."""

    scenario: Word
    architecture: Word
    owner: Word
    protects: Word
    subset: list[Word] = Field(min_length=1)
    places: list[DiscPart] = Field(min_length=1)
    speed_ceiling_km_s: Annotated[float, Field(gt=0, le=12)]
    flight_cap_s: Annotated[float, Field(gt=0, le=750)]
    altitude_km: Pair
    earliest_commit_s: Annotated[float, Field(ge=0, le=7200)]
    end_s: Annotated[float, Field(gt=0, le=7200)]
    cell_km: Annotated[float, Field(ge=1, le=100)]
    bin_s: Annotated[float, Field(ge=0.1, le=30)]
    meetings_before_burnout: bool

    @model_validator(mode="after")
    def _order(self) -> StatementPart:
        low, high = self.altitude_km
        if not 0.0 <= low < high:
            refuse("floor-above-ceiling", "altitude_km", floor=f"{low:g}", ceiling=f"{high:g}")
        return self


class RunPart(Edge):
    """One run: its identifier is used once, and the deadline is around the whole of it."""

    id: RunId
    number: int = Field(default=1, ge=1, le=1_000_000)
    shift_bins: int = Field(default=0, ge=0, le=20)
    deadline_s: Annotated[float, Field(gt=0, le=86400)]
    consent: dict[Literal["A", "B"], Consent] = Field(default_factory=dict)


class RolePart(Edge):
    """Where a role listens, the file with its public card, and what the record calls the role's party."""

    address: Annotated[str, BeforeValidator(_address)]
    card: Annotated[str, BeforeValidator(_card)]
    party: Word | None = None


class PeersPart(Edge):
    """The whole public file: the same for all three."""

    statement: StatementPart
    run: RunPart
    roles: dict[Literal["A", "B", "observer"], RolePart]

    @model_validator(mode="after")
    def _all(self) -> PeersPart:
        missing = [role for role in ROLES if role not in self.roles]
        if missing:
            refuse("missing-field", "roles", name=missing[0])
        return self


class CardPart(Edge):
    """A role's public card."""

    role: Literal["A", "B", "observer"]
    certificate: Annotated[str, Field(max_length=8192), BeforeValidator(_certificate)]
    signs_with: PublicKey
    root: Root | None = None


class ShooterPart(Edge):
    """Interceptors of one kind in one area, as their owner knows them."""

    place: Spot
    speed_km_s: Annotated[float, Field(gt=0, le=12)]
    burnout_altitude_km: Annotated[float, Field(ge=0, le=1000)]
    time_to_burnout_s: Positive
    flight_cap_s: Positive
    altitude_min_km: NotNegative
    altitude_max_km: Loose
    range_km: Loose
    earliest_commit_s: NotNegative


class ShootersFile(Edge):
    """The secret of the side that owns interceptors."""

    interceptors: list[ShooterPart] = Field(min_length=1)


class FlyerPart(Edge):
    """A missile by name or file, its launch area, the areas it flies to, and its lofts."""

    missile: Word
    launch: Spot
    aims: list[Spot] = Field(min_length=1)
    loft_offset_deg: Pair

    @model_validator(mode="after")
    def _order(self) -> FlyerPart:
        low, high = self.loft_offset_deg
        if low > high:
            refuse("range-upside-down", "loft_offset_deg", low=f"{low:g}", high=f"{high:g}")
        return self


class FlyersFile(Edge):
    """The secret of the side whose missiles are protected."""

    scenario: Word | None = None
    """Whose missile models are meant, by name or path; the catalogue's where none is named."""
    flights: list[FlyerPart] = Field(min_length=1)

"""The kinds of entry: what each says, field by field, and nothing else.

Every figure is decimal text with its tolerance and unit, so that no raw double is ever hashed. Reading is
strict: a field that is missing, unknown or of another form is refused by name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, TypeAlias, get_args, get_origin, get_type_hints

from equipoise.ledger.files import check_name
from equipoise.ledger.messages import fault

MAX_TEXT = 4096
"""Characters of one field; longer texts are documents, which an entry names by digest."""
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?")
_HEX = re.compile(r"(?:[0-9a-f]{2})+")


@dataclass(frozen=True)
class Figure:
    """A number as decimal text. A recomputation agrees when it lies within the tolerance; "0" is exact."""

    name: str
    value: str
    tolerance: str
    unit: str

    def __post_init__(self) -> None:
        for name in ("value", "tolerance"):
            if not _DECIMAL.fullmatch(getattr(self, name)):
                raise fault("figure-form", field=f"{self.name}.{name}", found=getattr(self, name)[:40])
        if self.tolerance.startswith("-"):
            raise fault("figure-form", field=f"{self.name}.tolerance", found=self.tolerance)


@dataclass(frozen=True)
class Word:
    """A name and what it says, exactly: a verdict, a setting, a detail."""

    name: str
    value: str


@dataclass(frozen=True)
class Document:
    """A file that belongs to an entry: its plain name and the SHA-256 of its bytes in hexadecimal."""

    name: str
    sha256: str

    def __post_init__(self) -> None:
        check_name(self.name, field="documents.name")
        if len(self.sha256) != 64:
            raise fault("field-form", field="documents.sha256", found=self.sha256[:20], wanted="64 digits")


def document_of(name: str, data: bytes) -> Document:
    """How an entry names these bytes."""
    return Document(name, hashlib.sha256(data).hexdigest())


@dataclass(frozen=True)
class Declaration:
    """A party declares something as of a date; the documents are what it declares."""

    kind: ClassVar[str] = "declaration"
    about: str
    as_of: str
    documents: tuple[Document, ...] = ()

    def __post_init__(self) -> None:
        if not _is_day(self.as_of):
            raise fault(
                "field-form", field="as_of", found=_shown(self.as_of), wanted="a day such as 2010-11-20"
            )


@dataclass(frozen=True)
class Commitment:
    """A party binds itself to values that it does not show: a root over them, by a named scheme."""

    kind: ClassVar[str] = "commitment"
    about: str
    scheme: str
    root: str
    leaves: int


@dataclass(frozen=True)
class Result:
    """A computation: of what, from which inputs, with which settings and code; its figures and its words."""

    kind: ClassVar[str] = "result"
    of: str
    inputs_digest: str
    code: str
    settings: tuple[Word, ...] = ()
    figures: tuple[Figure, ...] = ()
    words: tuple[Word, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What an accord's rule found about a party; ``margin`` is decimal text, or empty where there is none."""

    kind: ClassVar[str] = "finding"
    accord: str
    obligation: str
    about: str
    verdict: str
    reading: str
    margin: str
    digest: str


@dataclass(frozen=True)
class Order:
    """An order given in an exercise."""

    kind: ClassVar[str] = "order"
    exercise: str
    about: str
    details: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Veto:
    """A party withholds its key."""

    kind: ClassVar[str] = "veto"
    exercise: str
    about: str
    details: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Release:
    """A party turns its key."""

    kind: ClassVar[str] = "release"
    exercise: str
    about: str
    details: tuple[Word, ...] = ()


@dataclass(frozen=True)
class ExerciseMessage:
    """Any other message of an exercise; ``number`` counts those of its sender."""

    kind: ClassVar[str] = "exercise-message"
    exercise: str
    number: int
    about: str
    details: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Key:
    """A party's key enters the register: its owner signs a challenge, so that nobody enters another's key."""

    kind: ClassVar[str] = "key"
    name: str
    public_key: str
    challenge: str
    proof: str


@dataclass(frozen=True)
class Revocation:
    """A party takes one of its keys out: what that key signs after this entry does not count."""

    kind: ClassVar[str] = "revocation"
    key: str
    reason: str


Body: TypeAlias = (
    Declaration | Commitment | Result | Finding | Order | Veto | Release | ExerciseMessage | Key | Revocation
)
KINDS: dict[str, type[Body]] = {kind.kind: kind for kind in get_args(Body)}
_HEX_FIELDS = {"root", "inputs_digest", "digest", "sha256", "public_key", "challenge", "proof"}


def plain_body(body: Body) -> dict[str, Any]:
    """The fields of a body as JSON holds them, its kind not among them."""
    return {f.name: _plain(getattr(body, f.name)) for f in fields(body)}


def read_body(kind: str, given: Mapping[str, Any]) -> Body:
    """The body of this kind. LedgerError ``kind-unknown``, or ``field-...`` with the field's name."""
    if kind not in KINDS:
        raise fault("kind-unknown", field="kind", found=str(kind)[:40], known=", ".join(KINDS))
    found: Body = _read(KINDS[kind], given, "")
    return found


def from_texts(kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Fields given as text, such as ``number=3``, in the form that ``read_body`` takes."""
    hints = _HINTS[KINDS[kind]] if kind in KINDS else {}
    return {
        name: int(text) if hints.get(name) is int and text.isdecimal() else text
        for name, text in given.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, str | int):
        return value
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}


def _read(wanted: type[Any], given: Any, where: str) -> Any:
    if not isinstance(given, Mapping):
        raise fault("field-form", field=where or None, found=_shown(given), wanted="an object")
    hints = {f.name: _HINTS[wanted][f.name] for f in fields(wanted)}
    prefix = f"{where}." if where else ""
    for name in given:
        if name not in hints:
            raise fault("field-unknown", field=f"{prefix}{name}"[:80], known=", ".join(hints))
    values = {}
    for name, hint in hints.items():
        if name not in given:
            raise fault("field-missing", field=f"{prefix}{name}")
        values[name] = _value(hint, given[name], f"{prefix}{name}", name in _HEX_FIELDS)
    return wanted(**values)


def _value(hint: Any, given: Any, where: str, hexadecimal: bool) -> Any:
    if hint is str:
        if not isinstance(given, str) or len(given) > MAX_TEXT:
            raise fault(
                "field-form", field=where, found=_shown(given), wanted=f"text of up to {MAX_TEXT} characters"
            )
        if hexadecimal and not _HEX.fullmatch(given):
            raise fault(
                "field-form", field=where, found=_shown(given), wanted="bytes in lower-case hexadecimal"
            )
        return given
    if hint is int:
        if isinstance(given, bool) or not isinstance(given, int) or given < 0:
            raise fault("field-form", field=where, found=_shown(given), wanted="a whole number from 0 up")
        return given
    if not isinstance(given, list | tuple):
        raise fault("field-form", field=where, found=_shown(given), wanted="a list")
    inner = get_args(hint)[0]
    return tuple(_read(inner, each, f"{where}[{place}]") for place, each in enumerate(given))


def _is_day(text: str) -> bool:
    """Whether this is a day of the calendar as ISO 8601 writes it, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shown(value: Any) -> str:
    return repr(value)[:60]


_HINTS: dict[type[Any], dict[str, Any]] = {
    wanted: {n: h for n, h in get_type_hints(wanted).items() if get_origin(h) is not ClassVar}
    for wanted in (*KINDS.values(), Figure, Word, Document)
}

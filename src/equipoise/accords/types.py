"""The values of the room: bounds, operands, the steps of a trace, findings, readings, accords.

Every number that a verdict rests on is a whole number or an exact fraction; every one names its source and
status. A bound that is not known is ``None``, never zero and never "no limit".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from equipoise.accords.facts import Facts

Verdict = Literal["complies", "breaches", "cannot be decided", "not owed"]
VERDICTS: tuple[Verdict, ...] = ("complies", "breaches", "cannot be decided", "not owed")
Force = Literal["political", "executive", "ratified", "draft", "never in force"]
Value = int | str | bool | None
"""What may stand in a trace: nothing that two machines could write differently."""
Detail = int | str | bool | Decimal | None | tuple[str, ...]
"""What a finding may say beside its verdict; an exact fraction is a Decimal and is text in the trace."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A whole number that lies in [low, high]; ``high`` None where nothing bounds it from above."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Operand:
    """One number or word that a rule used: its value, or its bounds, with source and version.

    ``version`` says which vintage of a parameter or declaration it is, such as ``1992-05-15..``.
    """

    name: str
    value: Value = None
    low: int | None = None
    high: int | None = None
    unit: str = ""
    article: str = ""
    source: str = ""
    status: str = ""
    version: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a trace: a rule with its article, what went in, the sum, what came out, and its parts.

    ``taken`` is False on a branch that failed or was set aside; it stays in the trace.
    """

    rule: str
    article: str
    operands: tuple[Operand, ...] = ()
    arithmetic: str = ""
    result: str = ""
    children: tuple[Step, ...] = ()
    taken: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What one obligation comes to for one party on one day under one reading, with its whole reasoning.

    ``margin`` is limit less counted in ``unit`` (negative: an excess); None where no figure decides.
    ``verdict`` None: the finding states a quantity and judges nobody. ``reading`` None: the text as written.
    ``details`` are further facts of the finding (a due date, a quota); ``why_not`` says what would change it.
    """

    accord: str
    obligation: str
    party: str | None
    category: str | None
    zone: str | None
    as_of: date
    known_at: date
    reading: str | None
    verdict: Verdict | None
    margin: int | None
    trace: Step
    unit: str = "pieces"
    details: tuple[tuple[str, Detail], ...] = ()
    why_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an accord: a name, what it takes each disputed operand to be, and who reads it so.

    ``name`` None is the text as written. ``choices`` are (operand, choice) pairs; two readings differ in
    the operands whose choices differ.
    """

    name: str | None
    says: str
    choices: tuple[tuple[str, str], ...] = ()
    source: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the readings of one obligation agree; if not, in which operand they part and by how much."""

    obligation: str
    party: str | None
    category: str | None
    zone: str | None
    readings: tuple[str | None, ...]
    agree: bool
    differs_in: tuple[str, ...]
    about: str = ""
    """What else tells it apart: the quantity, the addressee, the item, the host."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One term of an accord in our own words (withdrawal, disputes, remedy), with its article and source."""

    says: str
    article: str = ""
    source: str = ""
    status: str = "assumed"


@dataclass(frozen=True)
class Query:
    """What is asked of an accord: the day judged, what had been declared by when, and the facts.

    ``asked`` holds further words of the question (``item``, ``member`` ...), by name.
    """

    facts: Facts
    as_of: date
    known_at: date
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Accord:
    """One accord: its word on the command line, its terms, its readings, and the function that judges it."""

    name: str
    title: str
    force: Force
    withdrawal: Clause
    disputes: Clause
    remedy: Clause
    readings: tuple[Reading, ...]
    judge: Callable[[Query], tuple[Finding, ...]]
    options: tuple[str, ...] = ()
    """The words of ``Query.asked`` that it understands."""
    beside: Callable[[Query, tuple[Finding, ...]], Mapping[str, Any]] | None = None
    """Further keys of the answer as plain data, such as claims set beside the findings."""

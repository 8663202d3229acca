"""One accord on one day: its parameters, whether it is owed at all, and findings made with little ado."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from equipoise.accords.facts import Declaration, Facts
from equipoise.accords.inforce import Standing
from equipoise.accords.parameters import Parameter
from equipoise.accords.tables import rows
from equipoise.accords.types import Detail, Finding, Operand, Query, Step, Verdict

TERM_COLUMNS = ("regime", "from", "to", "owed", "between", "binding", "status", "source", "note")


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a regime is owed, [since, until), and between whom (empty: all who took part)."""

    regime: str
    since: date
    until: date | None
    owed: bool | None
    between: tuple[str, ...]
    binding: str
    status: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Docket:
    """The question, and the accord that answers it."""

    accord: str
    query: Query

    @property
    def facts(self) -> Facts:
        return self.query.facts

    @property
    def day(self) -> date:
        return self.query.as_of

    def parameter(self, path: str) -> Parameter | None:
        """The value of a parameter that holds on the day; None where none does."""
        return self.facts.parameters.at(path, self.day)

    def whole(self, path: str) -> tuple[int, Operand] | None:
        """A whole-number parameter with its operand; None where it is unknown."""
        found = self.parameter(path)
        if found is None or isinstance(found.value, bool) or not isinstance(found.value, int):
            return None
        return found.value, found.operand()

    def declared(self, *, since: date) -> Iterable[Declaration]:
        """Declarations of days from ``since`` to the day judged that had been made by ``known_at``.

        They come in an order that no file decides.
        """
        known = self.query.known_at
        heard = [
            d for d in self.facts.declarations if since <= d.as_of <= self.day and d.declared_at <= known
        ]
        return sorted(heard, key=_order)

    def standing(self, regime: str, party: str | None = None) -> Standing:
        """Whether a regime of ``terms.csv`` is owed on the day (by ``party``, where it binds a few)."""
        term = terms()[regime]
        operand = Operand(
            f"binding force of {regime}",
            term.binding,
            source=term.source,
            status=term.status,
            version=f"{term.since}..{term.until or ''}",
            note=term.note,
        )
        rule = f"whether {regime} is owed"
        if party is not None and term.between and party not in term.between:
            return Standing(
                "not in force", False, None, Step(rule, "", (operand,), "", f"does not bind {party}")
            )
        if self.day < term.since:
            return Standing(
                "not in force", False, None, Step(rule, "", (operand,), "", "not yet on this day")
            )
        if term.until is not None and self.day >= term.until:
            return Standing("not in force", False, term.until, Step(rule, "", (operand,), "", "ended"))
        if term.owed is None:
            step = Step(rule, "", (operand,), "", "signed; whether it was ever owed is not known")
            return Standing("not known", None, term.since, step)
        return Standing("in force", True, term.since, Step(rule, "", (operand,), "", "owed"))

    def finding(
        self,
        obligation: str,
        step: Step,
        verdict: Verdict | None,
        margin: int | None = None,
        *,
        party: str | None = None,
        category: str | None = None,
        zone: str | None = None,
        reading: str | None = None,
        unit: str = "pieces",
        details: Iterable[tuple[str, Detail]] = (),
        why_not: tuple[str, ...] = (),
    ) -> Finding:
        """A finding of this accord on this day."""
        return Finding(
            self.accord,
            obligation,
            party,
            category,
            zone,
            self.day,
            self.query.known_at,
            reading,
            verdict,
            margin,
            step,
            unit,
            tuple(details),
            why_not,
        )

    def not_owed(self, obligation: str, article: str, standing: Standing, **about: Any) -> Finding:
        """The finding where the duty is not owed, or where that is not known."""
        verdict: Verdict = "not owed" if standing.owed is False else "cannot be decided"
        step = Step(obligation, article, (), "", standing.step.result, (standing.step,))
        why = () if verdict == "not owed" else ("it turns on whether the duty was ever owed",)
        return self.finding(obligation, step, verdict, why_not=why, **about)


def _order(one: Declaration) -> tuple[object, ...]:
    high = -1 if one.high is None else one.high
    about = (one.party, one.category, one.zone, one.state, one.low, high)
    return (one.as_of, one.declared_at, one.declared_by, *about, one.status, one.source)


@cache
def terms() -> dict[str, Term]:
    """The regimes of ``terms.csv`` by name."""
    owed = {"yes": True, "no": False, "unknown": None}
    return {
        row["regime"]: Term(
            row["regime"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
            owed[row["owed"]],
            tuple(row["between"].split(";")) if row["between"] else (),
            row["binding"],
            row["status"],
            row["source"],
            row["note"],
        )
        for row, _ in rows("terms.csv", TERM_COLUMNS, own=True)
    }

"""The dispute of 1999 to 2011 in two readings: each verdict rests on the record, and the operand is named."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.accords import Evaluation, judge, load_facts
from equipoise.accords.rules.istanbul import COLUMNS, ELSEWHERE, dispute
from equipoise.accords.tables import rows

LINES = [row for row, _ in rows("istanbul.csv", COLUMNS, own=True)]


def judged(day: str, known_at: str | None = None) -> Evaluation:
    known = None if known_at is None else date.fromisoformat(known_at)
    return judge("istanbul", load_facts(), date.fromisoformat(day), known)


def verdict(found: Evaluation, obligation: str, reading: str | None) -> str | None:
    name = f"istanbul.{obligation}"
    return next(f.verdict for f in found.findings if (f.obligation, f.reading) == (name, reading))


@pytest.mark.parametrize("line", LINES, ids=lambda r: f"{r['obligation']}-{r['reading']}")
def test_every_line_rests_on_entries_and_operands_of_the_file(line: dict[str, str]) -> None:
    said = {
        str(e["date"])
        for e in dispute()["entries"]
        if e["obligation"] == line["obligation"] and e["reading"] in (line["reading"], "undisputed")
    }
    assert set(line["rests_on"].split()) <= said
    operands = {o["operand"] for o in dispute()["operands_that_separate_them"]}
    assert set(filter(None, line["turns_on"].split("; "))) <= operands


def test_every_obligation_is_judged_here_or_elsewhere() -> None:
    listed = {o["id"] for o in dispute()["obligations"]}
    assert listed == {line["obligation"] for line in LINES} | set(ELSEWHERE)


def test_opposite_verdicts_name_the_operand_that_parts_them() -> None:
    found = judged("2008-01-01")
    assert verdict(found, "georgia-vaziani-gudauta", "linked") == "breaches"
    assert verdict(found, "georgia-vaziani-gudauta", "separate") == "complies"
    assert verdict(found, "georgia-vaziani-gudauta", None) == "cannot be decided"
    parted = next(a for a in found.agreement if a.obligation == "istanbul.georgia-vaziani-gudauta")
    assert parted.differs_in == (
        "is Gudauta closed: no, and never inspected (breaches) / yes, since 2001 (complies)",
    )
    link = next(a for a in found.agreement if a.obligation == "istanbul.ratification")
    assert link.differs_in[0].startswith("is fulfilment a legal condition of ratification: ")


def test_readings_agree_where_the_record_is_undisputed() -> None:
    found = judged("2008-01-01")
    for reading in (None, "linked", "separate"):
        assert verdict(found, "moldova-equipment", reading) == "complies"
        assert verdict(found, "georgia-batumi-akhalkalaki", reading) == "complies"


def test_what_was_not_yet_said_decides_nothing() -> None:
    assert (
        verdict(judged("2008-01-01", "2007-10-31"), "georgia-vaziani-gudauta", "linked")
        == "cannot be decided"
    )
    assert verdict(judged("2003-06-01"), "moldova-forces", "linked") == "cannot be decided"
    assert verdict(judged("2004-01-01"), "moldova-forces", "linked") == "breaches"

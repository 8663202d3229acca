"""Accords: is each side keeping its word, by which article, by what margin, and under which reading?

``keep`` judges dated obligations on dated declarations in exact arithmetic on whole numbers and days. A
finding (complies, breaches, cannot be decided, not owed) carries its whole reasoning as a trace whose
canonical JSON and SHA-256 digest come out byte for byte the same on any machine. Rival readings of one text
run side by side, and where they part the operand is named. Each accord is a file in ``rules/``; parties are
data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.accords.types import Accord, Agreement, Finding, Query, Reading, Step, Verdict

if TYPE_CHECKING:
    from equipoise.accords.across.calendar_file import to_ical
    from equipoise.accords.across.concerns import Answer, Concern, concerns_of
    from equipoise.accords.across.consequences import Consequence, consequences
    from equipoise.accords.across.difference import Change, Difference, difference
    from equipoise.accords.across.due import Due, due_between
    from equipoise.accords.across.revival import Revival, Stage, Task, revival
    from equipoise.accords.across.stances import Bearing, Contradiction, Position, Stance, position
    from equipoise.accords.bench import bench_keep
    from equipoise.accords.dates import day_of
    from equipoise.accords.declarations import check_category, check_party, read_declarations, schema_json
    from equipoise.accords.explaining import outcome, proof
    from equipoise.accords.facts import Declaration, Facts
    from equipoise.accords.history import days_of_change, over_time
    from equipoise.accords.holidays import read_holidays
    from equipoise.accords.inforce import Standing, standing
    from equipoise.accords.judging import ACCORDS, Evaluation, find_accord, judge
    from equipoise.accords.searching import by_digest, by_name, first_with, is_digest
    from equipoise.accords.sides import members_of, side_of
    from equipoise.accords.tables import load_facts
    from equipoise.accords.writing import (
        agreement_json,
        canonical,
        digest,
        evaluation_json,
        rests_on,
        to_json,
        trace_json,
    )

_HOMES = {
    "across.calendar_file": ("to_ical",),
    "across.concerns": ("Answer", "Concern", "concerns_of"),
    "across.consequences": ("Consequence", "consequences"),
    "across.difference": ("Change", "Difference", "difference"),
    "across.due": ("Due", "due_between"),
    "across.revival": ("Revival", "Stage", "Task", "revival"),
    "across.stances": ("Bearing", "Contradiction", "Position", "Stance", "position"),
    "bench": ("bench_keep",),
    "writing": (
        "agreement_json",
        "canonical",
        "digest",
        "evaluation_json",
        "rests_on",
        "to_json",
        "trace_json",
    ),
    "dates": ("day_of",),
    "declarations": ("check_category", "check_party", "read_declarations", "schema_json"),
    "facts": ("Declaration", "Facts"),
    "holidays": ("read_holidays",),
    "history": ("days_of_change", "over_time"),
    "inforce": ("Standing", "standing"),
    "judging": ("ACCORDS", "Evaluation", "find_accord", "judge"),
    "explaining": ("outcome", "proof"),
    "tables": ("load_facts",),
    "sides": ("members_of", "side_of"),
    "searching": ("by_digest", "by_name", "first_with", "is_digest"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ACCORDS",
    "Accord",
    "Agreement",
    "Answer",
    "Bearing",
    "Change",
    "Concern",
    "Consequence",
    "Contradiction",
    "Declaration",
    "Difference",
    "Due",
    "Evaluation",
    "Facts",
    "Finding",
    "Position",
    "Query",
    "Reading",
    "Revival",
    "Stage",
    "Stance",
    "Standing",
    "Step",
    "Task",
    "Verdict",
    "agreement_json",
    "bench_keep",
    "by_digest",
    "by_name",
    "canonical",
    "check_category",
    "check_party",
    "concerns_of",
    "consequences",
    "day_of",
    "days_of_change",
    "difference",
    "digest",
    "due_between",
    "evaluation_json",
    "find_accord",
    "first_with",
    "is_digest",
    "judge",
    "load_facts",
    "members_of",
    "outcome",
    "over_time",
    "position",
    "proof",
    "read_declarations",
    "read_holidays",
    "rests_on",
    "revival",
    "schema_json",
    "side_of",
    "standing",
    "to_ical",
    "to_json",
    "trace_json",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)

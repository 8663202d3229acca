"""Write ``docs/reference/claims.md``: published claims, measures and sites as they come out, run in full.

``python docs/claims.py`` judges everything anew, in a minute; no figure is typed. The figures are those of
one processor: another agrees within the tolerances that a result states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import equipoise
from equipoise.guarantee import (
    ClaimReading,
    Measure,
    MeasureRow,
    MeasureStudy,
    PairReading,
    SpanTable,
    closers,
    judge_measures,
    judge_purpose,
    read_pairs,
    read_with,
)
from equipoise.scenario import Scenario, load_catalogue, load_scenario

PAGE = Path(__file__).resolve().parent / "reference" / "claims.md"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; bars in a cell are escaped."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def seconds(value: float | None, where_none: str) -> str:
    """Whole seconds; a commit that there is not, in words."""
    return where_none if value is None else f"{value:.0f} s"


def claims(readings: Sequence[ClaimReading]) -> str:
    """One row a claim."""
    heads = (
        "claim", "says", "question", "after burnout", "at worst", "certainly reached up to",
        "certainly not after", "its own speed (km/s)", "finding",
    )  # fmt: skip
    rows = []
    for r in readings:
        by: dict[str, list[str]] = {}
        for v in r.verdicts:
            by.setdefault(v.rung, []).append(v.verdict)
        said = [by.get(rung, ["cannot be run"]) for rung in ("burnout plus track", "worst case")]
        words = [" or ".join(dict.fromkeys(w)) for w in said]
        spans = ("–", "–")
        if r.verdicts:
            spans = (seconds(r.turns_s[0], "no commit"), seconds(r.turns_s[1], "every commit"))
        speed = dict(r.operands)["interceptor speed, km/s"] or "not published"
        rows.append((f"`{r.claim}`", r.says, r.question, *words, *spans, speed, r.finding.split("; ")[0]))
    return table(heads, rows)


def pairs(found: Sequence[PairReading]) -> str:
    """One row a pair of opposite answers."""
    heads = ("pair", "no", "yes", "what separates them", "finding")
    return table(heads, ((f"`{p.pair}`", p.says_no, p.says_yes, p.separates, p.finding) for p in found))


def swaps(found: Sequence[PairReading]) -> str:
    """One row a swapped operand, for pairs that contradict each other about one question."""
    heads = ("pair", "figures of", "with the other's", "certainly reached up to", "certainly not after")
    rows = (
        (
            f"`{p.pair}`",
            p.says_no if s.base == "says no" else p.says_yes,
            s.operand or "own figures",
            seconds(s.fails_until_s, "no commit"),
            seconds(s.holds_from_s, "every commit"),
        )
        for p in found
        if p.separates not in ("what counts", "the question asked")
        for s in p.swaps
    )
    return table(heads, rows)


def measures(judged: MeasureStudy) -> str:
    """One row a measure: what it fixes, how it is verified, its remedy and exit, what it gives and gets."""
    known = {m.id: m for m in judged.measures}
    heads = ("measure", "fixes", "verified by", "remedy", "exit", "gives, in words", "rows closed")

    def row(m: Measure, closed: int) -> tuple[object, ...]:
        fixes = ", ".join(m.fixes) or "nothing"
        return (f"`{m.id}`", fixes, m.verified_by, m.remedy, m.exit, m.gives, closed or "none")

    return table(heads, (row(known[a.measures[0]], sum(c.closes for c in a.changes)) for a in judged.alone))


def seas(judged: MeasureStudy) -> str:
    """One row a ship's interceptor and named sea box that is open at worst."""
    heads = ("interceptor in sea", "protects", "after burnout", "at worst", "closed by")
    by: dict[str, dict[str, str]] = {}
    rows = [r for r in judged.rows if r.kind == "sea"]
    for r in rows:
        by.setdefault(r.subject, {})[r.rung] = r.before
    worst = [r for r in rows if r.rung == "worst case"]
    cells = (
        (
            r.subject,
            r.protects,
            by[r.subject]["burnout plus track"],
            r.before + (", not guaranteed" if r.not_guaranteed else ""),
            _closed(judged, r),
        )
        for r in worst
    )
    return table(heads, cells)


def _closed(judged: MeasureStudy, row: MeasureRow) -> str:
    """The measures that close a row."""
    found = "; ".join(" and ".join(c) for c in closers(judged, row))
    return found or ("–" if row.before == "holds" else "none of them")


def sites(scenario: Scenario) -> str:
    """One row a place with interceptors and its comparisons."""
    heads = ("place", "interceptors", "kind", "people newly met (millions)", "flights reached after burnout",
             "at worst", "of these newly")  # fmt: skip
    rows = (
        (
            s.place,
            ", ".join(s.interceptors),
            s.kind,
            "not computed" if s.people is None else f"{s.people / 1e6:.1f}",
            f"{s.share('burnout plus track'):.0%}",
            f"{s.share('worst case'):.0%}",
            f"{s.newly('worst case'):.0%}",
        )
        for s in judge_purpose(scenario)
    )
    return table(heads, rows)


CLAIMS = (
    "Under each claim's own figures; what it leaves out runs over all that was stated. No claim states its "
    "commit."
)
MEASURES = "Each binds both sides alike. What each fixes, its remedy and its exit are our reading: assumed."
SEAS = (
    "A box is drawn for this collection (assumed); a ship can go where no proposal put it. *Not guaranteed*: "
    "submarines may lie in one sea with it, and no number is given."
)


def parts() -> Iterator[str]:
    """The page, a piece at a time."""
    scenario = load_scenario("lisbon-2010")
    spans = SpanTable(scenario)
    readings = read_with(spans)
    found = read_pairs(load_catalogue().claim_pairs, readings, spans)
    judged = judge_measures(scenario)
    yield "# Published claims, measures and sites"
    yield (
        f"Made by `python docs/claims.py` with version {equipoise.__version__} from the scenario "
        "`lisbon-2010`; no figure is typed. How to read it: "
        "[how to read a guarantee](../explanation/how-to-read-a-guarantee.md). Commits count from the launch "
        "of the protected missile. *holds* is out of reach, *fails* within reach, *depends* in between."
    )
    yield f"## Claims\n\n{CLAIMS}"
    yield claims(readings)
    yield "## Opposite answers"
    yield pairs(found)
    yield "### One operand swapped at a time"
    yield swaps(found)
    yield f"## Measures\n\n{MEASURES}"
    yield measures(judged)
    yield f"## Ships, by named sea box\n\n{SEAS}"
    yield seas(judged)
    yield "## Sites: whom each newly protects, beside whose missiles it reaches"
    yield sites(scenario)


if __name__ == "__main__":
    PAGE.write_text("\n\n".join(parts()) + "\n", encoding="utf-8")

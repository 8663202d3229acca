"""Three sentences on what follows and what does not, made from the rows and never typed."""

from __future__ import annotations

from collections import Counter

from equipoise.study.rows import Row, Side
from equipoise.study.types import Study
from equipoise.study.wording import listed, people, percent

LITTLE = 1e4
"""People: a gain below this is called none."""


def sentences(study: Study, rows: tuple[Row, ...]) -> tuple[str, str, str]:
    """(what both sides' people gain, what becomes of both deterrents, what does not follow)."""
    joint = tuple(r for r in rows if not r.architecture.own_system)
    return _gains(joint), _guarantees(joint), _limits(study, joint)


def _gains(rows: tuple[Row, ...]) -> str:
    names = [s.name for s in rows[0].sides] if rows else []
    both = [r for r in rows if all((s.gained or 0.0) > LITTLE for s in r.sides)]
    if both:
        best = max(both, key=lambda r: min(s.gained or 0.0 for s in r.sides))
        gains = " and ".join(f"{people(s.gained or 0.0)} of {s.name}" for s in best.sides)
        return (
            f"Of {len(rows)} rows of architecture and command mode, what-ifs included, {len(both)} "
            f"would let more people "
            f"of both "
            f"sides be met than their own systems do; the smaller of the two gains is greatest in "
            f"{best.name}: {gains} (upper bound)."
        )
    some = {n: sum((r.sides[i].gained or 0.0) > LITTLE for r in rows) for i, n in enumerate(names)}
    counted = " and ".join(f"{count} for {name}" for name, count in some.items())
    return (
        f"In none of {len(rows)} rows of architecture and command mode, what-ifs included would more "
        f"people of both "
        f"sides be met "
        f"than their own systems meet; rows with a gain: {counted or 'none'} (upper bound)."
    )


def _held(side: Side, worst: bool) -> str:
    verdict = side.worst_case if worst else side.as_declared
    return verdict.verdict if verdict is not None else "depends"


def _guarantees(rows: tuple[Row, ...]) -> str:
    declared = [r for r in rows if all(_held(s, False) == "holds" for s in r.sides)]
    at_worst = [r for r in declared if all(_held(s, True) == "holds" for s in r.sides)]
    turning = Counter(o for r in rows for s in r.sides if s.worst_case for o in s.worst_case.turns_on)
    most = listed([name for name, _ in turning.most_common(3)], 3)
    text = (
        f"As declared, both sides' deterrents stay out of reach in {len(declared)} of {len(rows)} rows, "
        f"and at worst in {len(at_worst)}"
    )
    useful = [r for r in declared if all((s.gained or 0.0) > LITTLE for s in r.sides)]
    text += f"; {len(useful)} of the former also gain for both sides' people"
    return f"{text}. At worst the verdicts turn most often on {most}." if turning else f"{text}."


def _limits(study: Study, rows: tuple[Row, ...]) -> str:
    assumed = [dict(r.statuses).get("assumed", 0.0) + dict(r.statuses).get("unknown", 0.0) for r in rows]
    ends = dict.fromkeys((percent(min(assumed)), percent(max(assumed)))) if assumed else {"all": None}
    span = " to ".join(ends)
    return (
        "It does not follow that anybody would be protected, or that anybody is safe: a flight that "
        "can be met "
        "need not be hit, no number of interceptors is counted here, and a verdict binds only what was "
        f"declared, of which {span} a row is assumed or unknown"
        + ("; this is the coarse grid of --quick." if study.quick else ".")
    )

"""Three sentences on what follows and what does not, made from the rows and never typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from equipoise.guarantee import AS_DECLARED, WORST_CASE, Guarantee
from equipoise.study.rows import Row, Side
from equipoise.study.types import Study
from equipoise.study.wording import gained_span, listed, percent

LITTLE = 1e4
"""People: a gain below this is called none."""
NO_SPEED_KM_S = 0.05
_RUNGS = {AS_DECLARED: "as declared", WORST_CASE: "at worst"}


def sentences(study: Study, rows: tuple[Row, ...]) -> tuple[str, str, str]:
    """(what both sides' people gain, what becomes of both deterrents, what does not follow).

    Architectures are counted, each once, in the mode in which it was proposed.
    """
    own = tuple(r for r in rows if r.as_proposed)
    judged = tuple(r for r in own if r.placed and not r.architecture.own_system and r.computed)
    return _gains(judged, rows), _guarantees(own), _limits(study, own)


def untracked(g: Guarantee) -> bool:
    """Whether no declared sensor of the owner tracks a flight that counts: only the worst case binds."""
    return g.rung == AS_DECLARED and ("track" in g.turns_on or g.note.startswith("no declared sensor"))


def any_speed(g: Guarantee) -> bool:
    """Whether the pair nearest to reach needs no speed to speak of, so that no limit would help."""
    nearest = min(g.pairs, key=lambda p: p.margin_km_s, default=None)
    return nearest is not None and nearest.needed_speed_km_s < NO_SPEED_KM_S


def _least(side: Side) -> float:
    return 0.0 if side.gained is None else side.gained[0]


def _gains(judged: tuple[Row, ...], rows: tuple[Row, ...]) -> str:
    if not judged:
        return "No architecture besides own systems places an interceptor, so that nobody's gain is computed."
    both = [r for r in judged if all(_least(s) > LITTLE for s in r.sides)]
    each = [
        f"{sum(_least(r.sides[i]) > LITTLE for r in judged)} for {s.name}'s"
        for i, s in enumerate(judged[0].sides)
    ]
    best = max(judged, key=lambda r: (min(map(_least, r.sides)), sum(map(_least, r.sides))))
    gains = " and ".join(f"{gained_span(s.gained or (0.0, 0.0))} for {s.name}" for s in best.sides)
    tied = [
        r.architecture.name
        for r in judged
        if r is not best and [s.gained for s in r.sides] == [s.gained for s in best.sides]
    ]
    verdicts = "; ".join(_both_verdicts(s) for s in best.sides)
    if_joined = {r.architecture.id for r in rows if r.what_if and all(_least(s) > LITTLE for s in r.sides)}
    what_if = f" If the partner joined, {len(if_joined)} would gain for both." if if_joined else ""
    return (
        f"Of {len(judged)} architectures that place interceptors, each as it was proposed and over its own "
        f"range of decision times, {len(both) or 'none'} let more people of both sides be met than their own "
        f"systems do ({' and '.join(each)}). Most is gained by {best.name}{_as_much(tied)}: {gains} "
        f"(upper bound); {verdicts}.{what_if}"
    )


def _as_much(tied: list[str]) -> str:
    return f" (and as much by {listed(tied, 3)})" if tied else ""


def _both_verdicts(side: Side) -> str:
    """The verdict on one side's deterrent, as declared and at worst, in words."""
    if not side.added:
        return f"it adds nothing against {side.name}'s deterrent"
    said = []
    for rung, words in _RUNGS.items():
        g = side.verdict(rung)
        if g is not None:
            said.append(f"{'open, for no declared sensor tracks it' if untracked(g) else g.verdict} {words}")
    return f"{side.name}'s deterrent: {', '.join(said) or 'not asked'}"


def _guarantees(own: tuple[Row, ...]) -> str:
    parts = [_against(own, index) for index in (0, 1)]
    turning = Counter(
        o for r in own for s in r.sides if s.added and s.worst_case for o in s.worst_case.turns_on
    )
    most = listed([name for name, _ in turning.most_common(3)], 3)
    return " ".join(parts) + (f" At worst the verdicts turn most often on {most}." if turning else "")


def _against(own: tuple[Row, ...], index: int) -> str:
    """How the verdicts on one side's deterrent stand over the architectures that add anything against it."""
    sides = [r.sides[index] for r in own if r.sides[index].added]
    name = own[0].sides[index].name if own else ""
    if not sides:
        return f"No architecture adds an interceptor against {name}'s deterrent."
    declared = Counter("untracked" if untracked(g) else str(g.verdict) for s in sides if (g := s.as_declared))
    worst = Counter(str(g.verdict) for s in sides if (g := s.worst_case))
    if len(sides) == 1:
        alone = next(r for r in own if r.sides[index].added)
        return (
            f"One architecture, own systems included, adds interceptors of the other side against {name}'s "
            f"deterrent, {alone.architecture.name}; {_both_verdicts(sides[0])}."
        )
    noun = (
        "architecture, own systems included, adds"
        if len(sides) == 1
        else "architectures, own systems included, add"
    )
    unseen = declared["untracked"]
    said = f", and in {unseen} no declared sensor tracks it" if unseen else ""
    return (
        f"{len(sides)} {noun} interceptors of the other side against {name}'s deterrent: as declared the "
        f"verdict {_counted(declared)}{said}; at worst it {_counted(worst)}."
    )


def _counted(verdicts: Mapping[str, int]) -> str:
    """Each word with how often it stands, so that none can be left out."""
    return ", ".join(f"{word} in {verdicts.get(word, 0)}" for word in ("holds", "fails", "depends"))


def _limits(study: Study, own: tuple[Row, ...]) -> str:
    assumed = [
        dict(r.statuses).get("assumed", 0.0) + dict(r.statuses).get("unknown", 0.0) for r in own if r.statuses
    ]
    ends = dict.fromkeys((percent(min(assumed)), percent(max(assumed)))) if assumed else {"all": None}
    return (
        "It does not follow that anybody would be protected, or that anybody is safe: a flight that "
        "can be met need not be hit, no number of interceptors is counted here, and a verdict binds only "
        f"what was declared, of which {' to '.join(ends)} an architecture is assumed or unknown"
        + ("; this is the coarse grid of --quick." if study.quick else ".")
    )

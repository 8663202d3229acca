"""The first screen: a row for each architecture that places interceptors, one for all others."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.study.rows import Row, Span
from equipoise.study.types import Study


@dataclass(frozen=True)
class GroupSide:
    """One party's gain over the grouped proposals, from the least of any to the most of any."""

    name: str
    gained: Span


@dataclass(frozen=True)
class Group:
    """Proposals that place no interceptor of their own, in one row."""

    title: str
    names: tuple[str, ...]
    sides: tuple[GroupSide, ...]


def main_rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Each architecture with interceptors of its own, as it was proposed."""
    return tuple(r for r in rows if r.as_proposed and r.placed)


def group_of(rows: tuple[Row, ...]) -> Group | None:
    """The proposals that only join what others place; None where there is none."""
    found = [r for r in rows if r.as_proposed and not r.placed]
    if not found:
        return None
    sides = []
    for index in (0, 1):
        gains = [g for r in found if (g := r.sides[index].gained) is not None] or [(0.0, 0.0)]
        least, most = min(low for low, _ in gains), max(high for _, high in gains)
        sides.append(GroupSide(found[0].sides[index].name, (least, most)))
    count = "One proposal places" if len(found) == 1 else f"{len(found)} proposals place"
    names = tuple(f"{r.architecture.name} ({r.mode.name})" for r in found)
    return Group(f"{count} no interceptor", names, tuple(sides))


def treaty_notes(study: Study) -> tuple[tuple[str, str], ...]:
    """(batteries, what an earlier treaty allowed of them), each note once."""
    by_note: dict[tuple[str, str], None] = {}
    for a in study.scenario.architectures.values():
        for b in a.batteries:
            if b.treaty_note:
                by_note[f"{study.scenario.interceptors[b.interceptor].name}, {b.member}", b.treaty_note] = (
                    None
                )
    return tuple(by_note)


def interceptor_notes(study: Study) -> tuple[tuple[str, str], ...]:
    """(interceptor, what the catalogue says of the figures that are taken as declared), for those placed."""
    used = dict.fromkeys(b.interceptor for a in study.scenario.architectures.values() for b in a.batteries)
    out = []
    for name in used:
        model = study.scenario.interceptors[name]
        claim = next((c for c in model.claims if c.id == model.declared_claim), None)
        if claim is not None:
            said = "; ".join(s for s in (claim.note, model.declared_why) if s)
            out.append((model.name, f"{claim.author}{f': {said}' if said else ''} ({claim.status})"))
    return tuple(out)


def later_systems(study: Study) -> tuple[str, ...]:
    """Architectures taken in a later year than the threats, each with its day or year."""
    year = study.scenario.as_of[:4]
    return tuple(
        f"{a.name} ({a.judged_on})"
        for a in study.scenario.architectures.values()
        if a.judged_on is not None and a.judged_on[:4] > year
    )

"""Recomputing a result: its inputs are run again here, and every figure is held against what was stated.

Which function computes a kind of result is not known in this room: it is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from equipoise.ledger.entries import Result
from equipoise.ledger.exporting import held_documents
from equipoise.ledger.messages import fault
from equipoise.ledger.record import Ledger
from equipoise.ledger.signing import read_entry

Recomputer: TypeAlias = Callable[[Result, Mapping[str, bytes]], Result]
"""Runs inputs again: the result as stated and its documents by name in, the result as found here out."""


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree: what was stated, what was found here, and how far apart they may lie."""

    name: str
    stated: str
    found: str
    tolerance: str = "0"


@dataclass(frozen=True)
class Recomputed:
    """The outcome: agrees where nothing differs. Another version of the code is told; it is no difference."""

    of: str
    agrees: bool
    figures: int
    differences: tuple[Difference, ...]
    code_stated: str
    code_here: str


def recompute(
    stated: Result, documents: Mapping[str, bytes], functions: Mapping[str, Recomputer]
) -> Recomputed:
    """Run a stated result again and compare. LedgerError ``result-kind`` where no function is known."""
    if stated.of not in functions:
        raise fault("result-kind", found=stated.of, known=", ".join(sorted(functions)) or "none")
    found = functions[stated.of](stated, documents)
    differences = compare(stated, found)
    count = len(stated.figures) + len(stated.words)
    return Recomputed(stated.of, not differences, count, differences, stated.code, found.code)


def recompute_entry(ledger: Ledger, index: int, functions: Mapping[str, Recomputer]) -> Recomputed | None:
    """Run the result at ``index`` again; None where that entry is none. LedgerError ``entry-missing``."""
    leaf = ledger.store.leaf(index)
    if leaf is None:
        raise fault("entry-missing", index=index, size=ledger.size)
    entry = read_entry(leaf)
    if not isinstance(entry.payload.body, Result):
        return None
    return recompute(entry.payload.body, held_documents(ledger, entry), functions)


def compare(stated: Result, found: Result) -> tuple[Difference, ...]:
    """What differs: inputs, figures beyond their tolerance, words. Each of either side counts.

    The tolerance is the smaller of the one stated and the one found here: whoever states a result does not
    choose how far off it may be. A name that stands twice is a difference, for it says two things.
    """
    if stated.inputs_digest != found.inputs_digest:
        return (Difference("inputs", stated.inputs_digest, found.inputs_digest),)
    twice = tuple(Difference(name, "two values", "one") for name in _twice(stated))
    if twice:
        return twice
    here = {figure.name: figure for figure in found.figures}
    said = {figure.name: figure for figure in stated.figures}
    differences = []
    for name in dict.fromkeys((*said, *here)):
        one, other = said.get(name), here.get(name)
        if one is None or other is None:
            values = ("nothing" if f is None else f.value for f in (one, other))
            differences.append(Difference(name, *values))
            continue
        if one.unit != other.unit:
            differences.append(Difference(name, f"{one.value} {one.unit}", f"{other.value} {other.unit}"))
            continue
        tolerance = min(one.tolerance, other.tolerance, key=Decimal)
        if abs(Decimal(one.value) - Decimal(other.value)) > Decimal(tolerance):
            differences.append(Difference(name, one.value, other.value, tolerance))
    words, words_here = ({word.name: word.value for word in r.words} for r in (stated, found))
    for name in dict.fromkeys((*words, *words_here)):
        if words.get(name) != words_here.get(name):
            differences.append(Difference(name, words.get(name, "nothing"), words_here.get(name, "nothing")))
    return tuple(differences)


def _twice(stated: Result) -> list[str]:
    """Names of figures, then of words, that stand more than once."""
    found = []
    for names in ([f.name for f in stated.figures], [w.name for w in stated.words]):
        found += [name for name in dict.fromkeys(names) if names.count(name) > 1]
    return found

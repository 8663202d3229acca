"""The table of ``equipoise prove``: a party at a time, modes that come out alike together, notes beneath."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from equipoise.cli.output import emit_line, emit_table
from equipoise.cli.verbs.prove_operands import SIGNS, commits, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from equipoise.guarantee import Guarantee
    from equipoise.scenario import Scenario

NOTED = 12
"""Up to so many rows, what must be said beside each stands below the table; --json has it all."""
NAMED = 2
"""So many of the operands on which a verdict turns stand in the table."""
NOTE = (
    "Margins are positive where it holds: seconds = earliest permitted commit less the latest commit that "
    "reaches; km/s = speed needed less speed declared. Holds binds only what was declared; it is no "
    "statement of safety."
)
Merged = tuple[str, "Guarantee"]
"""Modes that come out alike, and their row."""


def show(scenario: Scenario, rows: Sequence[Guarantee], answer: bool | None, size: str) -> None:
    """A table for each protected party, the proposals that place no interceptor, and the answer."""
    noted = list[Merged]()
    for party in dict.fromkeys(g.protects for g in rows):
        here = [g for g in rows if g.protects == party]
        merged = _merged(scenario, [g for g in here if g.operands])
        noted += merged
        if merged:
            _table(f"Guarantees of {scenario.id}, protecting {party}", merged)
        _unplaced(party, _merged(scenario, [g for g in here if not g.operands and g.verdict != "holds"]))
        bare = dict.fromkeys(g.architecture for g in here if not g.operands and g.verdict == "holds")
        if bare:
            emit_line(f"Nothing that could reach {party} stands in: {', '.join(bare)}.")
    emit_line(f"{size} Commits are seconds after launch. {NOTE}")
    if len(noted) <= NOTED:
        for modes, g in noted:
            _tell(modes, g)
    if answer is not None:
        emit_line("yes: it holds as declared" if answer else "no: it does not hold in every mode as declared")


def _merged(scenario: Scenario, rows: Sequence[Guarantee]) -> list[Merged]:
    """Rows that differ in the mode alone stand once."""
    same: dict[Guarantee, list[str]] = {}
    full: dict[Guarantee, Guarantee] = {}
    for g in rows:
        key = replace(g, mode="", operands=(), pairs=())
        same.setdefault(key, []).append(g.mode)
        full.setdefault(key, g)
    every = [rule.id for rule in scenario.modes]
    return [
        ("all" if modes == every else ", ".join(modes) + ("" if g.joined else ", alone"), full[g])
        for g, modes in same.items()
    ]


def _table(title: str, merged: Sequence[Merged]) -> None:
    emit_table(
        title,
        ("architecture", "mode", "rung", "verdict", "(s)", "(km/s)", "commit (s)", "turns on"),
        [
            (
                g.architecture,
                modes,
                g.rung,
                SIGNS[g.verdict] + (", near edge" if g.near_edge else ""),
                signed(g.margin_s, "+.0f"),
                signed(g.margin_km_s, "+.1f"),
                commits(g.commits_s, None),
                _few(g.turns_on),
            )
            for modes, g in merged
        ],
    )


def _few(operands: Sequence[str]) -> str:
    more = len(operands) - NAMED
    return ", ".join(operands[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _unplaced(party: str, merged: Sequence[Merged]) -> None:
    """Proposals that place no interceptor: what each way of counting interceptors would say."""
    if not merged:
        return
    ways = [c.which for c in merged[0][1].counted]
    emit_table(
        f"Proposals that place no interceptor, protecting {party}: by which interceptors count",
        ("architecture", "mode", "rung", *ways),
        [
            (
                g.architecture,
                modes,
                g.rung,
                *(f"{SIGNS[c.verdict]} {signed(c.margin_s, '+.0f')}" for c in g.counted),
            )
            for modes, g in merged
        ],
    )


def _break_even(g: Guarantee) -> str:
    """Where the furthest corner turns, in seconds and in km/s."""
    commit, speed = signed(g.break_even_commit_s, ".0f"), signed(g.least_speed_km_s, ".2f")
    found = ([f"a commit of {commit} s"] if commit else []) + ([f"a speed of {speed} km/s"] if speed else [])
    return f"at worst it turns at {' or '.join(found)}" if found else ""


def _tell(modes: str, g: Guarantee) -> None:
    """What stands beside a verdict: its commits from burnout, notes, both readings, ways of counting."""
    said = [
        f"commit {commits(g.commits_s, g.commits_after_burnout_s)} s after launch (after burnout)",
        _break_even(g),
        g.note,
        "does it disrupt stability: " + g.disrupts.reason if g.disrupts else "",
        "counting those " + ", ".join(f"{c.which}: {c.verdict}" for c in g.counted) if g.counted else "",
        f"{g.if_withheld.which}: {g.if_withheld.verdict}" if g.if_withheld else "",
        ", ".join(f"{t.operand} turns it at {t.value:.4g} {t.unit} ({t.battery})" for t in g.turns_at),
        f"closed by {', '.join(g.closed_by)}" if g.closed_by else "",
    ]
    emit_line(f"{g.architecture}, {modes}, {g.rung}: {'; '.join(s for s in said if s)}.")

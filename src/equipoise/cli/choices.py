"""Narrowing a scenario's tables to what was asked for by name, with the nearest name where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.cli.messages import bad_input, nearest

if TYPE_CHECKING:
    from equipoise.scenario import Scenario


def architectures(scenario: Scenario, asked: list[str] | None) -> tuple[str, ...] | None:
    """The ids asked for, each known to the scenario; None where none was asked for, which means all."""
    return (
        None
        if not asked
        else tuple(_one(a, "architecture", "--architecture", list(scenario.architectures)) for a in asked)
    )


def modes(scenario: Scenario, asked: list[str] | None) -> tuple[str, ...] | None:
    """The command modes asked for, or None for all."""
    return (
        None
        if not asked
        else tuple(_one(m, "command mode", "--mode", [r.id for r in scenario.modes]) for m in asked)
    )


def party(scenario: Scenario, asked: str | None) -> str | None:
    """The id of the party asked for, by id or by name, or None where none was asked for."""
    if asked is None:
        return None
    by_name = {p.name.casefold(): p.id for p in scenario.parties}
    return _one(by_name.get(asked.casefold(), asked), "party", "--protects", [p.id for p in scenario.parties])


def claims(known: list[str], asked: list[str] | None, option: str = "--claim") -> tuple[str, ...]:
    """The claims asked for by an option, or all."""
    return tuple(known) if not asked else tuple(_one(c, "claim", option, known) for c in asked)


def _one(asked: str, what: str, field: str, known: list[str]) -> str:
    by_fold = {k.casefold(): k for k in known}
    if asked.casefold() not in by_fold:
        fields = {"found": asked, "nearest": nearest(asked, known), "known": ", ".join(known)}
        raise bad_input("unknown-filter", field=field, what=what, **fields)
    return by_fold[asked.casefold()]

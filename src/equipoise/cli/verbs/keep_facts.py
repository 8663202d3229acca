"""What the verbs of ``keep`` share: days, files of declarations and further facts from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.cli.messages import bad_input

if TYPE_CHECKING:
    from datetime import date

    from equipoise.accords import Facts


def facts_with(files: list[str], holidays: str | None = None) -> Facts:
    """The facts that ship, with the declarations of these files beside them, and the days off of another."""
    from dataclasses import replace

    from equipoise.accords import load_facts, read_declarations, read_holidays

    facts = load_facts()
    if holidays is not None:
        facts = replace(facts, holidays=read_holidays(holidays))
    for file in files:
        facts = facts.with_declarations(read_declarations(file, facts))
    return facts


def day(field: str, text: str) -> date:
    """The day that an option gives. InputError ``not-a-day``, ``day-missing``."""
    from equipoise.accords import day_of

    found = day_of(text, field=field)
    if found is None:
        raise bad_input("day-missing", field=field)
    return found


def asked_for(item: str | None, given: list[str]) -> dict[str, str]:
    """The further facts of a question, from ``--item`` and ``--with NAME=VALUE``."""
    asked = {} if item is None else {"item": item}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not text.isprintable():
            raise bad_input("with-form", field="--with", found=text)
        asked[name.strip()] = value.strip()
    return asked

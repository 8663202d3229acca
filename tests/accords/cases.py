"""Historical cases as data: each is put to the engine by what its ``data`` holds, never by its name.

Another file of the same form can be read instead: set EQUIPOISE_CASES to its path.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from equipoise.accords import Declaration, Facts, Finding, find_accord, judge, load_facts, to_json
from equipoise.scenario import fact_path, read_yaml

FILE = Path(os.environ.get("EQUIPOISE_CASES") or fact_path("accords", "cases.yaml"))
INPUTS = ("as_of", "not_counted", "margin_is")
"""Fields of an assert that are put in, or that say how to compare, and are not compared themselves."""


@dataclass(frozen=True)
class Asserted:
    """One assert of one case."""

    case: Mapping[str, Any]
    wanted: Mapping[str, Any]
    number: int

    @property
    def name(self) -> str:
        return f"{self.case['id']}-{self.number}"


def asserted() -> list[Asserted]:
    """Every assert of the file, in its order."""
    cases = read_yaml(FILE).data
    return [Asserted(c, a, n) for c in cases for n, a in enumerate(c["assert"], start=1)]


def day(value: Any) -> date:
    return date.fromisoformat(str(value))


def facts_for(one: Asserted) -> Facts:
    """The facts that ship, with what the case says is not counted declared as awaiting disposal."""
    facts = load_facts()
    wanted = one.wanted
    if "not_counted" not in wanted:
        return facts
    on = day(wanted["as_of"])
    waiting = Declaration(
        party=wanted["party"],
        category=wanted["category"],
        zone=wanted["zone"],
        state="awaiting_disposal",
        low=wanted["not_counted"],
        high=wanted["not_counted"],
        as_of=on,
        declared_at=on,
        declared_by=wanted["party"],
        status="read",
        source=str(one.case["source"]),
    )
    return facts.with_declarations([waiting])


def of_conventional_forces(one: Asserted) -> Iterable[Finding]:
    """Ceilings, notices and quotas of the conventional-forces treaty."""
    data, wanted = one.case["data"], one.wanted
    on = wanted.get("as_of") or data.get("as_of") or data.get("notified_on") or "2000-01-01"
    return judge("cfe", facts_for(one), day(on), asked=_asked("cfe", data)).findings


def of_an_activity(one: Asserted) -> Iterable[Finding]:
    """An exercise against the thresholds: what each State brings, and pieces of all who take part."""
    data = one.case["data"]
    on, facts = day(data["as_of"]), load_facts()
    kept = tuple(d for d in facts.declarations if d.as_of != on or d.state != "exercise")
    host = data.get("notified_voluntarily_by") or next(iter(data["troops"]))
    brought = [(state, "troops", number) for state, number in data["troops"].items()]
    brought += [(host, c, data[c]) for c in ("battle_tanks", "acv", "artillery") if c in data]
    source = str(one.case["source"])
    said = [
        Declaration(state, category, one.case["id"], "exercise", n, n, on, on, state, "read", source)
        for state, category, n in brought
    ]
    return judge("vienna", replace(facts, declarations=kept).with_declarations(said), on).findings


def of_a_request(one: Asserted) -> Iterable[Finding]:
    """The clock of chapter III: a request, an answer or none, a meeting, and who came."""
    data = one.case["data"]
    last = max(day(v) for v in data.values() if str(v)[:4].isdigit())
    return judge("vienna", load_facts(), last, asked=_asked("vienna", data)).findings


def of_foreign_forces(one: Asserted) -> Iterable[Finding]:
    """Forces of one side on a member's land against the words "substantial combat forces"."""
    data = one.case["data"]
    on = day(data.get("as_of") or "2010-10-27")
    asked = {"host": data["host"], "organised_as": data["organised_as"], "by": one.wanted["party"]}
    asked |= {category: str(number) for category, number in data["foreign"].items()}
    if data.get("stay"):
        asked["stay"] = str(data["stay"])
    return judge("founding-act", load_facts(), on, asked=asked).findings


def of_transit(one: Asserted) -> Iterable[Finding]:
    """Whether one thing may cross under the arrangement of the day."""
    on = day(one.wanted.get("as_of") or one.case["data"]["as_of"])
    return judge("transit", load_facts(), on, asked={"item": one.case["data"]["item"]}).findings


ASKERS: Mapping[str, Callable[[Asserted], Iterable[Finding]]] = {
    "troops": of_an_activity,
    "request": of_a_request,
    "foreign": of_foreign_forces,
    "item": of_transit,
}
"""What a case's data must hold for each way of asking; all else is of conventional forces."""


def findings_of(one: Asserted) -> list[dict[str, Any]]:
    """What the engine finds for the case, as plain data."""
    ask = next((a for key, a in ASKERS.items() if key in one.case["data"]), of_conventional_forces)
    return [to_json(f) for f in ask(one)]


def _asked(accord: str, data: Mapping[str, Any]) -> dict[str, str]:
    """The case's own words that the accord asks for, as they would stand after ``--with``."""
    options = find_accord(accord).options
    words = {True: "true", False: "false"}
    return {
        name: words[value] if isinstance(value, bool) else str(value)
        for name, value in data.items()
        if name in options
    }


def fits(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a finding is the one that an assert speaks of, whatever it says."""
    keys = ("party", "member", "category", "zone", "reading", "obligation", "quantity")
    return all(found.get(key) == wanted[key] for key in keys if key in wanted)


def disagreements(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Every field in which a finding differs from its assert; null there means: no figure was given."""
    told = []
    for key, value in wanted.items():
        if key in INPUTS or value is None:
            continue
        said = found.get(key)
        if key == "margin" and wanted.get("margin_is") == "at_least":
            if said is None or said > value:
                told.append(f"margin {said}, wanted at most {value}")
        elif said != value:
            told.append(f"{key} {said!r}, wanted {value!r}")
    return told

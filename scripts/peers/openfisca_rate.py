"""How fast OpenFisca-core works out margins with its trace on: one JSON object on standard output.

``make peers`` puts this script beside OpenFisca-core in an environment of its own, and ``equipoise bench
keep`` runs it there as another program; nothing of ours imports OpenFisca-core, which is under the AGPL.

The file named holds cells ``[day, party, category, level, held]``. A level is an OpenFisca parameter with a
history, what is held an input, the margin a formula: level less held. Every party runs once in a simulation
of its own, and once all parties of a day share one array and one trace node; making the simulation counts.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MEASURE_S = 1.5
Held = dict[str, dict[str, int]]
"""Numbers by category and party; each category has the same parties."""
State = build_entity(key="state", plural="states", label="a State", is_person=True)
COMMON = {"entity": State, "definition_period": DateUnit.DAY}


def system_of(cells: list[list[Any]]) -> TaxBenefitSystem:
    """The levels as parameters and, for each category, an input and a formula."""
    levels: dict[str, dict[str, dict[str, Any]]] = {}
    for day, party, category, level, _ in cells:
        history = levels.setdefault(category, {}).setdefault(party, {"values": {}})
        history["values"][day] = {"value": level}
    system = TaxBenefitSystem([State])
    system.parameters = ParameterNode("", data=levels)
    system.add_variable(type("named", (Variable,), {**COMMON, "value_type": str, "max_length": 60}))
    for category in levels:
        system.add_variable(type(f"held_{category}", (Variable,), {**COMMON, "value_type": int}))
        formula = {**COMMON, "value_type": int, "formula": _margin(category)}
        system.add_variable(type(f"margin_{category}", (Variable,), formula))
    return system


def _margin(category: str) -> Any:
    def formula(state: Any, period: Any, parameters: Any) -> Any:
        names = state("named", period).astype(str)
        return getattr(parameters(period), category)[names] - state(f"held_{category}", period)

    return formula


def margins(system: TaxBenefitSystem, day: str, held: Held) -> dict[str, Any]:
    """Margins by category, of one traced simulation of the parties of ``held``."""
    parties = list(next(iter(held.values())))
    simulation = SimulationBuilder().build_default_simulation(system, len(parties))
    simulation.trace = True
    simulation.set_input("named", day, np.array(parties))
    for category, numbers in held.items():
        simulation.set_input(f"held_{category}", day, np.array([numbers[p] for p in parties]))
    return {category: simulation.calculate(f"margin_{category}", day) for category in held}


def measured(system: TaxBenefitSystem, runs: list[tuple[str, Held]]) -> dict[str, Any]:
    """Margins a second by the processor's time and by the clock, the best of many rounds, and the margins."""
    processor = clock = float("inf")
    ends = time.perf_counter() + MEASURE_S
    while time.perf_counter() < ends:
        began, at = time.process_time(), time.perf_counter()
        found = [margins(system, day, held) for day, held in runs]
        processor = min(processor, time.process_time() - began)
        clock = min(clock, time.perf_counter() - at)
    made = [
        [day, party, category, int(margin)]
        for (day, held), by_category in zip(runs, found, strict=True)
        for category, numbers in held.items()
        for party, margin in zip(numbers, by_category[category], strict=True)
    ]
    parties = max(len(next(iter(held.values()))) for _, held in runs)
    return {
        "rate": len(made) / processor,
        "wall_rate": len(made) / clock,
        "parties": parties,
        "margins": made,
    }


def main(file: str) -> dict[str, Any]:
    """Rates and margins, one party a run and all parties of a day in one."""
    cells = json.loads(Path(file).read_text(encoding="utf-8"))
    together: dict[str, Held] = {}
    for day, party, category, _, held in cells:
        together.setdefault(day, {}).setdefault(category, {})[party] = held
    alone = [
        (day, {category: {party: numbers[party]} for category, numbers in held.items()})
        for day, held in together.items()
        for party in next(iter(held.values()))
    ]
    system = system_of(cells)
    return {
        "version": version("openfisca-core"),
        "alone": measured(system, alone),
        "together": measured(system, list(together.items())),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))

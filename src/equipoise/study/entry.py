"""A study as an entry of the ledger: its inputs by digest, its figures with their tolerances, its verdicts.

A study holds no key, so it writes the entry unsigned; a party signs it with ``ledger append``. Whoever
reads it there can run the inputs again: the map from a kind of result to the function that computes it
stands here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from equipoise.ledger import Figure, Recomputer, Result, Word, document_of, fault, plain_body
from equipoise.scenario import Scenario, load_scenario, scenario_names
from equipoise.study.pipeline import compute
from equipoise.study.record import TOLERANCES
from equipoise.study.types import Study

KIND = "study"
DECLARED = "scenario.yaml"
"""The name of the scenario's own file among the entry's documents; one that ships is named by its id."""


def entry_of(study: Study, declared: bytes | None = None) -> Result:
    """The result that a study states; ``declared`` is the file of a scenario that does not ship."""
    documents = () if declared is None else (document_of(DECLARED, declared),)
    settings = (Word("scenario", study.scenario.id), Word("quick", "yes" if study.quick else "no"))
    return Result(
        of=KIND,
        inputs_digest=study.scenario.digest,
        code=study.version,
        settings=settings,
        figures=tuple(_figures(study)),
        words=tuple(_words(study)),
        documents=documents,
    )


def ledger_files(study: Study, declared: bytes | None = None) -> dict[str, bytes]:
    """What a study puts into its folder's ``ledger``: the entry's fields, for ``ledger append --fields``, and
    the scenario's own file, for its ``--document``.
    """
    entry = entry_of(study, declared)
    fields = {**plain_body(entry), "documents": []}
    files = {"result.json": json.dumps(fields, indent=1, ensure_ascii=False).encode() + b"\n"}
    return files if declared is None else {**files, DECLARED: declared}


def recomputers() -> dict[str, Recomputer]:
    """The function that computes each kind of result."""
    return {KIND: recompute_study}


def recompute_study(stated: Result, documents: Mapping[str, bytes]) -> Result:
    """Run a study again from the scenario that the entry carries, or from the one of that name that ships.

    LedgerError ``result-inputs`` where neither is at hand.
    """
    settings = {word.name: word.value for word in stated.settings}
    study = compute(_scenario(settings.get("scenario", ""), documents), quick=settings.get("quick") == "yes")
    return entry_of(study, documents.get(DECLARED))


def _scenario(id: str, documents: Mapping[str, bytes]) -> Scenario:
    declared = documents.get(DECLARED)
    if declared is None:
        if id not in scenario_names():
            raise fault("result-inputs", found=id)
        return load_scenario(id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / DECLARED
        path.write_bytes(declared)
        return load_scenario(path)


def _figures(study: Study) -> Iterator[Figure]:
    """Ranges of the threats, people met by row and party, and margins of every verdict."""
    for reach in study.reaches:
        name = f"range/{reach.threat}/{reach.model}/{reach.launch_area}"
        for end, value in (("least", reach.range_km.min()), ("most", reach.range_km.max())):
            yield _figure(f"{name}/{end}", float(value), 1, "km", _tolerance("range_km"))
    for c in study.coverages:
        if c.variant != "whole" or not study.computed(c):
            continue
        for party in study.scenario.parties:
            met = sum(region.population_met for region in c.regions if region.party == party.id)
            name = f"met/{c.architecture}/{c.mode}/{_joined(c.joined)}/{c.timing}/{party.id}"
            yield _figure(name, met, 0, "people", max(1.0, _tolerance("people", "relative") * met))
    for g in study.guarantees:
        name = f"{g.architecture}/{g.mode}/{_joined(g.joined)}/{g.protects}/{g.rung}"
        if g.margin_s is not None and math.isfinite(g.margin_s):
            yield _figure(f"margin/{name}", g.margin_s, 2, "s", _tolerance("seconds"))


def _words(study: Study) -> Iterator[Word]:
    """Verdicts, which are exact save for rows whose margin lies inside a tolerance."""
    for g in study.guarantees:
        if not g.near_edge:
            name = f"{g.architecture}/{g.mode}/{_joined(g.joined)}/{g.protects}/{g.rung}"
            yield Word(f"verdict/{name}", g.verdict)


def _joined(joined: bool) -> str:
    return "joined" if joined else "alone"


def _tolerance(of: str, kind: str = "absolute") -> float:
    return float(TOLERANCES[of][kind])


def _figure(name: str, value: float, digits: int, unit: str, tolerance: float) -> Figure:
    """As decimal text; rounding to ``digits`` is far inside the tolerance."""
    text = f"{value:.{digits}f}"
    return Figure(
        name, text.lstrip("-") if float(text) == 0.0 else text, f"{tolerance:.{max(digits, 2)}f}", unit
    )

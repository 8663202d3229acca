"""The ledger entry that a study writes: it names its inputs, and running them again agrees."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from equipoise.ledger import Figure, LedgerError, Result, compare, read_body, recompute
from equipoise.study import Study, recomputers
from equipoise.study.entry import DECLARED, entry_of, ledger_files


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from equipoise.scenario import write_starter

    (own,) = write_starter(tmp_path_factory.mktemp("declared") / "islands")
    return own.read_bytes()


def test_the_folder_holds_the_fields_of_the_entry(written: object, study: Study) -> None:
    folder: Path = written.folder  # type: ignore[attr-defined]
    fields = json.loads((folder / "ledger" / "result.json").read_text(encoding="utf-8"))
    assert read_body("result", fields) == entry_of(study)
    record = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert "ledger/result.json" in record["report"]["files"]
    assert record["scenario"]["digest"] == fields["inputs_digest"]


def test_every_verdict_and_margin_of_the_study_is_in_it(study: Study) -> None:
    entry = entry_of(study)
    exact = [g for g in study.guarantees if not g.near_edge]
    assert sorted(w.value for w in entry.words) == sorted(g.verdict for g in exact)
    names = [figure.name for figure in entry.figures]
    assert len(names) == len(set(names))
    assert {name.split("/")[0] for name in names} == {"range", "met", "margin"}
    assert all(float(figure.tolerance) > 0 for figure in entry.figures)


def test_running_the_inputs_again_agrees_and_a_changed_figure_does_not(study: Study, declared: bytes) -> None:
    stated = entry_of(study, declared)
    assert [d.name for d in stated.documents] == [DECLARED]
    outcome = recompute(stated, {DECLARED: declared}, recomputers())
    assert outcome.differences == ()
    assert outcome.figures > 20
    first = stated.figures[0]
    moved = Figure(
        first.name, f"{float(first.value) + 2 * float(first.tolerance):.1f}", first.tolerance, first.unit
    )
    claimed = dataclasses.replace(stated, figures=(moved, *stated.figures[1:]))
    assert [d.name for d in compare(claimed, stated)] == [first.name]


def test_other_facts_are_told_as_other_inputs(study: Study, declared: bytes) -> None:
    stated = entry_of(study, declared)
    other = declared.replace(b"seed: ", b"seed: 1", 1)
    assert other != declared
    outcome = recompute(stated, {DECLARED: other}, recomputers())
    assert [d.name for d in outcome.differences] == ["inputs"]


def test_without_its_scenario_a_result_cannot_be_recomputed(study: Study) -> None:
    with pytest.raises(LedgerError) as told:
        recompute(entry_of(study), {}, recomputers())
    assert told.value.id == "result-inputs"


def test_the_files_for_a_party_to_sign(study: Study, declared: bytes) -> None:
    assert set(ledger_files(study)) == {"result.json"}
    files = ledger_files(study, declared)
    assert files[DECLARED] == declared
    assert isinstance(read_body("result", json.loads(files["result.json"])), Result)

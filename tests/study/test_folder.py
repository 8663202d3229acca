"""The folder appears whole, replaces only what is ours, and an interrupt leaves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipoise.scenario import InputError, Scenario
from equipoise.study import run_study, write_study
from equipoise.study.folder import MARKER, check_folder
from equipoise.study.types import Study


def files_in(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_what_is_written(study: Study, tmp_path: Path) -> None:
    result = write_study(study, tmp_path / "new" / "report")
    found = files_in(tmp_path / "new" / "report")
    assert {"report.html", "result.json", MARKER, *result.record["report"]["files"]} == found
    record = json.loads((tmp_path / "new" / "report" / "result.json").read_text(encoding="utf-8"))
    assert record == result.record


def test_ours_is_replaced_whole(study: Study, tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_study(study, out)
    (out / "left-over.txt").write_text("from the last time", encoding="utf-8")
    write_study(study, out)
    assert "left-over.txt" not in files_in(out)
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_an_empty_folder_is_taken(study: Study, tmp_path: Path) -> None:
    out = tmp_path / "empty"
    out.mkdir()
    write_study(study, out)
    assert (out / "report.html").is_file()


def test_a_foreign_folder_is_refused_before_any_work(islands: Scenario, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("ten years", encoding="utf-8")
    steps: list[str] = []
    with pytest.raises(InputError, match="no study wrote") as caught:
        run_study(islands, out, quick=True, progress=lambda what, share: steps.append(what))
    assert caught.value.id == "out-not-ours"
    assert steps == []
    assert files_in(out) == {"thesis.txt"}


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check_folder(tmp_path / "report")
    assert caught.value.id == "out-is-a-file"


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check_folder(tmp_path / "file" / "report")
    assert caught.value.id == "out-not-writable"


@pytest.mark.parametrize("stop_at", ["counting people", "engaging", "drawing figures", "writing the report"])
def test_an_interrupt_leaves_no_half_report(
    islands: Scenario, study: Study, tmp_path: Path, stop_at: str
) -> None:
    out = tmp_path / "report"
    write_study(study, out)
    before = {name: (out / name).read_bytes() for name in files_in(out)}

    def stop(what: str, share: float) -> None:
        if what == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_study(islands, out, quick=True, progress=stop)
    assert {name: (out / name).read_bytes() for name in files_in(out)} == before
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_an_interrupt_leaves_nothing_where_nothing_was(study: Study, tmp_path: Path) -> None:
    def stop(what: str, share: float) -> None:
        if what == "writing the report":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_study(study, tmp_path / "report", progress=stop)
    assert list(tmp_path.iterdir()) == []

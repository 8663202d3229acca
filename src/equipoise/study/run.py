"""``run_study``: compute, draw, write. The one place of this room that touches the disk."""

from __future__ import annotations

import json
from pathlib import Path

from equipoise.scenario import Scenario, scenario_names
from equipoise.study.chapters import chapters_of
from equipoise.study.entry import ledger_files
from equipoise.study.folder import check_folder, replaced
from equipoise.study.pipeline import Progress, compute
from equipoise.study.record import record_of
from equipoise.study.report import figures_of, render
from equipoise.study.tables import tables_of
from equipoise.study.types import Study, StudyResult


def run_study(
    scenario: Scenario,
    out: str | Path,
    *,
    quick: bool = False,
    progress: Progress | None = None,
    declared: bytes | None = None,
) -> StudyResult:
    """Walk the whole way and write ``report.html``, ``result.json``, ``data/*.csv``, ``figures/*.svg`` and
    ``ledger/result.json``, the entry for a party to sign; ``declared``, the scenario's file where it does not
    ship, goes beside that.

    ``out`` appears, or is replaced, whole and at the end; an interrupt leaves it as it was. ``progress`` is
    called with a few words and the share done. Raises ``InputError`` where ``out`` is not ours or cannot be
    written, before anything is computed.
    """
    folder = Path(out)
    check_folder(folder)
    study = compute(scenario, quick=quick, progress=progress)
    return write_study(study, folder, progress=progress, declared=declared)


def write_study(
    study: Study, out: str | Path, *, progress: Progress | None = None, declared: bytes | None = None
) -> StudyResult:
    """Write a computed study into ``out``; see ``run_study``."""
    folder = Path(out)
    say = progress or (lambda what, share: None)
    command = recompute_command(study)
    chapters = chapters_of(study, lambda what, share: say(what, 0.9 + 0.02 * share))
    with replaced(folder) as beside:
        say("drawing figures", 0.92)
        drawn = figures_of(study)
        tables = (*tables_of(study), *(t for c in chapters for t in c.tables))
        drawn_too = {d.caption.key: d.svg for c in chapters for d in c.drawings}
        files = [f"figures/{name}.svg" for name in (*drawn, *drawn_too)] + [
            f"data/{t.name}.csv" for t in tables
        ]
        entry = ledger_files(study, declared)
        record = record_of(study, command, [*files, *(f"ledger/{name}" for name in entry)])
        say("writing the report", 0.97)
        (beside / "data").mkdir()
        (beside / "figures").mkdir()
        (beside / "ledger").mkdir()
        for name, data in entry.items():
            (beside / "ledger" / name).write_bytes(data)
        for table in tables:
            (beside / "data" / f"{table.name}.csv").write_text(table.csv(), encoding="utf-8")
        for name, svg in (*drawn.items(), *drawn_too.items()):
            (beside / "figures" / f"{name}.svg").write_text(svg, encoding="utf-8")
        (beside / "result.json").write_text(_json(record), encoding="utf-8")
        (beside / "report.html").write_text(render(study, drawn, command, chapters), encoding="utf-8")
    say("done", 1.0)
    return StudyResult(study, str(folder), str(folder / "report.html"), record)


def recompute_command(study: Study) -> str:
    """What anybody types to get the same figures; a scenario of the user's own stands in a file."""
    ours = study.scenario.id in scenario_names()
    name = study.scenario.id if ours else f"{study.scenario.id}.yaml"
    return f"equipoise study {name}{' --quick' if study.quick else ''} --out FOLDER"


def _json(record: dict[str, object]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

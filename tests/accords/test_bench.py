"""The bench: both clocks; the peer is another program over our cells, each margin held against ours."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from equipoise.accords import judge, load_facts
from equipoise.accords.bench import bench_keep
from equipoise.accords.bench_peer import cells_of, openfisca_rates, peers_folder, read_rates

DAY = date(1995, 11, 17)
PEER = """
import json, sys
cells = json.loads(open(sys.argv[1]).read())
margins = [[day, party, category, level - held] for day, party, category, level, held in cells]
run = {"rate": 3.0, "wall_rate": 2.0, "parties": 2, "margins": margins}
print(json.dumps({"version": "0", "alone": run, "together": run}))
"""


def _folder(tmp_path: Path, body: str) -> Path:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / "openfisca_rate.py").write_text(body, encoding="utf-8")
    return tmp_path


def test_cells_are_the_exact_national_levels_without_gaps() -> None:
    cells = cells_of(judge("cfe", load_facts(), DAY).findings)
    parties = {cell[1] for cell in cells}
    assert len(cells) == 5 * len(parties) > 40
    assert all(level - held == margin for _, _, _, level, held, margin in cells)


def test_the_program_is_run_where_it_is_and_its_margins_are_held_against_ours(tmp_path: Path) -> None:
    findings = judge("cfe", load_facts(), DAY).findings
    found = openfisca_rates(_folder(tmp_path, PEER), findings)
    assert not isinstance(found, str)
    assert [(p.key, p.rate, p.wall_rate, p.unlike) for p in found] == [
        ("traced", 3.0, 2.0, 0),
        ("shared", 3.0, 2.0, 0),
    ]
    assert found[0].margins == len(cells_of(findings))


def test_a_margin_that_differs_or_is_missing_is_counted() -> None:
    cells = [["1995-11-17", "A", "acv", 5, 3, 2], ["1995-11-17", "B", "acv", 5, 4, 1]]
    run = {"rate": 1, "wall_rate": 1, "parties": 1, "margins": [["1995-11-17", "A", "acv", 7]]}
    assert [
        p.unlike for p in read_rates(json.dumps({"version": "", "alone": run, "together": run}), cells)
    ] == [
        2,
        2,
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("raise SystemExit('no such library')", "no such library"),
        ("print('{}')", "KeyError"),
        ("print('half a')", "JSONDecodeError"),
    ],
)
def test_a_peer_that_fails_says_why(tmp_path: Path, body: str, says: str) -> None:
    found = openfisca_rates(_folder(tmp_path, body), judge("cfe", load_facts(), DAY).findings)
    assert isinstance(found, str)
    assert found.startswith("did not run: ")
    assert says in found


def test_a_peer_that_is_not_there_says_what_would_do(tmp_path: Path) -> None:
    assert "make peers" in str(openfisca_rates(tmp_path, ()))


def test_every_row_has_both_clocks_and_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("equipoise.accords.bench.ROUNDS", 1)
    found = bench_keep()
    ours = [row for row in found.rows if row.name.startswith("equipoise")]
    assert len(ours) == 3
    assert all(row.rate and row.wall_rate for row in ours)
    assert {row.error for row in ours[:2]} == {
        "0 margins not as in the trace",
        "0 changed when made again",
    }
    assert all(row.error for row in found.rows)
    assert len(found.ratios) == 2
    if (peers_folder() / "openfisca_rate.py").exists():
        assert [row.error for row in found.rows[3:]] == ["0 of 240 margins unlike ours"] * 2
    else:
        assert "make peers" in found.rows[3].error

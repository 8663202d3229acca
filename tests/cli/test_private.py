"""``prove --private`` from outside: a whole check by three processes, its keys, refusals, exit codes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from equipoise.cli import main
from equipoise.guarantee.private.folder import make_folder
from house.commands import equipoise

KEYS = {
    *("architecture", "mode", "protects", "rung", "verdict", "turns_on", "margin_s", "margin_km_s"),
    *("break_even_commit_s", "share_met_at_most", "operands", "closed_by"),
    *("means", "reason", "subset", "bits_opened", "domain", "terms", "bytes_sent", "ledger_root", "promise"),
}


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("starter") / "mine"
    assert main(["init", str(folder)]) == 0
    return str(folder / "scenario.yaml")


def test_a_whole_check_by_three_processes_and_a_ledger(scenario: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    ran = equipoise("prove", scenario, "--private", "--keep", str(kept), "--json")
    assert ran.returncode == 0, ran.stderr
    value = json.loads(ran.stdout)
    (row,) = value["guarantees"]
    assert set(row) >= KEYS
    assert row["verdict"] in ("holds", "not shown")
    assert row["bits_opened"] == 1
    assert (row["margin_s"], row["operands"]) == (None, [])
    record = kept / row["architecture"] / "ledger"
    checked = equipoise("ledger", "verify", str(record), "--quorum", "--json")
    assert checked.returncode == 0, checked.stdout
    listed = json.loads(equipoise("ledger", "log", str(record), "--json").stdout)["entries"]
    kinds = [entry["kind"] for entry in listed]
    assert kinds == ["key"] * 3 + ["commitment"] * 2 + ["result"] * 3
    peers = str(kept / row["architecture"] / "peers.yaml")
    replayed = equipoise("prove", "inspect", "--peers", peers, "--json")
    assert replayed.returncode == 0, replayed.stdout
    assert json.loads(replayed.stdout)["verdict"] == row["verdict"]
    again = equipoise("prove", "--private", "--as", "A", "--peers", peers, "--json")
    assert (again.returncode, json.loads(again.stdout)["verdict"]) == (1, "not reached")


def test_a_check_is_set_up_once_and_nothing_is_overwritten(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "check")
    assert main(["prove", scenario, "--private", "--set-up", folder]) == 0
    assert {p.name for p in (tmp_path / "check").iterdir()} == {
        *("A", "B", "observer", "A.json", "B.json", "observer.json", "peers.yaml")
    }
    assert all(os.stat(p).st_mode & 0o077 == 0 for p in (tmp_path / "check" / "A").iterdir())
    capsys.readouterr()
    assert main(["prove", scenario, "--private", "--set-up", folder]) == 2
    assert "error[private-folder-taken]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "id"),
    [
        (["--as", "A"], "private-left-out"),
        (["--private", "--as", "A"], "private-role"),
        (["--private", "--commit"], "private-role"),
        (["--private", "--as", "C", "--peers", "PEERS"], "private-no-role"),
        (["--private", "--operands", "x.yaml"], "private-alone"),
        (["--private", "--architecture", "nato-bmd"], "private-nothing"),
        (["--private", "--as", "A", "--peers", "none.yaml"], "file-not-found"),
    ],
)
def test_what_does_not_go_together_is_refused(
    words: list[str], id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from guarantee.private.test_node import PEERS

    for role in ("A", "B", "observer"):
        make_folder(tmp_path / role, role)
    peers = tmp_path / "peers.yaml"
    peers.write_text(PEERS.format(run="ab" * 16, a=1, b=2, o=3))
    assert main(["prove", "lisbon-2010", *(str(peers) if w == "PEERS" else w for w in words)]) == 2
    assert f"error[{id}]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ([], "inspect-what"),
        (["--peers", "PEERS", "--as", "observer", "--entry", "1", "--out", "x"], "private-no-role"),
        (["--peers", "PEERS", "--as", "A", "--entry", "1"], "private-opening"),
        (["--peers", "PEERS", "--as", "A", "--at", "here", "--out", "x"], "private-moment"),
    ],
)
def test_an_inspection_that_cannot_be_is_refused(
    words: list[str], id: str, scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", scenario, "--private", "--set-up", str(tmp_path / "c")]) == 0
    peers = str(tmp_path / "c" / "peers.yaml")
    capsys.readouterr()
    assert main(["prove", "inspect", *(peers if w == "PEERS" else w for w in words)]) == 2
    assert f"error[{id}]" in capsys.readouterr().err


def test_a_fault_while_a_role_is_played_shows_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from equipoise.guarantee.private import node
    from guarantee.private.test_node import PEERS

    def breaks(*_: object) -> bytes:
        raise ValueError("speed 4.0717 km/s")

    monkeypatch.setenv("EQUIPOISE_DEBUG", "1")
    monkeypatch.setattr(node, "make_commitment", breaks)
    for role in ("A", "B", "observer"):
        make_folder(tmp_path / role, role)
    peers = tmp_path / "peers.yaml"
    peers.write_text(PEERS.format(run="ab" * 16, a=1, b=2, o=3))
    assert main(["prove", "--private", "--as", "A", "--peers", str(peers), "--commit"]) == 70
    said = "".join(capsys.readouterr())
    assert "error[fault]" in said
    assert "4.0717" not in said

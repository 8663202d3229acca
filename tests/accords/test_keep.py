"""``equipoise keep`` as a person runs it: one object, exit codes, warnings, proofs, time."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from equipoise.cli import main
from house.commands import equipoise, run

FINDING = {"obligation", "party", "category", "zone", "verdict", "margin", "reading", "trace", "digest"}
HEAVY = ("numba", "numpy", "scipy", "polars", "matplotlib", "shapely")
BUDGET_S = 0.6
"""Of the processor's time, so that what else the machine does is left out."""
HEAD = "party,category,zone,state,value,low,high,as_of,declared_at,declared_by,source\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def keep(*args: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = equipoise("keep", *args)
    assert done.returncode == code, done.stderr
    return done


def answer(*args: str) -> dict[str, Any]:
    return dict(json.loads(keep(*args, "--json").stdout))


def test_json_is_one_object_with_findings_and_their_agreement() -> None:
    said = answer("cfe", "--as-of", "1995-11-17")
    assert all(set(f) >= FINDING for f in said["findings"])
    assert all(set(a) >= {"obligation", "party", "readings", "differs_in"} for a in said["agreement"])
    germany = [f for f in said["findings"] if (f["party"], f["category"]) == ("Germany", "battle_tanks")]
    level = next(f for f in germany if f["obligation"] == "cfe.VII")
    assert (level["verdict"], level["margin"], level["zone"]) == ("complies", 4166 - 3061, "ATTU")
    assert said["force"] == "ratified"


def test_the_claim_of_2007_comes_out_in_two_readings_and_the_figure_that_does_not_match_is_told() -> None:
    said = answer("cfe", "--as-of", "2007-11-07", "--party", "NATO_22_CFE_States")
    acv = {f["reading"]: f for f in said["findings"] if f["category"] == "acv"}
    assert acv["actual_holdings"]["verdict"] == "complies"
    assert acv["sum_of_maximum_levels"]["verdict"] == "breaches"
    assert acv["sum_of_maximum_levels_in_force"]["margin"] == -9602
    claims = {c["category"]: c for c in said["claims"] if c["id"].startswith("baluyevsky")}
    assert [c for c, told in claims.items() if told["matched_by"] is None] == ["acv"]
    assert (claims["acv"]["nearest"], claims["acv"]["difference"]) == ("sum_of_maximum_levels", 1000)
    assert all(t["matched_by"] == "sum_of_maximum_levels" for c, t in claims.items() if c != "acv")
    parted = next(a for a in said["agreement"] if a["category"] == "acv")
    assert parted["differs_in"][0].startswith("what is counted: ")


def test_a_person_reads_verdicts_with_signs_and_where_readings_part() -> None:
    told = keep("flank", "--as-of", "1999-07-01").stdout
    assert "✗ breaches" in told
    assert "-1,500 pieces" in told
    quiet = keep("cfe", "--as-of", "2009-01-01", "--party", "Russia").stdout
    assert "– not owed" in quiet
    assert "readings differ" in quiet
    assert "limits owed by Russia to Armenia and 28 alike: as written: in force; suspension_lawful: " in quiet


def test_own_declarations_are_judged_and_their_faults_end_with_2(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(HEAD + "Belgium,acv,,,1100,,,2012-01-01,,,\n")
    said = answer("cfe", "--as-of", "2012-07-25", "--declarations", str(own), "--party", "Belgium")
    level = next(f for f in said["findings"] if (f["obligation"], f["category"]) == ("cfe.VII", "acv"))
    assert (level["verdict"], level["margin"]) == ("breaches", -1)
    own.write_text(HEAD + "Belgium,acv,,,-1,,,2012-01-01,,,\n")
    told = keep("cfe", "--as-of", "2012-07-25", "--declarations", str(own), code=2)
    assert told.stdout == ""
    assert f"{own}:2: value: '-1' is not a whole number" in told.stderr


def test_known_before_the_day_is_a_warning() -> None:
    done = keep("cfe", "--as-of", "1995-11-17", "--known-at", "1995-01-01", "--json")
    assert "warning: known_at 1995-01-01 lies before as_of" in done.stderr
    said = json.loads(done.stdout)
    assert said["warnings"]
    assert not [f for f in said["findings"] if f["verdict"] == "breaches"]


@pytest.mark.parametrize(
    ("args", "id"),
    [
        (("cfo", "--as-of", "2007-01-01"), "unknown-accord"),
        (("cfe", "--as-of", "2007-1-1"), "not-a-day"),
        (("cfe", "--as-of", ""), "day-missing"),
        (("cfe", "--as-of", "2007-01-01", "--reading", "suspension"), "unknown-reading"),
        (("cfe", "--as-of", "2007-01-01", "--party", "Germani"), "unknown-party-of-accord"),
        (("cfe", "--as-of", "2007-01-01", "--category", "tanks"), "unknown-category"),
        (("cfe", "--as-of", "2007-01-01", "--with", "x"), "with-form"),
        (("cfe", "--as-of", "2007-01-01", "--with", "x=1"), "unknown-option"),
        (("cfe", "--as-of", "2007-01-01", "--with", "change=4"), "asked-missing"),
        (
            ("vienna", "--as-of", "2012-01-01", "--with", "troops=9000", "--with", "by=Mars"),
            "unknown-party-of-accord",
        ),
        (
            ("vienna", "--as-of", "2012-01-01", "--with", "request=2012-01-01", "--with", "requester=Mars"),
            "unknown-party-of-accord",
        ),
        (
            ("vienna", "--as-of", "2012-01-01", "--with", "request=2012-01-01", "--with", "addressee=Mars"),
            "unknown-party-of-accord",
        ),
        (
            (
                "vienna",
                "--as-of",
                "2012-01-01",
                "--with",
                "troops=9",
                "--with",
                "notified_voluntarily_by=Mars",
            ),
            "unknown-party-of-accord",
        ),
        (("cfe", "--as-of", "2007-01-01", "--with", "unit_last_reported=4.5"), "asked-not-whole"),
        (
            ("cfe", "--as-of", "2007-01-01", "--with", "objects_of_verification=9", "--with", "phase=last"),
            "asked-word",
        ),
        (("cfe", "--as-of", "2007-01-01", "--declarations", "none.csv"), "file-not-found"),
        (("why", "cfe.XCIX", "--as-of", "2007-01-01"), "finding-unknown"),
        (("cfe",), "usage"),
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_says_what_would_do(
    args: tuple[str, ...], id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("keep", *args)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"error[{id}]: ")
    assert "\nhint: " in told.err


def test_why_prints_the_proof_of_a_finding_by_its_digest(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(HEAD + "Belgium,acv,,,1100,,,2012-01-01,,,\n")
    said = answer("cfe", "--as-of", "2012-07-25", "--declarations", str(own), "--party", "Belgium")
    level = next(f for f in said["findings"] if (f["obligation"], f["category"]) == ("cfe.VII", "acv"))
    told = keep("why", level["digest"][:12]).stdout
    for line in ("it breaches, 1 piece beyond, because", "1099 - 1100 = -1", f"digest {level['digest']}"):
        assert line in told
    assert "it would comply with 1 piece fewer" in told
    assert "what the breach entitles the others to" in told


def test_why_finds_an_obligation_on_a_day_and_prints_why_not() -> None:
    told = keep(
        "why", "flank.limits", "--as-of", "1999-07-01", "--party", "Russia", "--category", "acv"
    ).stdout
    assert "Art_V.1A_redrawn_smaller_zone" in told
    assert "it would comply with 1,500 pieces fewer" in told
    as_data = json.loads(keep("why", "cfe.VI", "--as-of", "1995-11-17", "--party", "Italy", "--json").stdout)
    assert all(f["proof"] and f["obligation"] == "cfe.VI" for f in as_data["findings"])


def test_the_schema_is_printed() -> None:
    told = keep("schema").stdout
    for word in ("declared_at", "awaiting_disposal", "Art_V.1A_flank"):
        assert word in told


def test_keep_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom equipoise.cli import main\nmain(sys.argv[1:])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = run((sys.executable, "-c", code, "keep", "cfe", "--as-of", "1995-11-17", "--json"))
    assert done.stderr.splitlines()[-1] == "[]"

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        keep("cfe", "--as-of", "1995-11-17", "--json")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    assert min(once() for _ in range(5)) < BUDGET_S

"""Published vectors: all pass, and one that is tampered with is told by its section and name."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from equipoise.ledger import LedgerError, run_vectors
from house.commands import ROOT, equipoise

FILE = ROOT / "src" / "equipoise" / "scenario" / "catalogue" / "ledger" / "vectors.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
SECTIONS = [name for name, value in VECTORS.items() if isinstance(value, dict)]


def failed(vectors: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {s.name: s.failed for s in run_vectors(json.dumps(vectors).encode()) if s.failed}


def test_every_vector_passes_by_the_verb(tmp_path: Path) -> None:
    done = equipoise("ledger", "vectors", str(FILE), "--json")
    assert done.returncode == 0, done.stdout
    sections = json.loads(done.stdout)["sections"]
    assert [s["name"] for s in sections] == SECTIONS
    assert all(s["passed"] and s["failed"] == [] for s in sections)
    assert sum(s["passed"] for s in sections) > 300


TAMPERINGS: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "merkle_hash": (("cases", 1, "leaf_hash_hex"), "00" * 32),
    "merkle_roots": (("roots_by_size_hex", "5"), "00" * 32),
    "merkle_consistency": (("cases", 0, "wantErr"), True),
    "merkle_inclusion": (("cases", 1, "leafIdx"), 1),
    "signed_note": (("good", 0, "verified"), []),
    "checkpoint": (("signed", 0, "seed_hex"), "22" * 32),
    "cosignature_v1": (("exact", 0, "time"), 1235),
    "witness": (("cases", 0, "status"), 409),
    "tlog_proof": (("good", 0, "index"), 6),
    "policy_quorum": (("truth", 0, 1), True),
    "jcs": (("numbers", 0, 1), "9007199254740993"),
    "ed25519_wycheproof": (("cases", 0, "result"), "invalid"),
    "ed25519_edge": (("cases", 0, "ref10"), True),
}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_vector_that_says_otherwise_fails_in_its_section(section: str) -> None:
    changed = copy.deepcopy(VECTORS)
    (*path, last), value = TAMPERINGS[section]
    place = changed[section]
    for step in path:
        place = place[step]
    assert place[last] != value
    place[last] = value
    found = failed(changed)
    assert set(found) == {section}
    assert len(found[section]) >= 1


def test_what_no_check_is_known_for_counts_as_failed() -> None:
    assert failed({"new_section": {"cases": []}}) == {"new_section": ("no check is known for this section",)}
    strange = {"policy_quorum": {**VECTORS["policy_quorum"], "bad": ["a fault that nobody has heard of"]}}
    assert "no policy with this fault is known" in failed(strange)["policy_quorum"][0]
    assert "form" in failed({"merkle_hash": {"cases": [{"leaf_hash_hex": "00"}]}})["merkle_hash"][0]


COSIGNED = VECTORS["cosignature_v1"]
SAID = ("origin changed", "a key name changed", "another key id", "signature cut short", "no header line")
FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "a checkpoint without its secret key": (
        "checkpoint",
        {"signed": [{k: v for k, v in VECTORS["checkpoint"]["signed"][0].items() if k != "seed_hex"}]},
    ),
    "a cosignature without its secret key": (
        "cosignature_v1",
        {"exact": [{k: v for k, v in COSIGNED["exact"][0].items() if k != "seed_hex"}]},
    ),
    "lines and sentences without an exact case": (
        "cosignature_v1",
        {k: COSIGNED[k] for k in ("same_text_other_lines", "must_fail")},
    ),
    "other sentences": ("cosignature_v1", {"must_fail": list(SAID)}),
    "a vkey that is none, bytes that are no cosignature": (
        "cosignature_v1",
        {"bad_vkeys": [{"vkey": "a+12344556"}], "timestamps": [{"signature": "AAAA", "time": None}]},
    ),
    "witnesses of two kinds": (
        "policy_quorum",
        {
            "groups": ["A-group 1 A1 A2 A3", "B-group 2 B1 B2 B3", "G any A-group B-group", "quorum G"],
            "truth": [[[], [], False], [[3], [], True], [[], [2], False], [[], [1, 3], True]],
        },
    ),
    "witnesses by name": (
        "policy_quorum",
        {"groups": ["quorum W3"], "truth": [[["W3"], True], [["W2"], False], [["W4"], False]]},
    ),
    "numbers without a decimal form": ("jcs", {"numbers": [["7ff0000000000000", None]]}),
}


@pytest.mark.parametrize("what", FORMS)
def test_other_files_of_the_same_form_are_read(what: str) -> None:
    name, section = FORMS[what]
    (found,) = run_vectors(json.dumps({name: section}).encode())
    assert found.failed == ()
    assert found.passed == sum(
        len(section.get(k, ()))
        for k in (
            "signed",
            "exact",
            "same_text_other_lines",
            "must_fail",
            "bad_vkeys",
            "timestamps",
            "truth",
            "numbers",
        )
    )


def test_other_forms_can_fail_as_well() -> None:
    for what, list_, change in (
        ("a checkpoint without its secret key", "signed", {"vkey": COSIGNED["vkeys"][1]["vkey"]}),
        ("a cosignature without its secret key", "exact", {"time": 1235}),
    ):
        name, section = FORMS[what]
        assert failed({name: {list_: [{**section[list_][0], **change}]}})
    name, section = FORMS["witnesses of two kinds"]
    assert failed({name: {**section, "truth": [[[], [2], True]]}})
    assert failed({"jcs": {"numbers": [["4340000000000001", None]]}})
    assert failed({"cosignature_v1": {"bad_vkeys": COSIGNED["vkeys"]}})


def test_longer_published_number_sequences_agree_as_well() -> None:
    """Ten thousand lines; the digest is the one that the source of the vectors publishes for that length."""
    digest = "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892"
    assert failed({"jcs": {"number_file": {"lines": 10_000, "sha256": digest}}}) == {}


@pytest.mark.parametrize("text", ["[]", "{}", '{"about": "x"}', "", "{", '{"a": 1, "a": 2}'])
def test_a_file_that_is_none_of_vectors_is_bad_input(text: str) -> None:
    with pytest.raises(LedgerError):
        run_vectors(text.encode())

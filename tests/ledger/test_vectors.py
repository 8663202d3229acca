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


def test_longer_published_number_sequences_agree_as_well() -> None:
    """Ten thousand lines; the digest is the one that the source of the vectors publishes for that length."""
    digest = "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892"
    assert failed({"jcs": {"number_file": {"lines": 10_000, "sha256": digest}}}) == {}


@pytest.mark.parametrize("text", ["[]", "{}", '{"about": "x"}', "", "{", '{"a": 1, "a": 2}'])
def test_a_file_that_is_none_of_vectors_is_bad_input(text: str) -> None:
    with pytest.raises(LedgerError):
        run_vectors(text.encode())

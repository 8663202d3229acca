"""The canonical form is that of RFC 8785 byte for byte, and the digest is that of the trace as printed."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from equipoise.accords import canonical, digest, judge, load_facts, to_json, trace_json
from house.commands import equipoise

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_", min_size=1), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.text("abc_", min_size=1), plain))
def test_the_bytes_are_those_of_another_writer(value: dict[str, object]) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["1995-11-17", "1999-07-01", "2007-11-07", "2012-07-25"])
def test_every_trace_is_canonical_and_its_digest_can_be_worked_out_from_what_is_printed(day: str) -> None:
    for finding in judge("cfe", load_facts(), date.fromisoformat(day)).findings[::7]:
        printed = json.loads(json.dumps(to_json(finding)))
        assert hashlib.sha256(rfc8785.dumps(printed["trace"])).hexdigest() == printed["digest"]
        assert digest(finding) == printed["digest"]
        assert _leaves_are_exact(trace_json(finding))


def _leaves_are_exact(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(k, str) and k.isascii() and _leaves_are_exact(v) for k, v in value.items())
    if isinstance(value, list):
        return all(_leaves_are_exact(v) for v in value)
    return value is None or isinstance(value, str | int)


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    said = [
        equipoise(
            "keep", "cfe", "--as-of", "2007-11-07", "--json",
            env={"PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(tmp_path), "TZ": zone, "LC_ALL": "C"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kamchatka"))
    ]  # fmt: skip
    assert said[0] == said[1]
    assert len(json.loads(said[0])["findings"]) > 300
    assert os.listdir(tmp_path)

"""YAML 1.2 to plain data: the core schema, places, and limits."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.scenario import InputError, load_missile
from equipoise.scenario.reading import did_you_mean, nearest, read_yaml_text
from equipoise.scenario.reading.yaml_text import DEPTH_LIMIT

PLAIN_TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | PLAIN_TEXT
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(PLAIN_TEXT, TREES, min_size=1, max_size=4))
def test_json_is_yaml_and_comes_back_the_same(tree: dict[str, Any]) -> None:
    document = read_yaml_text(json.dumps(tree, indent=1))
    assert document.data == tree
    assert [type(v) for v in document.data.values()] == [type(v) for v in tree.values()]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_every_value_knows_its_line(values: list[int]) -> None:
    document = read_yaml_text("a:\n" + "".join(f"  - {v}\n" for v in values))
    assert [document.place(("a", n)) for n in range(len(values))] == [(n + 2, 5) for n in range(len(values))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("NO", "NO"),
        ("off", "off"),
        ("13:00", "13:00"),
        ("2010-11-20", "2010-11-20"),
        ("07", "07"),
        ("true", True),
        ("~", None),
        ("1e3", 1000.0),
        ("-12", -12),
        (".5", 0.5),
        ("'12'", "12"),
    ],
)
def test_the_core_schema_of_yaml_12(text: str, value: object) -> None:
    found = read_yaml_text(f"a: {text}").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_an_alias_stands_for_its_anchor() -> None:
    document = read_yaml_text("a: &x {b: 1}\nc: *x\n")
    assert document.data == {"a": {"b": 1}, "c": {"b": 1}}
    assert document.place(("c", "b")) == (2, 4)


def test_the_depth_limit_is_exact() -> None:
    def nested(levels: int) -> str:
        return "[" * levels + "]" * levels

    assert read_yaml_text(nested(DEPTH_LIMIT)).data is not None
    with pytest.raises(InputError, match="nested deeper"):
        read_yaml_text(nested(DEPTH_LIMIT + 1))


def test_the_nearest_name_ignores_case_and_hyphens() -> None:
    known = ["dual-key", "separate", "pre-delegated"]
    assert nearest("Dual Key", known) == "dual-key"
    assert nearest("delegated", known) == "pre-delegated"
    assert nearest("zzzz", known) is None
    assert did_you_mean("zzzz", known) == ""


def outcome(call: Callable[[str], object], text: str) -> str:
    """What a person gets: ``read`` or the message of the refusal; any other error gets through."""
    try:
        call(text)
    except InputError as told:
        return told.message
    return "read"


@given(st.text(st.sampled_from(" \t\n-:?[]{}&*!|>'\"%@`#,a1.~\\\r\x85\u2028\ufeff\x00é"), max_size=60))
def test_any_text_is_read_or_refused_with_a_message(text: str) -> None:
    assert outcome(read_yaml_text, text)


@settings(deadline=None)  # the first one reads the catalogue
@given(st.dictionaries(st.sampled_from(["id", "payload_kg", "stages", "shroud", "status"]), TREES))
def test_any_tree_is_a_missile_or_refused_with_a_message(tree: dict[str, Any]) -> None:
    assert outcome(load_missile, json.dumps(tree) + "\n")

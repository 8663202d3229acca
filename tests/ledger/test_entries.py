"""Entries: each kind reads back as it was signed, and what is not of its form is refused by its field."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.ledger import (
    KINDS,
    Declaration,
    Figure,
    LedgerError,
    Payload,
    Result,
    Signer,
    Word,
    canonical,
    compare,
    document_of,
    plain_body,
    read_body,
    read_entry,
    recompute,
    sign,
)
from equipoise.ledger.signing import DOMAIN, leaf_of
from house.commands import ROOT
from ledger.making import NAME, signer

AT = "2010-11-20T10:00:00Z"
EXAMPLES: dict[str, dict[str, Any]] = {
    "declaration": {
        "about": "a",
        "as_of": "2010-11-20",
        "documents": [{"name": "a.csv", "sha256": "ab" * 32}],
    },
    "commitment": {"about": "a", "scheme": "cells/v1", "root": "00ff", "leaves": 3},
    "result": {
        "of": "study",
        "inputs_digest": "aa",
        "code": "0.1.0",
        "settings": [{"name": "quick", "value": "yes"}],
        "figures": [{"name": "met", "value": "-12.50", "tolerance": "0.5", "unit": "s"}],
        "words": [{"name": "verdict", "value": "holds"}],
        "documents": [],
    },
    "finding": {
        "accord": "cfe",
        "obligation": "tanks",
        "about": "beta",
        "verdict": "complies",
        "reading": "text",
        "margin": "12",
        "digest": "aa",
    },
    "order": {"exercise": "e", "about": "a", "details": []},
    "veto": {"exercise": "e", "about": "a", "details": [{"name": "why", "value": "no track"}]},
    "release": {"exercise": "e", "about": "a", "details": []},
    "exercise-message": {"exercise": "e", "number": 7, "about": "a", "details": []},
    "key": {"name": "n", "public_key": "aa", "challenge": "bb", "proof": "cc"},
    "revocation": {"key": "n+00000000", "reason": "lost"},
}
ALPHA = signer("equipoise.example/alpha")


def entry(kind: str, who: Signer = ALPHA) -> bytes:
    return sign(Payload(NAME, "alpha", AT, read_body(kind, EXAMPLES[kind])), who).leaf


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_reads_back_as_it_was_signed(kind: str) -> None:
    leaf = entry(kind)
    read = read_entry(leaf)
    assert plain_body(read.payload.body) == EXAMPLES[kind]
    assert read.leaf == leaf
    assert list(json.loads(leaf)) == ["payload", "signature", "signer"]
    assert json.loads(leaf)["payload"]["kind"] == kind
    assert canonical(json.loads(leaf)) == leaf
    ALPHA.key.public_key().verify(read.signature, DOMAIN + canonical(json.loads(leaf)["payload"]))


def test_there_is_an_example_of_each_kind_that_the_record_knows() -> None:
    wanted = "declaration commitment result finding order key veto release revocation exercise-message"
    assert set(EXAMPLES) == set(KINDS) == set(wanted.split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_too_few_or_too_many_is_told_by_its_name(kind: str) -> None:
    for name in EXAMPLES[kind]:
        fewer = {key: value for key, value in EXAMPLES[kind].items() if key != name}
        with pytest.raises(LedgerError) as refused:
            read_body(kind, fewer)
        assert (refused.value.id, refused.value.field) == ("field-missing", name)
        for wrong in (1.5, None, {"a": "b"}, "" if isinstance(EXAMPLES[kind][name], list) else [], -1, True):
            with pytest.raises(LedgerError) as refused:
                read_body(kind, {**EXAMPLES[kind], name: wrong})
            assert refused.value.id == "field-form"
            assert refused.value.field == name
    with pytest.raises(LedgerError) as refused:
        read_body(kind, {**EXAMPLES[kind], "rumour": "x"})
    assert (refused.value.id, refused.value.field) == ("field-unknown", "rumour")


@pytest.mark.parametrize("day", ["", "soon", "20101120", "2010-11-31", "2010-11-20T00:00", "2010-W46-6"])
def test_a_declaration_is_true_on_a_day_of_the_calendar(day: str) -> None:
    with pytest.raises(LedgerError) as refused:
        read_body("declaration", {**EXAMPLES["declaration"], "as_of": day})
    assert (refused.value.id, refused.value.field) == ("field-form", "as_of")


def test_a_fault_inside_a_list_is_told_with_its_place() -> None:
    figures = [EXAMPLES["result"]["figures"][0], {"name": "b", "value": "1", "tolerance": "0"}]
    with pytest.raises(LedgerError) as refused:
        read_body("result", {**EXAMPLES["result"], "figures": figures})
    assert refused.value.field == "figures[1].unit"


@pytest.mark.parametrize(
    "value", ["1e3", "+1", "01", ".5", "1.", "NaN", "Infinity", "1,5", " 1", "--1", "", "0x1"]
)
def test_a_figure_is_plain_decimal_text(value: str) -> None:
    with pytest.raises(LedgerError):
        Figure("a", value, "0", "s")
    with pytest.raises(LedgerError):
        Figure("a", "1", value, "s")


def test_a_leaf_has_one_text() -> None:
    leaf = entry("veto")
    value = json.loads(leaf)
    others = (
        leaf + b"\n",
        leaf.replace(b'"about":', b'"about": '),
        json.dumps(value).encode(),
        leaf.replace(b'"e"', b'"\\u0065"'),
        leaf_of(canonical(value["payload"]), value["signer"] + "x", b"\x00" * 63),
        b'{"payload":{},"signature":"","signer":"x"}',
        canonical({**value, "more": 1}),
        canonical({**value, "signer": 1}),
        b"[]",
    )
    for other in others:
        with pytest.raises(LedgerError):
            read_entry(other)


@given(st.text(max_size=60).filter(lambda t: t.isprintable()))
def test_any_text_survives(text: str) -> None:
    body = Declaration(text, "2010-11-20")
    payload = Payload(NAME, "alpha", AT, body)
    assert read_entry(sign(payload, ALPHA).leaf).payload == payload


def stated(**changes: Any) -> Result:
    base = read_body("result", EXAMPLES["result"])
    assert isinstance(base, Result)
    return dataclasses.replace(base, **changes)


FIGURE = Figure("met", "-12.50", "0.5", "s")
CHANGES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "nothing": ({}, ()),
    "another version": ({"code": "9.9"}, ()),
    "a figure at its tolerance": ({"figures": (Figure("met", "-12", "0.5", "s"),)}, ()),
    "a figure beyond it": ({"figures": (Figure("met", "-11.9999999999999999", "0.5", "s"),)}, ("met",)),
    "a wider tolerance found here": ({"figures": (Figure("met", "0", "99", "s"),)}, ("met",)),
    "a narrower tolerance found here": ({"figures": (Figure("met", "-12", "0.25", "s"),)}, ("met",)),
    "another unit": ({"figures": (Figure("met", "-12.50", "0.5", "km"),)}, ("met",)),
    "a figure less": ({"figures": ()}, ("met",)),
    "a figure more": ({"figures": (FIGURE, Figure("b", "1", "0", ""))}, ("b",)),
    "another verdict": ({"words": (Word("verdict", "fails"),)}, ("verdict",)),
    "a verdict less": ({"words": ()}, ("verdict",)),
    "other inputs": ({"inputs_digest": "bb"}, ("inputs",)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_recomputation_agrees_within_each_stated_tolerance_or_says_what_does_not(what: str) -> None:
    changes, differing = CHANGES[what]
    found = stated(**changes)
    assert tuple(d.name for d in compare(stated(), found)) == differing
    outcome = recompute(stated(), {}, {"study": lambda result, documents: found})
    assert outcome.agrees is (not differing)
    assert (outcome.code_stated, outcome.code_here) == ("0.1.0", found.code)


def test_whoever_states_a_result_cannot_make_it_agree_by_its_form() -> None:
    """A tolerance that admits anything, and a name that stands twice so that one value is never compared."""
    true = stated(figures=(FIGURE,))
    wide = stated(figures=(Figure("met", "900", "99999", "s"),))
    assert [(d.name, d.tolerance) for d in compare(wide, true)] == [("met", "0.5")]
    twice = stated(figures=(Figure("met", "900", "0.5", "s"), FIGURE))
    assert [d.name for d in compare(twice, true)] == ["met"]
    words = (Word("verdict", "fails"), *true.words)
    assert [d.name for d in compare(stated(figures=(FIGURE,), words=words), true)] == ["verdict"]


def test_a_result_of_an_unknown_kind_is_not_guessed_at() -> None:
    with pytest.raises(LedgerError) as refused:
        recompute(stated(of="horoscope"), {}, {"study": lambda result, documents: result})
    assert refused.value.id == "result-kind"
    assert document_of("a.csv", b"").sha256.startswith("e3b0c442")


def test_the_reference_names_every_kind_and_field() -> None:
    page = (ROOT / "docs" / "reference" / "record-formats.md").read_text(encoding="utf-8")
    for kind, fields in EXAMPLES.items():
        row = next(line for line in page.splitlines() if line.startswith("|") and f"`{kind}`" in line)
        assert [f"`{name}`" for name in fields if f"`{name}`" not in row] == []

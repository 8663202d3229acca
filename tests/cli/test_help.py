"""Help: every verb has a worked example, under -h and --help, and reads as it did when last reviewed.

After a change that is meant, write the pages again with ``python -m cli.test_help`` in ``tests``, and
read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from house.commands import equipoise

PAGES = Path(__file__).parent / "help"
VERBS = (
    "",
    "study",
    "init",
    "catalogue",
    "catalogue list",
    "catalogue show",
    "catalogue sources",
    "catalogue check",
    "fly",
    "assess",
    "design",
    "prove",
    "prove claims",
    "prove measures",
    "prove purpose",
    "prove inspect",
    "prove schema",
    "prove breakout",
    "keep",
    "keep schema",
    "keep why",
    "keep concerns",
    "keep stance",
    "keep due",
    "keep diff",
    "keep revive",
    "ledger",
    "ledger key",
    "ledger init",
    "ledger append",
    "ledger log",
    "ledger verify",
    "ledger checkpoint",
    "ledger cosign",
    "ledger prove-entry",
    "ledger recompute",
    "ledger export",
    "ledger vectors",
    "bench",
)


def page(verb: str) -> Path:
    return PAGES / f"{verb.replace(' ', '-') or 'equipoise'}.txt"


@pytest.mark.parametrize("verb", VERBS)
def test_help_reads_as_reviewed(verb: str) -> None:
    asked = equipoise(*verb.split(), "--help")
    assert asked.returncode == 0
    assert asked.stdout == page(verb).read_text(encoding="utf-8")
    assert equipoise(*verb.split(), "-h").stdout == asked.stdout


@pytest.mark.parametrize("verb", [v for v in VERBS if v not in ("catalogue", "ledger")])
def test_help_has_a_worked_example(verb: str) -> None:
    assert f"  equipoise {verb}".rstrip() in page(verb).read_text(encoding="utf-8")


def test_no_page_is_left_over() -> None:
    assert {p.name for p in PAGES.iterdir()} == {page(v).name for v in VERBS}


if __name__ == "__main__":
    PAGES.mkdir(exist_ok=True)
    for each in VERBS:
        page(each).write_text(equipoise(*each.split(), "--help").stdout, encoding="utf-8")

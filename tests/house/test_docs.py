"""README and docs: every example runs, every link leads somewhere, every verb and message is described."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from equipoise.accords.messages import MESSAGES as ACCORD_MESSAGES
from equipoise.cli.messages import MESSAGES as COMMAND_MESSAGES
from equipoise.guarantee import private
from equipoise.ledger import MESSAGES as LEDGER_MESSAGES
from equipoise.scenario.messages import MESSAGES as FACTS_MESSAGES
from equipoise.threats.messages import MESSAGES as THREAT_MESSAGES
from house.commands import ROOT, run
from house.examples import check, examples

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
WITH_EXAMPLES = [page for page in PAGES if any(examples(page))]
STATED_ELSEWHERE = ("make ", "git clone")


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_example_runs_and_prints_what_the_page_says(page: Path, tmp_path: Path) -> None:
    for extra in page.parent.glob("*.yaml"):
        shutil.copy(extra, tmp_path)
    for example in examples(page):
        if not example.text.startswith(STATED_ELSEWHERE):
            check(example, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if "://" not in t and not (page.parent / t).exists()] == []


def test_the_made_pages_are_what_the_program_makes() -> None:
    made = run((sys.executable, str(ROOT / "docs" / "generate.py"), "--check"))
    assert made.returncode == 0, made.stdout + made.stderr


def test_every_message_that_can_end_a_command_is_described() -> None:
    page = (ROOT / "docs" / "reference" / "messages.md").read_text(encoding="utf-8")
    every = (*COMMAND_MESSAGES, *FACTS_MESSAGES, *ACCORD_MESSAGES, *LEDGER_MESSAGES, *private.MESSAGES)
    assert [id for id in (*every, *THREAT_MESSAGES) if f"`{id}`" not in page] == []


def test_the_index_of_the_docs_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [p for p in (ROOT / "docs").rglob("*") if p.suffix in (".md", ".ipynb") and p.name != "README.md"]
    assert [str(p) for p in pages if f"({p.relative_to(ROOT / 'docs')})" not in index] == []

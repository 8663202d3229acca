"""Write the pages of the docs that are made from the program: ``python docs/generate.py [--check]``.

With ``--check`` nothing is written, and it fails where a page is not what the program would make now.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from equipoise.accords import ACCORDS, find_accord, load_facts, schema_json
from equipoise.accords.messages import MESSAGES as ACCORD_MESSAGES
from equipoise.cli.messages import MESSAGES as COMMAND_MESSAGES
from equipoise.guarantee import private
from equipoise.ledger import MESSAGES as LEDGER_MESSAGES
from equipoise.scenario import list_entries, operands_example, write_starter
from equipoise.scenario.messages import MESSAGES as FACTS_MESSAGES
from equipoise.threats.messages import MESSAGES as THREAT_MESSAGES

DOCS = Path(__file__).resolve().parent
VERBS = (
    "study",
    "init",
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


def help_of(verb: str) -> str:
    """What ``equipoise VERB --help`` prints, at a fixed width."""
    command = (sys.executable, "-m", "equipoise.cli", *verb.split(), "--help")
    env = {"COLUMNS": "100", "TERM": "dumb", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.rstrip()


def cli_page() -> str:
    """Every verb with its help."""
    parts = [
        "# The command",
        "Made from the program by `make docs`. Every verb takes `-h` and `--help`; with `--json` it prints "
        "one JSON object on standard output and nothing else. Progress goes to standard error.",
        "| exit code | meaning |\n|---|---|\n| 0 | done |\n"
        "| 1 | the answer is no, where the verb asks a yes/no question |\n"
        "| 2 | bad input: the message says where, what was found and what would do |\n"
        "| 70 | a fault of ours; `EQUIPOISE_DEBUG=1` shows the traceback |\n"
        "| 130 | interrupted; nothing was written |",
        "```text\n" + help_of("") + "\n```",
    ]
    parts += [f"## {verb}\n\n```text\n{help_of(verb)}\n```" for verb in VERBS]
    return "\n\n".join(parts) + "\n"


def messages_page() -> str:
    """Every message that bad input or a fault can end with, by id: the command's own, and those of "
    "declared facts."""
    own = {id: (message.text, message.hint) for id, message in COMMAND_MESSAGES.items()}
    facts = {id: (text, hint or "") for id, (text, hint) in FACTS_MESSAGES.items()}
    accords = {id: (text, hint or "") for id, (text, hint) in ACCORD_MESSAGES.items()}
    record = {id: (text, hint or "") for id, (text, hint) in LEDGER_MESSAGES.items()}
    parts = [
        "# Messages",
        "Made from the program by `make docs`. A message stands on standard error as `error[id]: ...`, "
        "with the file, "
        "line, column and field before it where there are such, and what would do on the line after. "
        "Braces are "
        "filled in.",
    ]
    tables = (
        ("The command", own),
        ("Declared facts and files", facts),
        ("Announced flights", dict(THREAT_MESSAGES)),
        ("Accords", accords),
        ("The record", record),
        ("The private check", private.MESSAGES),
    )
    for title, messages in tables:
        rows = [
            f"| `{id}` | {_cell(text)} | {_cell(hint)} |" for id, (text, hint) in sorted(messages.items())
        ]
        parts += [f"## {title}", "\n".join(["| id | says | what would do |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def scenario_page() -> str:
    """The commented scenario that ``equipoise init`` writes: every field, once."""
    with TemporaryDirectory() as folder:
        text = write_starter(Path(folder) / "starter")[0].read_text(encoding="utf-8")
    parts = [
        "# The fields of a scenario and of a missile",
        "Made from the program by `make docs`. This is the scenario that `equipoise init DIR` writes: "
        "every field stands "
        "in it with a comment. A missile of one's own is one entry under `missiles`, alone in its file. "
        "The rules for "
        "sources and status words are in [the catalogue](catalogue.md).",
        f"```yaml\n{text.rstrip()}\n```",
    ]
    return "\n\n".join(parts) + "\n"


def operands_page() -> str:
    """The commented operand file that ``equipoise prove schema`` prints: every field, once."""
    parts = [
        "# The fields of an operand file",
        "Made from the program by `make docs`. This is the file that `equipoise prove schema` prints, to be "
        "changed and judged with `equipoise prove --operands FILE`. How to use it: "
        "[judge operands of your own](../how-to/own-operands.md).",
        f"```yaml\n{operands_example().rstrip()}\n```",
    ]
    return "\n\n".join(parts) + "\n"


def catalogue_page() -> str:
    """Everything that the catalogue holds, by kind."""
    parts = [
        "# What the catalogue holds",
        "Made from the program by `make docs`. `equipoise catalogue show ID` shows one entry with the "
        "source of each "
        "figure. The status is how well it is known: `read` was seen in the named source; `reported` a "
        "secondary "
        "source says that another says so; `derived` worked out from figures of the same source; "
        "`computed` worked out "
        "for this collection; `assumed` from memory or inferred; `unknown` looked for and not found. An "
        "entry "
        "under test or comparison only stays out of scenarios.",
    ]
    by_kind: dict[str, list[str]] = {}
    for e in list_entries():
        line = f"| `{e.id}` | {_cell(e.name)} | {_cell(e.about)} | {e.status} |"
        by_kind.setdefault(e.kind, ["| id | name | of | status |", "|---|---|---|---|"]).append(line)
    for kind, rows in by_kind.items():
        parts += [f"## {kind}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def accords_page() -> str:
    """Each accord with its terms, its readings and the further facts that it asks for."""
    parts = [
        "# The accords and their readings",
        "Made from the program by `make docs`. `equipoise keep ACCORD --as-of DATE` judges one of them. A "
        "reading is one way to take a disputed operand; `as written` takes the text alone. The terms are in "
        "our own words, each with its article, status and source.",
    ]
    for name in ACCORDS:
        accord = find_accord(name)
        terms = (
            ("withdrawal", accord.withdrawal),
            ("disputes", accord.disputes),
            ("what a breach entitles to", accord.remedy),
        )
        lines = [f"- binding force: {accord.force}"]
        for term, clause in terms:
            beside = "; ".join(p for p in (clause.article, clause.status, clause.source) if p)
            lines.append(f"- {term}: {_cell(clause.says)} ({_cell(beside)})")
        if accord.options:
            lines.append(f"- further facts, as `--with NAME=VALUE`: {', '.join(accord.options)}")
        parts += [f"## {name}", accord.title + ".", "\n".join(lines)]
        rows = []
        for r in accord.readings:
            takes = "; ".join(f"{operand}: {choice}" for operand, choice in r.choices)
            reading = f"`{r.name}`" if r.name else "as written"
            rows.append(f"| {reading} | {_cell(r.says)} | {_cell(takes)} | {r.status} |")
        parts.append("\n".join(["| reading | says | takes | status |", "|---|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def declarations_page() -> str:
    """The columns of a file of declarations, and every word that may stand in them."""
    told = schema_json(load_facts())
    columns = [f"| `{c['name']}` | {c['needed']} | {_cell(c['meaning'])} |" for c in told["columns"]]
    zones = [f"| `{z['name']}` | {z['within'] or ''} | {_cell(z['says'])} |" for z in told["zones"]]
    parts = [
        "# The columns of a file of declarations",
        "Made from the program by `make docs`; `equipoise keep schema` prints the same. The file is CSV in "
        "UTF-8 without a byte order mark, with commas, columns in any order, and at most 4 million bytes. "
        "Its rows stand beside what ships. Of one day, two figures that differ make an interval, and a later "
        "statement by the same declarer corrects the earlier. A figure speaks for its day and the year after "
        "it.",
        "\n".join(["| column | filled | meaning |", "|---|---|---|", *columns]),
        f"```text\n{told['example'].rstrip()}\n```",
        "\n".join(["| zone | within, or another name of | what it is |", "|---|---|---|", *zones]),
        *(f"{name.capitalize()}: {', '.join(told[name])}." for name in ("states", "categories", "parties")),
    ]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


PAGES: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
    "reference/messages.md": messages_page,
    "reference/scenario.md": scenario_page,
    "reference/operands.md": operands_page,
    "reference/accords.md": accords_page,
    "reference/declarations.md": declarations_page,
    "reference/catalogue.md": catalogue_page,
}


def main(check: bool) -> int:
    """Write each page, or say which are stale; the number of stale pages ends as the exit code."""
    stale = 0
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if check:
            stale += 1
            print(f"docs/{name} is not what the program makes now; run `make docs`")
        else:
            path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))

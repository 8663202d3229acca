"""``equipoise prove --private``: one bit about what neither side shows."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from equipoise.cli import choices
from equipoise.cli.messages import bad_input
from equipoise.cli.output import Progress, emit_json, emit_line, emit_table
from equipoise.cli.rim import ANSWER_NO

if TYPE_CHECKING:
    from equipoise.guarantee import private as check
    from equipoise.scenario import Scenario

NODE = (sys.executable, "-m", "equipoise.cli", "prove", "--private")
"""How a process of a demonstration is started: by the command that a party gives on its own machine."""


@dataclass(frozen=True)
class Asked:
    """The options of the private check."""

    role: str | None
    peers: str | None
    commit: bool
    consent: bool
    set_up: str | None
    keep: str | None
    record: str | None
    policy: str | None

    @property
    def any(self) -> bool:
        """Whether one of them was given."""
        words = (self.role, self.peers, self.set_up, self.keep, self.record, self.policy)
        return self.commit or self.consent or any(words)

    def place(self) -> check.RecordPlace | None:
        """Where the record is, if one was given."""
        return record_place(self.record, self.policy)


def record_place(record: str | None, policy: str | None) -> check.RecordPlace | None:
    """The folder of a record and one's own copy of its policy; None where no record was given."""
    from equipoise.guarantee import private as check

    if record is None:
        if policy is not None:
            raise bad_input("policy-alone", field="--policy")
        return None
    return check.RecordPlace(Path(record), None if policy is None else Path(policy))


def private(
    scenario: str, architecture: list[str] | None, protects: str | None, asked: Asked, json: bool
) -> None:
    """Take one role, write a check's files, or show the whole on one machine."""
    if (asked.role is None) != (asked.peers is None):
        raise bad_input("private-role", field="--as" if asked.role is None else "--peers")
    if asked.role is not None and asked.peers is not None:
        with _without_figures():
            _one_role(asked.role, asked.peers, asked, json)
        return
    for option in ("commit", "consent", "record", "policy"):
        if getattr(asked, option):
            raise bad_input("private-role", field=f"--{option}")
    from equipoise.scenario import load_scenario

    declared = load_scenario(scenario)
    pairs = _pairs(declared, architecture, protects)
    source = str(Path(scenario).resolve()) if Path(scenario).exists() else scenario
    if asked.set_up is not None:
        _set_up(declared, source, pairs[0], asked.set_up, json)
        return
    _demonstrate(declared, source, pairs, asked.keep, json, yes_or_no=protects is not None)


@contextmanager
def _without_figures() -> Iterator[None]:
    """A fault of ours is told by its kind alone: its words may hold a figure of the side that it happened to.

    What is raised on purpose (bad input, an answer, an interrupt) passes.
    """
    from equipoise.ledger import LedgerError
    from equipoise.scenario import InputError

    try:
        yield
    except (InputError, LedgerError, typer.Exit, typer.Abort):
        raise
    except Exception as fault:
        kind = type(fault).__name__
    else:
        return
    words = f"{kind} while a role was played; its words may hold a figure and are not shown"
    raise RuntimeError(words) from None


def _one_role(role: str, peers: str, asked: Asked, json: bool) -> None:
    """One role by itself: commit, agree to a further run, or take part."""
    from equipoise.guarantee import private as check
    from equipoise.scenario import load_peers

    known = {each.casefold(): each for each in check.ROLES}
    if role.casefold() not in known:
        raise bad_input("private-no-role", field="--as", found=role, known=", ".join(check.ROLES))
    me, place = known[role.casefold()], asked.place()
    if place is not None and asked.commit:
        raise bad_input("private-too-early", field="--record")
    file = load_peers(peers)
    folder = check.Folder(file.path.parent / me, me)
    with Progress() as progress:
        if asked.commit:
            root = check.make_commitment(folder, file, progress).hex()
            _say(json, {"role": me, "root": root}, f"{me} has committed to {root}")
            return
        if asked.consent:
            signed = check.sign_consent(folder, file, progress, place).hex()
            _say(json, {"role": me, "consent": signed}, f"put this under run.consent.{me}: {signed}")
            return
        ran = check.take_part(folder, file, progress, place)
    word, said = ran.outcome.word, check.ran_to_json(ran)
    text = f"{word}: " + "; ".join(part for part in (said["reason"], said["means"]) if part)
    count = f"bits opened by this commitment so far, at most: {ran.bits_opened}"
    _say(json, said, text, count, said["roots"], *check.PROMISE, f"record: {ran.record}")
    if word != "holds":
        raise typer.Exit(ANSWER_NO)


def _say(json: bool, value: dict[str, Any], *lines: str) -> None:
    if json:
        emit_json(value)
        return
    for line in lines:
        emit_line(line)


def _pairs(
    scenario: Scenario, architecture: list[str] | None, protects: str | None
) -> tuple[tuple[str, str], ...]:
    """(architecture, protected party); without a choice the proposal with the slowest interceptors."""
    from equipoise.guarantee import private as check

    chosen, party = choices.architectures(scenario, architecture), choices.party(scenario, protects)
    every = [(a.id, p) for a, p, _ in check.proposals(scenario, own_systems=chosen is not None)]
    found = tuple(
        (a, p) for a, p in every if (chosen is None or a in chosen) and (party is None or p == party)
    )
    if not found:
        raise bad_input("private-nothing", field="--architecture" if chosen else "--protects")
    return found if chosen else found[:1]


def _set_up(scenario: Scenario, source: str, pair: tuple[str, str], folder: str, json: bool) -> None:
    from equipoise.guarantee import private as check

    architecture, party = pair
    with Progress() as progress:
        progress("flying the protected missiles")
        inputs = check.inputs_of(scenario, scenario.architectures[architecture], party, source)
        path = check.write_check(Path(folder), scenario, inputs)
    value = {"peers": str(path), "architecture": architecture, "protects": party}
    lines = (
        f"{architecture}, protecting {party}: {path}",
        f"next: equipoise prove --private --as A --peers {path} --commit; the same as B; then all three run",
    )
    _say(json, value, *lines)


def _demonstrate(
    scenario: Scenario,
    source: str,
    pairs: tuple[tuple[str, str], ...],
    keep: str | None,
    json: bool,
    *,
    yes_or_no: bool,
) -> None:
    """Every pair on this machine, three processes each."""
    from equipoise.guarantee import private as check

    rows = []
    with Progress() as progress, tempfile.TemporaryDirectory(prefix="equipoise-private-") as beside:
        for number, (architecture, party) in enumerate(pairs, 1):
            progress(f"{architecture}: flying the missiles of {party}")
            inputs = check.inputs_of(scenario, scenario.architectures[architecture], party, source)
            folder = Path(keep or beside) / (f"{number}-{architecture}" if len(pairs) > 1 else architecture)
            rows.append(check.verdict_to_json(check.demonstrate(scenario, inputs, folder, NODE, progress)))
    note = "The inputs are what the scenario's sources publish: this shows how the check goes, not a secret."
    if json:
        value = {"scenario": scenario.id, "digest": scenario.digest, "guarantees": rows}
        emit_json({**value, "note": f"{note} {' '.join(check.PROMISE)}"})
    else:
        _show(scenario.id, rows, f"{note}\n" + "\n".join(check.PROMISE))
    if yes_or_no and any(row["verdict"] != "holds" for row in rows):
        raise typer.Exit(ANSWER_NO)


_SIGNS = {"holds": "✓ holds", "not shown": "◐ not shown", "not reached": "– not reached"}


def _show(scenario: str, rows: list[dict[str, Any]], note: str) -> None:
    emit_table(
        f"Private check of {scenario}",
        (
            "architecture",
            "protects",
            "verdict",
            "entries",
            "megabytes sent",
            "commit (s)",
            "run (s)",
            "bits opened",
        ),
        [
            (
                row["architecture"],
                row["protects"],
                _SIGNS[row["verdict"]],
                f"{row['domain']['entries']:,}",
                f"{sum(row['bytes_sent'].values()) / 1e6:.1f}",
                f"{row['seconds']['commit']:.1f}",
                f"{row['seconds']['run']:.1f}",
                str(row["bits_opened"]),
            )
            for row in rows
        ],
        note=note,
    )
    for row in rows:
        said = "; ".join(part for part in (row["reason"], row["means"]) if part)
        emit_line(f"{row['architecture']}: {said}")
        emit_line(row["roots"])

"""``equipoise prove inspect --peers``: opening entries of a commitment, and a run played again."""

from __future__ import annotations

import json as text
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from equipoise.cli.messages import bad_input
from equipoise.cli.output import Progress, emit_json, emit_line, emit_table, write_whole
from equipoise.cli.plain import plain
from equipoise.cli.rim import ANSWER_NO

if TYPE_CHECKING:
    from equipoise.guarantee import private
    from equipoise.scenario import PeersFile


@dataclass(frozen=True)
class Opening:
    """The options of an inspection of a private check."""

    peers: str
    role: str | None
    entry: Sequence[int]
    at: Sequence[str]
    out: str | None
    opened: str | None
    place: private.RecordPlace | None
    """The record to hold the roots against."""


def inspect_private(asked: Opening, json: bool) -> None:
    """Open entries, check an opening, or play the whole run again."""
    from equipoise.scenario import load_peers

    peers = load_peers(asked.peers)
    held = _held(peers, asked.place)
    if asked.role is not None:
        _open(peers, asked, json)
    elif asked.opened is not None:
        _check(peers, Path(asked.opened), held, json)
    else:
        _replay(peers, held, json)


def _held(peers: PeersFile, place: private.RecordPlace | None) -> private.HeldRoots | None:
    """The commitments as they stand in the record, where one was given: before any result of the run."""
    from equipoise.guarantee import private as check

    if place is None:
        return None
    terms = check.terms_of(peers, check.domain_for(peers))
    return check.hold_roots(peers, terms, place, after_the_run=True)


def _open(peers: PeersFile, asked: Opening, json: bool) -> None:
    """A party opens entries that an inspector chose."""
    from equipoise.guarantee import private as check

    parties: dict[str, private.Role] = {"a": "A", "b": "B"}
    role = parties.get((asked.role or "").casefold())
    if role is None:
        raise bad_input("private-no-role", field="--as", found=asked.role, known="A, B")
    if asked.out is None or not (asked.entry or asked.at):
        raise bad_input("private-opening", field="--out" if asked.out is None else "--entry")
    chosen = list(asked.entry)
    if asked.at:
        domain = check.domain_for(peers)
        chosen += [check.entry_at(domain, *_moment(words)) for words in asked.at]
    with Progress() as progress:
        progress("hashing the entries")
        value = check.open_entries(check.Folder(peers.path.parent / role, role), peers, chosen)
    write_whole(asked.out, text.dumps(value, indent=2) + "\n")
    if json:
        emit_json({"role": role, "entries": chosen, "file": asked.out})
    else:
        emit_line(f"{len(chosen)} entries of {role} opened: {asked.out}")


def _moment(words: str) -> tuple[float, float, float, float]:
    """LAT,LON,ALTITUDE_KM,TIME_S as numbers."""
    try:
        lat, lon, altitude, time = (float(part) for part in words.split(","))
        if not all(math.isfinite(number) for number in (lat, lon, altitude, time)):
            raise ValueError
    except ValueError:
        raise bad_input("private-moment", field="--at", found=words) from None
    return lat, lon, altitude, time


def _check(peers: PeersFile, file: Path, held: private.HeldRoots | None, json: bool) -> None:
    """Is what was opened what had been committed to?"""
    from equipoise.guarantee import private as check

    role, leaves = check.check_opening(peers, file)
    valid = all(leaf.valid for leaf in leaves)
    root = (peers.roles[role].root or b"").hex()
    if json:
        said = {"held_against": check.held_to_json(held), "roots": check.roots_words(held)}
        emit_json({"valid": valid, "role": role, "root": root, "leaves": plain(leaves), **said})
    else:
        emit_table(
            f"Entries that {role} opened",
            ("entry", "cell about", "altitude (km)", "from (s)", "to (s)", "says", "committed"),
            [
                (
                    str(leaf.entry),
                    f"{leaf.lat_deg:g}, {leaf.lon_deg:g}",
                    f"{leaf.altitude_km:g}",
                    f"{leaf.from_s:g}",
                    f"{leaf.to_s:g}",
                    "may be there" if leaf.value else "never there",
                    "✓ yes" if leaf.valid else "✗ no",
                )
                for leaf in leaves
            ],
            note=f"Held against the card of {role}, root {root}. {check.roots_words(held)}",
        )
    if not valid:
        raise typer.Exit(ANSWER_NO)


def _replay(peers: PeersFile, held: private.HeldRoots | None, json: bool) -> None:
    """Does everything follow from the opened folders?"""
    from equipoise.guarantee import private as check

    with Progress() as progress:
        progress("making both vectors anew and playing the run again")
        found = check.inspect_run(peers)
    if json:
        said = {"held_against": check.held_to_json(held), "roots": check.roots_words(held)}
        emit_json({"follows": found.good, "verdict": found.said, **plain(found), **said})
    else:
        for role, fits in found.vector_follows:
            word = "follows" if fits else "does not follow"
            emit_line(f"{role}: the committed vector {word} from its inputs")
        cheat = found.replay.cheat
        emit_line(f"{cheat}: {found.replay.what}" if cheat else found.replay.what)
        bit = "holds" if found.replay.zero else "not shown"
        emit_line(f"the run said: {found.said}; the inputs say: {bit}")
        emit_line(check.roots_words(held))
    if not found.good:
        raise typer.Exit(ANSWER_NO)

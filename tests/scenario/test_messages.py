"""The table of messages: every entry can be made to appear, and its fields are named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from equipoise.scenario import (
    Area,
    InputError,
    check_file,
    fill_area,
    find_country,
    find_mode,
    list_entries,
    load_missile,
    load_operands,
    load_peers,
    load_scenario,
    load_shooters,
    read_csv,
    show_entry,
    write_starter,
)
from equipoise.scenario.messages import MESSAGES, fault
from equipoise.scenario.reading.yaml_text import SIZE_LIMIT
from guarantee.private.test_node import PEERS

from .faults import EDITS, bad_files, edited
from .operand_faults import NEAR, WRONG


def collect(into: set[str], call: Callable[..., object], *args: object) -> None:
    """Note the id of the error that a call must raise."""
    with pytest.raises(InputError) as caught:
        call(*args)
    into.add(caught.value.id)


def test_every_message_appears(tmp_path: Path) -> None:
    seen: set[str] = set()
    for path in bad_files():
        collect(seen, load_missile if path.name == "several_missiles.yaml" else check_file, path)
    (own,) = write_starter(tmp_path / "own")
    starter = own.read_text("utf-8")
    for edit in EDITS:
        own.write_text(edited(starter, edit)[0], "utf-8")
        collect(seen, load_scenario, own)
    large = tmp_path / "large.yaml"
    large.write_text("#" * (SIZE_LIMIT + 1), "utf-8")
    collect(seen, check_file, large)
    long = tmp_path / "long.csv"
    long.write_text('id,name\n"' + "x" * 200_000, "utf-8")
    collect(seen, read_csv, long, ("id", "name"))
    collect(seen, check_file, tmp_path / "none.yaml")
    collect(seen, check_file, tmp_path)
    collect(seen, write_starter, own.parent)
    collect(seen, write_starter, own / "below-a-file")
    lisbon = load_scenario("lisbon-2010")
    land = Area("box", (49.0, 50.0), (10.0, 11.0), "assumed", sea=True)
    collect(seen, load_scenario, "lisbon-2011")
    collect(seen, show_entry, "gbi4")
    collect(seen, list_entries, "rockets")
    collect(seen, find_country, "Atlantis")
    collect(seen, find_mode, lisbon, "dual")
    collect(seen, fill_area, land, 2)
    secret = tmp_path / "inputs.yaml"
    secret.write_text("interceptors: []", "utf-8")
    collect(seen, load_shooters, secret)
    peers = tmp_path / "peers.yaml"
    peers.write_text(PEERS.format(run="zz", a=1, b=2, o=3), "utf-8")
    collect(seen, load_peers, peers)
    mine = tmp_path / "operands.yaml"
    for wrong in (*WRONG, *NEAR):
        mine.write_text(wrong.text, "utf-8")
        collect(seen, load_operands, mine, lisbon)
    assert set(MESSAGES) - seen == set()


@pytest.mark.parametrize("id", sorted(MESSAGES))
def test_the_fields_of_a_message_are_named(id: str) -> None:
    text, hint = MESSAGES[id]
    names = set(re.findall(r"{(\w+)}", text + (hint or "")))
    told = fault(id, **{name: f"<{name}>" for name in names})
    assert told.id == id
    for name in names:
        assert f"<{name}>" in str(told)
    assert "{" not in told.message

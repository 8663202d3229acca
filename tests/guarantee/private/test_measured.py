"""What is said of the check in figures: how often it cries wolf; published inputs give the run's bit."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np

from equipoise.guarantee.private.outward.crying_wolf import MARGINS_S, crying_wolf
from equipoise.guarantee.private.outward.flights import flight_vector
from equipoise.guarantee.private.outward.reach import reach_bins, reach_vector
from equipoise.guarantee.private.published import published_check
from equipoise.guarantee.private.set_up import inputs_of, proposals
from equipoise.scenario import load_catalogue, load_scenario, swap_parties, write_starter
from guarantee.private.rooms import play

PRIVATE = Path(__file__).resolve().parents[3] / "src" / "equipoise" / "guarantee" / "private"


def test_finer_cells_cry_wolf_less_and_no_case_is_shown_that_does_not_hold() -> None:
    models = load_catalogue().missile_models
    missiles = [models[name].missile for name in ("ss-19-assumed", "topol-assumed")]
    fine, coarse = crying_wolf(missiles, 1, 3, ((100_000, 30_000), (150_000, 60_000)))
    assert 0.0 < fine.smear_s[0] < coarse.smear_s[0]
    assert fine.entries > coarse.entries
    for row in (fine, coarse):
        assert len(row.not_shown) == len(MARGINS_S)
        assert list(row.not_shown) == sorted(row.not_shown, reverse=True)
    assert fine.not_shown[2] <= coarse.not_shown[2]


def test_published_inputs_give_the_bit_that_a_run_opens(tmp_path: Path) -> None:
    (own,) = write_starter(tmp_path / "own")
    scenario = load_scenario(own)
    architecture, party, _ = next(iter(proposals(scenario)))
    inputs = inputs_of(scenario, architecture, party, str(own))
    found = published_check(scenario, inputs)
    a = reach_vector(found.domain, reach_bins(found.domain, inputs.shooters))
    b = flight_vector(found.domain, [flyer for _, _, flyer in inputs.flyers]).value
    assert {o.word for o in play(a, b)[0].values()} == {found.word}
    assert (found.share_reached, found.share_flown) == (np.mean(a), np.mean(b))


def test_swapping_the_parties_swaps_whom_it_protects_and_nothing_else(tmp_path: Path) -> None:
    (own,) = write_starter(tmp_path / "own")
    plain = load_scenario(own)
    swapped = swap_parties(plain)
    words = {}
    for scenario in (plain, swapped):
        architecture, party, _ = next(iter(proposals(scenario)))
        found = published_check(scenario, inputs_of(scenario, architecture, party, str(own)))
        names = [p.id for p in scenario.parties]
        words[names.index(party)] = (architecture.id, found.word, len(found.domain), found.share_flown)
    assert len(words) == 2
    assert len(set(words.values())) == 1


def test_nothing_that_is_shipped_unpickles_or_imports_the_judge() -> None:
    imported = {
        name.split(".")[0]
        for path in PRIVATE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert not imported & {"pickle", "marshal", "shelve", "dill", "mpyc", "random"}

"""Nobody rewrites history: not the log with its key, not by an older copy, not with two views, not by a
clock.
"""

from __future__ import annotations

import itertools
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from equipoise.ledger import (
    LedgerError,
    Payload,
    Revocation,
    audit,
    check_checkpoint,
    compare_checkpoints,
    open_checkpoint,
    open_ledger,
    quorum_row,
    quorum_table,
    read_entry,
    sign,
    stated_time,
)
from ledger.making import COSIGNERS, NAME, Cast, declaration


def statuses(answers: list) -> list[int]:
    return [answer.status for answer in answers]


def test_rewritten_history_is_refused_by_every_witness_and_shown_by_verify(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    honest = cast.ledger("honest", ["a", "b", "c"])
    assert statuses(cast.checkpoint(honest)) == [200, 200, 200]
    with open_ledger(honest) as ledger:
        old_note, old = ledger.latest() or pytest.fail("no checkpoint")
    rewritten = cast.ledger("rewritten", ["a", "another b", "c", "d"])
    assert statuses(cast.checkpoint(rewritten)) == [422, 422, 422]
    for party in cast.parties.values():
        with party.memory() as memory:
            (kept,) = memory.evidence(NAME)
            assert check_checkpoint(kept, cast.policy).size == 7
            assert memory.latest(NAME) == old
    with open_ledger(rewritten) as ledger:
        found = audit(ledger.store, cast.policy, against=old)
    assert found.first_bad is None
    assert found.quorum_at is None
    assert not found.good
    assert found.against is not None
    assert found.against.root_then == old.root.hex() != found.against.root_now
    assert "rewritten" in found.against.problem
    with open_ledger(honest) as ledger:
        assert audit(ledger.store, cast.policy, against=open_checkpoint(old_note.whole, cast.policy)[1]).good


def test_the_log_itself_signs_nothing_that_does_not_extend_what_it_signed(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    folder = cast.ledger(texts=["a", "b"])
    cast.checkpoint(folder, [])
    with open_ledger(folder, write=True) as ledger:
        ledger.store._connection.execute("UPDATE entries SET hash = zeroblob(32) WHERE place = 4")
        cast.declare(ledger, ["c"])
        with pytest.raises(LedgerError) as refused:
            ledger.checkpoint(cast.log)
    assert refused.value.id == "history-rewritten"


def two_views(cast: Cast) -> tuple[Path, Path]:
    """Two trees of one size under one policy, both signed by the log."""
    views = cast.ledger("one", ["a", "b"]), cast.ledger("two", ["a", "not b"])
    for view in views:
        cast.checkpoint(view, [])
    return views


def quorums(
    cast: Cast, views: tuple[Path, Path], asked: tuple[tuple[str, ...], tuple[str, ...]]
) -> list[bool]:
    """Whether each view reaches the quorum when these cosigners are asked for it, the first view first."""
    reached = []
    for view, names in zip(views, asked, strict=True):
        with open_ledger(view, write=True) as ledger:
            for name in names:
                cast.cosign(ledger, name)
            note = ledger.latest() or pytest.fail("no checkpoint")
            reached.append(open_checkpoint(note[0].whole, cast.policy)[2])
    return reached


@pytest.mark.parametrize("asked", list(itertools.product((0, 1, 2), repeat=3)), ids=str)
def test_two_trees_of_one_size_never_both_reach_the_quorum(tmp_path: Path, asked: tuple[int, ...]) -> None:
    """Each honest cosigner is asked for the first view, the second, or both."""
    cast = Cast(tmp_path)
    first = tuple(n for n, which in zip(COSIGNERS, asked, strict=True) if which in (0, 2))
    second = tuple(n for n, which in zip(COSIGNERS, asked, strict=True) if which in (1, 2))
    assert not all(quorums(cast, two_views(cast), (first, second)))


@pytest.mark.parametrize(("cosigners", "least"), [(3, 3), (3, 2), (4, 3), (4, 4), (5, 4)])
def test_the_quorum_table_is_what_happens(tmp_path: Path, cosigners: int, least: int) -> None:
    """With as many dishonest cosigners as the table excludes both views never pass; with one more they do."""
    row = quorum_row(cosigners, least)
    names = tuple(f"w{n}" for n in range(cosigners))
    for dishonest in (row.dishonest_excluded, row.dishonest_excluded + 1):
        cast = Cast(tmp_path / str(dishonest), names, least)
        views = two_views(cast)
        liars, honest = names[:dishonest], names[dishonest:]
        split = least - dishonest
        reached = quorums(cast, (views[0], views[0]), (liars + honest[:split], ()))[:1]
        for liar in liars:
            (cast.folder / f"{liar}.seen").unlink()
        reached += quorums(cast, (views[1], views[1]), (liars + honest[split:], ()))[:1]
        assert all(reached) is (dishonest > row.dishonest_excluded)


def test_the_table_shows_what_the_documents_recommend() -> None:
    table = {(row.cosigners, row.least): row for row in quorum_table()}
    assert (table[3, 3].dishonest_excluded, table[3, 3].absent_allowed) == (2, 0)
    assert (table[3, 2].dishonest_excluded, table[3, 2].absent_allowed) == (0, 1)
    assert (table[4, 3].dishonest_excluded, table[4, 3].absent_allowed) == (1, 1)


def test_two_checkpoints_of_one_size_prove_misbehaviour_to_anybody(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    views = two_views(cast)
    with open_ledger(views[0], write=True) as ledger:
        cast.cosign(ledger, "beta")
    (tmp_path / "beta.seen").unlink()
    with open_ledger(views[1], write=True) as ledger:
        cast.cosign(ledger, "beta")
    notes = []
    for view in views:
        with open_ledger(view) as ledger:
            notes.append((ledger.latest() or pytest.fail("none"))[0].whole)
    proof = compare_checkpoints(notes[0], notes[1], cast.policy)
    assert proof is not None
    assert (proof.size, proof.signed_both, len(set(proof.roots))) == (5, ("beta",), 2)
    assert compare_checkpoints(notes[0], notes[0], cast.policy) is None
    with pytest.raises(LedgerError):
        compare_checkpoints(notes[0], notes[1], Cast(tmp_path / "others").policy)


def test_yesterdays_file_is_found(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    folder = cast.ledger(texts=["a"])
    cast.checkpoint(folder)
    shutil.copytree(folder, tmp_path / "yesterday")
    with open_ledger(folder, write=True) as ledger:
        cast.declare(ledger, ["b", "c"])
    cast.checkpoint(folder)
    with open_ledger(folder) as ledger:
        _, today = ledger.latest() or pytest.fail("no checkpoint")
    shutil.rmtree(folder)
    (tmp_path / "yesterday").rename(folder)
    with open_ledger(folder) as ledger:
        found = audit(ledger.store, cast.policy, against=today)
    assert not found.good
    assert found.against is not None
    assert "older copy" in found.against.problem
    assert found.against.root_now is None
    assert statuses(cast.checkpoint(folder)) == [409, 409, 409]
    with open_ledger(folder, write=True) as ledger:
        cast.declare(ledger, ["not b", "not c", "d"])
    assert statuses(cast.checkpoint(folder)) == [422, 422, 422]


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_an_hour_off_changes_no_order(tmp_path: Path, hours: int) -> None:
    cast = Cast(tmp_path)
    folder = cast.ledger()
    wrong = stated_time(datetime.now(UTC) + timedelta(hours=hours))
    alpha, beta = (cast.parties[name].signer for name in ("alpha", "beta"))
    with open_ledger(folder, write=True) as ledger:
        late = Payload(NAME, "alpha", wrong, declaration("said by a wrong clock"))
        entries = [sign(late, alpha), sign(ledger.payload("beta", declaration("said now")), beta)]
        assert ledger.append(entries) == [3, 4]
        ledger.checkpoint(cast.log)
        now = int(datetime.now(UTC).timestamp())
        assert [cast.cosign(ledger, n, now + hours * 3600).status for n in COSIGNERS] == [200, 200, 200]
        found = audit(ledger.store, cast.policy)
        assert found.good
        assert found.quorum_at == 5
        assert [read_entry(row.leaf).payload.party for row in ledger.store.rows(3)] == ["alpha", "beta"]


def test_a_revocation_counts_by_its_place_and_not_by_the_time_it_states(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    folder = cast.ledger()
    alpha = cast.parties["alpha"].signer
    with open_ledger(folder, write=True) as ledger:
        before = sign(ledger.payload("alpha", declaration("signed before")), alpha)
        earlier = Payload(NAME, "alpha", "2001-01-01T00:00:00Z", Revocation(alpha.id, "lost"))
        ledger.append([before, sign(earlier, alpha)])
        held_back = Payload(NAME, "alpha", "2000-01-01T00:00:00Z", declaration("dated before the revocation"))
        with pytest.raises(LedgerError) as refused:
            ledger.append([sign(held_back, alpha)])
        assert refused.value.id == "signer-revoked"
        assert audit(ledger.store, cast.policy).good
        ledger.store.append([sign(held_back, alpha).leaf])
        found = audit(ledger.store, cast.policy)
    assert (found.first_bad, found.good) == (5, False)
    assert "revoked by entry 4" in found.problem

"""A witness stores before it answers, answers one of two at once, and remembers through its own death."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from equipoise.ledger import Answer, LedgerError, WitnessMemory, add_checkpoint, open_ledger
from equipoise.ledger.witness import Request, read_request
from ledger.making import NAME, Cast


def ask(cast: Cast, memory: WitnessMemory, request: Request) -> Answer:
    who = cast.parties["alpha"].signer
    logs = {NAME: (cast.log.verifier(),)}
    return add_checkpoint(request.whole, memory=memory, logs=logs, name=who.name, key=who.key, now_s=1)


def requests(cast: Cast, sizes: list[int]) -> dict[tuple[int, int], Request]:
    """Requests from each size to each later one, of one growing ledger."""
    folder = cast.ledger()
    found: dict[tuple[int, int], Request] = {}
    with open_ledger(folder, write=True) as ledger:
        for size in sizes:
            cast.declare(ledger, [f"number {n}" for n in range(ledger.size, size)])
            ledger.checkpoint(cast.log)
            for old in (0, *sizes[: sizes.index(size)]):
                found[old, size] = ledger.request(old)
    return found


def test_what_was_cosigned_is_stored_when_the_answer_is_given(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    asked = requests(cast, [4, 6, 9])
    path = tmp_path / "memory"
    for old, new in ((0, 4), (4, 6), (6, 9)):
        with WitnessMemory(path) as memory:
            assert ask(cast, memory, asked[old, new]).status == 200
            with WitnessMemory(path) as other:
                seen = other.latest(NAME)
                assert seen is not None
                assert seen.size == new
    with WitnessMemory(path) as memory:
        answer = ask(cast, memory, asked[4, 6])
        assert (answer.status, answer.body, answer.content_type) == (409, "9\n", "text/x.tlog.size")
        note = memory.latest_note(NAME)
    assert note == asked[6, 9].note


def test_nothing_is_answered_where_nothing_could_be_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(tmp_path)
    asked = requests(cast, [4])

    def full(*_: object) -> None:
        raise OSError("no space left")

    with WitnessMemory(tmp_path / "memory") as memory:
        monkeypatch.setattr(WitnessMemory, "remember", full)
        with pytest.raises(OSError, match="no space"):
            ask(cast, memory, asked[0, 4])
        monkeypatch.undo()
        assert memory.latest(NAME) is None


def test_what_was_cosigned_outlasts_a_loss_of_power_by_the_syncing_that_its_journal_needs(
    tmp_path: Path,
) -> None:
    """Removing a rollback journal is the commit; only synchronous=EXTRA (3) syncs the folder after it."""
    with WitnessMemory(tmp_path / "memory") as memory:
        settings = [
            memory._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous")
        ]
    assert settings == ["delete", 3]


def test_a_memory_that_several_make_at_once_is_one_memory(tmp_path: Path) -> None:
    for turn in range(20):
        path, start, faults = tmp_path / f"memory-{turn}", threading.Barrier(4), []

        def run(path: Path, start: threading.Barrier, faults: list[LedgerError]) -> None:
            start.wait()
            try:
                with WitnessMemory(path) as memory:
                    assert memory.latest(NAME) is None
            except LedgerError as fault:
                faults.append(fault)

        all_four = [threading.Thread(target=run, args=(path, start, faults)) for _ in range(4)]
        for thread in all_four:
            thread.start()
        for thread in all_four:
            thread.join()
        assert (faults, path.stat().st_size > 0) == ([], True)


def test_of_two_requests_at_once_one_is_told_the_new_size(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    asked = requests(cast, [4, 6, 9])
    path = tmp_path / "memory"
    with WitnessMemory(path) as memory:
        ask(cast, memory, asked[0, 4])
    start, answers = threading.Barrier(2), {}

    def run(new: int) -> None:
        with WitnessMemory(path) as memory:
            start.wait()
            answers[new] = ask(cast, memory, asked[4, new]).status

    both = [threading.Thread(target=run, args=(new,)) for new in (6, 9)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(answers.values()) == [200, 409]
    with WitnessMemory(path) as memory:
        seen = memory.latest(NAME)
    assert seen is not None
    assert answers[seen.size] == 200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"old 1",
        b"old 01\n\nx",
        b"old -1\n\nx",
        b"new 1\n\nx",
        b"old 1\n!!\n\nx",
        b"old 1\n" + 64 * b"AA==\n",
    ],
    ids=repr,
)
def test_a_request_that_is_none_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(LedgerError):
        read_request(data)
    with WitnessMemory(":memory:") as memory:
        assert ask(Cast(tmp_path), memory, Request(0, (), b"no note")).status == 400


def test_a_log_that_is_not_known_and_a_key_that_is_not_trusted(tmp_path: Path) -> None:
    cast, other = Cast(tmp_path / "one"), Cast(tmp_path / "two")
    asked = requests(cast, [4])
    with WitnessMemory(":memory:") as memory:
        assert ask(other, memory, asked[0, 4]).status == 403
        who = cast.parties["alpha"].signer
        answer = add_checkpoint(
            asked[0, 4].whole, memory=memory, logs={}, name=who.name, key=who.key, now_s=1
        )
        assert answer.status == 404
        assert memory.latest(NAME) is None

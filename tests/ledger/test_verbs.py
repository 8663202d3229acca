"""The verbs: a whole round by the command, and one clear message for each bad input, nothing half-written."""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from equipoise.cli import main
from equipoise.ledger import Note, WitnessMemory, open_ledger, read_note
from equipoise.ledger.c2sp.note import signature_line
from ledger.making import signer

Say = Callable[..., tuple[int, Any, str]]
NAMES = ("alpha", "beta", "observer", "log")


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Run ``equipoise ledger ARGS``: exit code, what was printed (read, where it is JSON), what was told."""

    def run(*args: str | Path) -> tuple[int, Any, str]:
        code = main(["ledger", *map(str, args)])
        heard = capsys.readouterr()
        return code, json.loads(heard.out) if "--json" in args and heard.out else heard.out, heard.err

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of everybody, and a ledger ``record`` with their keys, one declaration and a cosigned
    checkpoint.
    """
    folder = tmp_path_factory.mktemp("verbs")
    (folder / "pass").write_text("correct horse battery\n")
    (folder / "pass").chmod(0o600)
    secret = ["--passphrase-file", str(folder / "pass")]
    for name in NAMES:
        ledger("key", folder / f"{name}.key", "--name", f"equipoise.example/{name}", *secret)
    cosigners = [x for n in NAMES[:3] for x in ("--cosigner", f"{n}={folder / n}.key.pub")]
    ledger("init", folder / "record", "--name", "lisbon", "--log", folder / "log.key.pub", *cosigners)
    shutil.copy(folder / "record" / "policy", folder / "policy")
    (folder / "sites.csv").write_text("site,lat_deg\nA,50\n")
    for name in NAMES[:3]:
        sign = ["--as", name, "--key", folder / f"{name}.key", *secret]
        ledger("append", folder / "record", "--kind", "key", *sign)
    fields = ["--field", "about=our sites", "--field", "as_of=2010-11-20", "--document", folder / "sites.csv"]
    sign = ["--as", "alpha", "--key", folder / "alpha.key", *secret]
    ledger("append", folder / "record", "--kind", "declaration", *sign, *fields)
    ledger("checkpoint", folder / "record", "--key", folder / "log.key", *secret)
    for name in NAMES[:3]:
        ledger("cosign", folder / "record", "--as", name, "--key", folder / f"{name}.key", *secret)
    return folder


def ledger(*args: str | Path) -> None:
    assert main(["ledger", *map(str, args)]) == 0


@pytest.fixture
def here(made: Path, tmp_path: Path) -> Path:
    """A copy of its own of everything that was made."""
    shutil.copytree(made, tmp_path / "here")
    return tmp_path / "here"


def by(folder: Path, name: str) -> list[str]:
    secret = ["--passphrase-file", str(folder / "pass")]
    return ["--as", name, "--key", str(folder / f"{name}.key"), *secret]


def state(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "lock"}


def test_a_round_by_the_verbs(here: Path, say: Say) -> None:
    record, policy = here / "record", here / "policy"
    code, found, _ = say("verify", record, "--policy", policy, "--quorum", "--json")
    assert (code, found["valid"], found["entries"], found["quorum_at"]) == (0, True, 4, 4)
    assert found["checkpoints"][0]["cosigned_by"] == ["alpha", "beta", "observer"]
    assert say("prove-entry", record, "3", "--out", here / "3.tlog-proof")[0] == 0
    code, found, _ = say("verify", here / "3.tlog-proof", "--policy", policy, "--json")
    assert (code, found["index"], found["entry"]["payload"]["about"]) == (0, 3, "our sites")
    code, found, _ = say("log", record, "3", "--out", here / "entry.json", "--json")
    assert (code, found["index"]) == (0, 3)
    assert say("verify", here / "3.tlog-proof", "--policy", policy, "--entry", here / "entry.json")[0] == 0
    assert say("checkpoint", record, "--out", here / "note")[0] == 0
    code, found, _ = say("verify", here / "note", "--policy", policy, "--json")
    assert (code, found["size"], found["quorum"], found["misbehaviour"]) == (0, 4, True, None)
    assert say("verify", record, "--against", here / "note")[0] == 0
    code, found, _ = say("verify", record, "--against", here / "alpha.key.seen", "--json")
    assert (code, found["against"]["size"], found["against"]["extends"]) == (0, 4, True)
    assert say("export", record, "--out", here / "files")[0] == 0
    code, found, _ = say("log", record, "--json")
    assert [row["kind"] for row in found["entries"]] == ["key"] * 3 + ["declaration"]
    for verb in (
        ("log", record),
        ("log", record, "3"),
        ("verify", here / "3.tlog-proof", "--policy", policy),
    ):
        code, text, _ = say(*verb)
        assert code == 0
        assert text


def test_an_entry_signed_elsewhere_and_a_line_cosigned_elsewhere(here: Path, say: Say) -> None:
    record, fields = here / "record", ["--field", "about=more", "--field", "as_of=2011-01-01"]
    signed = [
        "append",
        record,
        "--kind",
        "declaration",
        *by(here, "beta"),
        *fields,
        "--out",
        here / "signed.json",
    ]
    before = state(record)
    assert say(*signed)[0] == 0
    assert state(record) == before
    code, found, _ = say("append", record, "--signed", here / "signed.json", "--json")
    assert (code, found["index"]) == (0, 4)
    secret = ["--passphrase-file", str(here / "pass")]
    assert say("checkpoint", record, "--key", here / "log.key", *secret)[0] == 0
    for name in NAMES[:3]:
        assert say("cosign", record, *by(here, name), "--out", here / f"{name}.line")[0] == 0
        assert say("checkpoint", record, "--add", here / f"{name}.line")[0] == 0
    assert say("verify", record, "--quorum")[0] == 0


BAD: dict[str, tuple[str, Callable[[Path], list[str]]]] = {
    "a wrong passphrase": (
        "passphrase-wrong",
        lambda f: ["cosign", f"{f}/record", *with_secret(f, "alpha", "not the passphrase")],
    ),
    "a key file that all may read": ("key-file-open", lambda f: opened(f)),
    "a passphrase file that all may read": ("key-file-open", lambda f: opened(f, "pass")),
    "no passphrase": (
        "passphrase-missing",
        lambda f: ["cosign", f"{f}/record", "--as", "alpha", "--key", f"{f}/alpha.key"],
    ),
    "a key of another cosigner": (
        "cosigner-key-other",
        lambda f: ["cosign", f"{f}/record", *by(f, "beta")[:1], "alpha", *by(f, "beta")[2:]],
    ),
    "a cosigner that nobody named": (
        "cosigner-unknown",
        lambda f: ["cosign", f"{f}/record", *by(f, "beta")[:1], "gamma", *by(f, "beta")[2:]],
    ),
    "a log's key that is not": (
        "log-key-other",
        lambda f: ["checkpoint", f"{f}/record", *by(f, "beta")[2:]],
    ),
    "a truncated checkpoint": ("note-malformed", lambda f: noted(f, lambda note: note[:-20])),
    "half a checkpoint": ("note-malformed", lambda f: noted(f, lambda note: note[:30])),
    "a note with 17 signatures": (
        "note-too-many-signatures",
        lambda f: noted(f, lambda note: note + 13 * note.splitlines(keepends=True)[-1]),
    ),
    "a foreign origin": ("checkpoint-foreign", lambda f: noted(f, lambda note: foreign())),
    "a checkpoint without a policy": ("policy-missing", lambda f: ["verify", f"{f}/sites.csv"]),
    "a policy that is none": (
        "policy-malformed",
        lambda f: ["verify", f"{f}/record", "--policy", f"{f}/sites.csv"],
    ),
    "a receipt that is cut short": ("receipt-malformed", lambda f: received(f, lambda data: data[:60])),
    "a receipt without its entry": (
        "receipt-without-entry",
        lambda f: received(f, lambda data: b"\n".join(x for x in data.split(b"\n") if x[:6] != b"extra ")),
    ),
    "no ledger": ("store-missing", lambda f: ["verify", str(f)]),
    "an index that is not there": ("entry-missing", lambda f: ["log", f"{f}/record", "9"]),
    "a receipt of an entry that is not there": (
        "entry-not-covered",
        lambda f: ["prove-entry", f"{f}/record", "9", "--out", f"{f}/9"],
    ),
    "a name that is taken": ("file-exists", lambda f: ["export", f"{f}/record", "--out", f"{f}/policy"]),
    "a ledger that exists": ("file-exists", lambda f: init(f, "--name", "lisbon", place="record")),
    "a ledger whose name leads outside": ("name-unsafe", lambda f: init(f, "--name", "../../outside")),
    "a ledger whose name is two words": ("name-unsafe", lambda f: init(f, "--name", "two words")),
    "a cosigner that stands twice": (
        "cosigner-twice",
        lambda f: [*init(f, "--name", "x"), "--cosigner", f"alpha={f}/log.key.pub"],
    ),
    "a cosigner whose name is two words": (
        "key-name",
        lambda f: [*init(f, "--name", "x"), "--cosigner", f"two words={f}/log.key.pub"],
    ),
    "documents that are no list": (
        "field-form",
        lambda f: [*fields(f, '{"documents": 5}'), "--document", f"{f}/sites.csv"],
    ),
    "a quorum that lets two trees pass": ("quorum-splits", lambda f: init(f, "--name", "x", "--quorum", "1")),
    "a cosigner without a file": ("pair-form", lambda f: [*init(f, "--name", "x"), "--cosigner", "gamma"]),
    "a kind that is none": ("kind-unknown", lambda f: append(f, "--kind", "rumour")),
    "a field that is missing": ("field-missing", lambda f: append(f, "--kind", "declaration")),
    "a field that is unknown": (
        "field-unknown",
        lambda f: append(f, "--kind", "veto", "--field", "exercise=a", "--field", "when=now"),
    ),
    "no kind": ("option-missing", lambda f: append(f)),
    "fields that are no object": ("field-form", lambda f: fields(f, "[]")),
    "a figure that is no decimal text": ("figure-form", lambda f: fields(f, result("1e3"))),
    "a figure that is a raw number": (
        "json-fraction",
        lambda f: fields(f, result("1").replace('"1"', "1.5")),
    ),
    "a field that stands twice": ("json-duplicate-key", lambda f: fields(f, '{"about": "a", "about": "b"}')),
    "a key of a party that the policy does not name": (
        "key-not-in-policy",
        lambda f: ["append", f"{f}/record", "--kind", "key", "--as", "gamma", *by(f, "log")[2:]],
    ),
    "somebody else's key": (
        "signer-other-party",
        lambda f: [*append(f, "--kind", "declaration", *DECLARED), "--as", "beta"],
    ),
    "a database that is no memory": (
        "memory-unusable",
        lambda f: ["verify", f"{f}/record", "--against", f"{f}/record/ledger.sqlite"],
    ),
    "a memory of another ledger": ("memory-empty", lambda f: remembered(f)),
    "two processes on one ledger": ("ledger-locked", lambda f: locked(f)),
    "a store of another form": ("store-form", lambda f: changed(f, "UPDATE meta SET value = '9'")),
    "an entry that was signed and then changed": ("entry-signature", lambda f: tampered(f)),
}
DECLARED = ("--field", "about=x", "--field", "as_of=2010-11-20")


def remembered(folder: Path) -> list[str]:
    with WitnessMemory(folder / "fresh"):
        pass
    return ["verify", f"{folder}/record", "--against", f"{folder}/fresh"]


def with_secret(folder: Path, name: str, text: str) -> list[str]:
    (folder / "other").write_text(text)
    (folder / "other").chmod(0o600)
    return [*by(folder, name)[:-1], str(folder / "other")]


def opened(folder: Path, name: str = "alpha.key") -> list[str]:
    (folder / name).chmod(0o644)
    return ["cosign", f"{folder}/record", *by(folder, "alpha")]


def noted(folder: Path, change: Callable[[str], str]) -> list[str]:
    with open_ledger(folder / "record") as ledger:
        note = (ledger.store.latest_note() or b"").decode()
    (folder / "note").write_text(change(note))
    return ["verify", f"{folder}/note", "--policy", f"{folder}/policy"]


def foreign() -> str:
    log = signer("equipoise.example/elsewhere")
    text = "equipoise.example/elsewhere\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    return Note(text, (signature_line(log.name, log.key, text),)).whole.decode()


def received(folder: Path, change: Callable[[bytes], bytes]) -> list[str]:
    with open_ledger(folder / "record") as ledger:
        (folder / "receipt").write_bytes(change(ledger.receipt(3).whole))
    return ["verify", f"{folder}/receipt", "--policy", f"{folder}/policy"]


def init(folder: Path, *more: str, place: str = "new") -> list[str]:
    cosigners = [x for n in NAMES[:3] for x in ("--cosigner", f"{n}={folder / n}.key.pub")]
    return ["init", f"{folder}/{place}", "--log", f"{folder}/log.key.pub", *cosigners, *more]


def append(folder: Path, *more: str) -> list[str]:
    return ["append", f"{folder}/record", *by(folder, "alpha"), *more]


def fields(folder: Path, text: str) -> list[str]:
    (folder / "fields.json").write_text(text)
    return append(folder, "--kind", "result", "--fields", f"{folder}/fields.json")


def result(value: str) -> str:
    figure = {"name": "met", "value": value, "tolerance": "0", "unit": "people"}
    given = {"of": "study", "inputs_digest": "00", "code": "0.1", "settings": [], "words": []}
    return json.dumps({**given, "figures": [figure]})


def locked(folder: Path) -> list[str]:
    """The lock is held by this process through another opening, as another process would hold it."""
    place = open(folder / "record" / "lock", "w")  # noqa: SIM115
    fcntl.flock(place, fcntl.LOCK_EX)
    HELD.append(place)
    return append(folder, "--kind", "declaration", *DECLARED)


HELD: list[Any] = []


def changed(folder: Path, sql: str) -> list[str]:
    connection = sqlite3.connect(folder / "record" / "ledger.sqlite")
    connection.execute(sql)
    connection.commit()
    connection.close()
    return ["log", f"{folder}/record"]


def tampered(folder: Path) -> list[str]:
    main(["ledger", *append(folder, "--kind", "declaration", *DECLARED, "--out", f"{folder}/signed")])
    whole = (folder / "signed").read_bytes()
    (folder / "signed").write_bytes(whole.replace(b'"about":"x"', b'"about":"y"'))
    return ["append", f"{folder}/record", "--signed", f"{folder}/signed"]


@pytest.mark.parametrize("what", BAD)
def test_bad_input_ends_with_2_and_one_message_and_nothing_written(
    here: Path, say: Say, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    id, arrange = BAD[what]
    args = arrange(here)
    capsys.readouterr()
    before = state(here)
    code, out, told = say(*args)
    while HELD:
        HELD.pop().close()
    assert code == 2, told
    assert out == ""
    assert told.startswith(f"error[{id}]: "), told
    assert told.count("error[") == 1
    assert "Traceback" not in told
    assert state(here) == before


def test_no_is_the_answer_and_not_a_fault(here: Path, say: Say) -> None:
    """Well-formed files that are not valid: exit code 1, with why."""
    policy = ["--policy", str(here / "policy")]
    with open_ledger(here / "record") as ledger:
        note = (ledger.store.latest_note() or b"").decode()
        receipt = ledger.receipt(3).whole
    cases = {
        "a root that was changed": note.replace("\n4\n", "\n5\n").encode(),
        "a checkpoint without its cosigners": "\n".join(note.split("\n")[:5]).encode() + b"\n",
        "a proof for another index": receipt.replace(b"\nindex 3\n", b"\nindex 2\n"),
        "a proof for another size": resized(here, receipt),
        "another entry": receipt.replace(b"\nextra ", b"\nextra QUJD", 1),
    }
    for what, data in cases.items():
        (here / "file").write_bytes(data)
        code, out, told = say("verify", here / "file", *policy)
        assert (code, told) == (1, ""), what
        assert "not valid" in out, what
        code, found, _ = say("verify", here / "file", *policy, "--json")
        assert (code, found["valid"]) == (1, False), what


def resized(folder: Path, receipt: bytes) -> bytes:
    """The receipt's proof, with the good checkpoint of a tree that has one entry more."""
    assert main(["ledger", *append(folder, "--kind", "declaration", *DECLARED)]) == 0
    secret = ["--passphrase-file", str(folder / "pass")]
    assert (
        main(["ledger", "checkpoint", str(folder / "record"), "--key", str(folder / "log.key"), *secret]) == 0
    )
    for name in NAMES[:3]:
        assert main(["ledger", "cosign", str(folder / "record"), *by(folder, name)]) == 0
    with open_ledger(folder / "record") as ledger:
        later = ledger.store.latest_note() or b""
    assert read_note(later).text.split("\n")[1] == "5"
    return receipt.partition(b"\n\n")[0] + b"\n\n" + later


def test_a_full_disk_in_mid_append_appends_nothing(
    here: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    import equipoise.ledger.record as record

    whole = record.connect

    def full(path: Path) -> Any:
        connection = whole(path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(record, "connect", full)
    big = here / "big.bin"
    big.write_bytes(bytes(200_000))
    code, _, told = say(*append(here, "--kind", "declaration", *DECLARED, "--document", str(big)))
    assert code == 2
    assert told.startswith("error[store-full]: ")
    monkeypatch.undo()
    code, found, _ = say("verify", here / "record", "--json")
    assert (code, found["entries"]) == (0, 4)


def test_no_secret_is_taken_from_a_flag_or_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("key", "append", "checkpoint", "cosign"):
        assert main(["ledger", verb, "--help"]) == 0
        page = capsys.readouterr().out
        assert "--passphrase-file" in page
        assert "--passphrase " not in page
        assert "env var" not in page


def test_a_cosigner_who_looks_first_cosigns_no_bad_entry(here: Path, say: Say) -> None:
    record = here / "record"
    assert say("cosign", record, *by(here, "alpha"), "--verify")[0] == 0
    changed(
        here,
        "UPDATE entries SET leaf = CAST(replace(leaf, 'our sites', 'no sites!') AS BLOB) WHERE place = 3",
    )
    (record / "seal").unlink()
    code, out, told = say("cosign", record, *by(here, "alpha"), "--verify", "--json")
    assert (code, out["cosigned"], out["status"]) == (1, False, 422)
    assert "entry 3" in told
    code, found, _ = say("verify", record, "--json")
    assert (code, found["valid"], found["first_bad"]) == (1, False, 3)
    code, text, _ = say("verify", record)
    assert code == 1
    assert "first bad entry: 3: the leaf is not the one that was hashed" in text


def test_verify_shows_both_roots_and_the_proof_of_misbehaviour(here: Path, say: Say) -> None:
    """An older checkpoint of the same size with another root, signed by the same log."""
    record, policy = here / "record", here / "policy"
    assert say("checkpoint", record, "--out", here / "mine")[0] == 0
    secret = ["--passphrase-file", str(here / "pass")]
    cosigners = [x for n in NAMES[:3] for x in ("--cosigner", f"{n}={here / n}.key.pub")]
    other = here / "other"
    assert say("init", other, "--name", "lisbon", "--log", here / "log.key.pub", *cosigners)[0] == 0
    for name in NAMES[:3]:
        assert say("append", other, "--kind", "key", *by(here, name))[0] == 0
    assert say("append", other, "--kind", "declaration", *by(here, "alpha"), *DECLARED)[0] == 0
    assert say("checkpoint", other, "--key", here / "log.key", *secret, "--out", here / "theirs")[0] == 0
    code, found, _ = say("verify", other, "--policy", policy, "--against", here / "mine", "--json")
    held = found["against"]
    assert (code, held["extends"], held["size"]) == (1, False, 4)
    assert held["root_then"] != held["root_now"]
    code, text, _ = say("verify", other, "--policy", policy, "--against", here / "mine")
    assert held["root_then"] in text
    assert held["root_now"] in text
    code, found, _ = say("verify", here / "mine", "--policy", policy, "--against", here / "theirs", "--json")
    assert (code, found["valid"]) == (1, False)
    assert sorted(found["misbehaviour"]["roots"]) == sorted((held["root_then"], held["root_now"]))
    code, text, _ = say("verify", here / "mine", "--policy", policy, "--against", here / "theirs")
    assert "proof of misbehaviour" in text
    code, _, told = say("cosign", other, *by(here, "beta"))
    assert code == 1
    assert "error[cosign-refused]" in told


def test_a_folder_that_may_not_be_written_to_is_read_as_it_lies(
    here: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    before = state(here)
    assert say("verify", here / "record", "--quorum")[0] == 0
    assert state(here) == before


def test_a_strangers_text_does_not_steer_the_terminal(here: Path, say: Say) -> None:
    """An escape that repaints, and a mark that turns the direction of writing, are written out."""
    text = "our sites\x1b[2K\u202e\n9"
    args = ["--kind", "declaration", "--field", f"about={text}", "--field", "as_of=2010-11-20"]
    assert say("append", here / "record", *by(here, "alpha"), *args)[0] == 0
    out = say("log", here / "record", "4")[1]
    assert r"our sites\x1b[2K\u202e\n9" in out
    assert not any(c in out for c in "\x1b\u202e")
    assert say("log", here / "record", "4", "--json")[1]["payload"]["about"] == text


def test_files_that_were_mixed_up_do_not_show_a_passphrase(here: Path, say: Say) -> None:
    secret = here / "pass"
    for args in (
        ["init", here / "new", "--name", "x", "--log", secret, "--cosigner", f"alpha={here}/alpha.key.pub"],
        ["init", here / "new", "--name", "x", "--log", here / "log.key.pub", "--cosigner", f"a={secret}"],
        ["verify", here / "record", "--policy", secret],
        ["verify", secret, "--policy", here / "policy"],
        ["append", here / "record", "--signed", secret],
        ["verify", here / "record", "--against", secret],
    ):
        code, out, told = say(*args)
        assert (code, out) == (2, ""), args
        assert not any(word in told for word in ("correct", "battery")), told


def test_a_checkpoint_whose_signature_does_not_fit_shows_no_empty_figures(here: Path, say: Say) -> None:
    args = noted(here, lambda note: note.replace("\n4\n", "\n5\n"))
    code, out, _ = say(*args)
    assert (code, len(out.splitlines())) == (1, 1)
    assert out.startswith("not valid: the signature of equipoise.example/lisbon (")


def test_results_of_other_kinds_are_told_and_never_pass_for_recomputed(
    here: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result that nothing here computes: alone it is no "agrees"; beside others it is told."""
    record = here / "record"
    for kind in ("horoscope", "sum"):
        (here / "fields.json").write_text(result("4").replace('"study"', f'"{kind}"'))
        args = ["--kind", "result", "--fields", here / "fields.json"]
        assert say("append", record, *by(here, "alpha"), *args)[0] == 0
        monkeypatch.setattr("equipoise.study.recomputers", lambda: {"sum": lambda stated, documents: stated})
        code, found, told = say("recompute", record, "--json")
        if kind == "horoscope":
            assert (code, found) == (2, "")
            assert "error[result-kind]" in told
    assert (code, found["agrees"], [r["index"] for r in found["results"]]) == (0, True, [5])
    assert found["not_run"] == [{"index": 4, "problem": "nothing here computes a result of 'horoscope'"}]
    assert "entry 4: not run again" in say("recompute", record)[1]
    assert say("recompute", record, "4")[0] == 2


def test_a_quorum_that_one_cosigner_can_split_is_told(here: Path, say: Say) -> None:
    code, text, _ = say(*init(here, "--name", "thin", "--quorum", "2"))
    assert code == 0
    assert "one dishonest cosigner can let two trees of one size pass" in text

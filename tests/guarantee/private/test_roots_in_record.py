"""Roots held against the record before a run: each way in which they may not stand there is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from equipoise.cli import main
from equipoise.guarantee.private.folder import Folder, make_folder, write_card
from equipoise.guarantee.private.node import domain_for, sign_consent, take_part, terms_of
from equipoise.guarantee.private.refusals import MESSAGES
from equipoise.guarantee.private.roots_in_record import HeldRoots, RecordPlace, card_digest, hold_roots
from equipoise.guarantee.private.run.messages import Terms
from equipoise.guarantee.private.run.roles import Outcome
from equipoise.guarantee.private.run_record import commitment_entry, result_entry
from equipoise.ledger import Body, Commitment, Revocation, Signer, open_ledger, write_new
from equipoise.scenario import InputError, PeersFile, load_peers
from guarantee.private.test_node import PEERS
from ledger.making import Cast, signer

PARTY = {"A": "alpha", "B": "beta"}


@dataclass
class Check:
    """A committed check and the record beside it, whose parties have keys of their own."""

    base: Path
    cast: Cast
    record: Path
    peers: PeersFile

    @property
    def terms(self) -> Terms:
        return terms_of(self.peers, domain_for(self.peers))

    def commitment(self, role: str) -> Commitment:
        entry, terms = self.peers.roles[role], self.terms
        card = card_digest(entry.certificate, entry.signs_with)
        return commitment_entry(terms.statement, card, entry.root or b"", terms.entries)

    def append(self, body: Body, party: str, by: Signer | None = None) -> int:
        with open_ledger(self.record, write=True) as ledger:
            return ledger.append_body(by or self.cast.parties[party].signer, party, body)

    def enter(self, *roles: str) -> None:
        for role in roles or ("A", "B"):
            self.append(self.commitment(role), PARTY[role])

    def result(self) -> int:
        outcome = Outcome("A", "holds", "", ())
        return self.append(result_entry(outcome, self.terms, "0.1"), "alpha")

    def cosign(self) -> None:
        self.cast.checkpoint(self.record)

    def hold(self, *, after: bool = False, policy: Path | None = None) -> HeldRoots:
        return hold_roots(self.peers, self.terms, RecordPlace(self.record, policy), after_the_run=after)


@pytest.fixture
def check(tmp_path: Path) -> Check:
    base = tmp_path / "check"
    for role in ("A", "B", "observer"):
        folder = make_folder(base / role, role)
        card = json.loads(folder.card.read_text())
        if role != "observer":
            write_card(folder, {**card, "root": ("a1" if role == "A" else "b2") * 32})
    text = PEERS.format(run="ab" * 16, a=1, b=2, o=3).replace("A.json", "A.json, party: alpha")
    (base / "peers.yaml").write_text(text.replace("B.json", "B.json, party: beta"))
    cast = Cast(tmp_path / "ledgers")
    return Check(base, cast, cast.ledger(), load_peers(base / "peers.yaml"))


def refused(check: Check, id: str, *, after: bool = False) -> str:
    with pytest.raises(InputError) as caught:
        check.hold(after=after)
    error = caught.value
    assert error.id == id
    assert error.file == str(check.record)
    assert error.field
    assert error.hint
    return error.message


def test_roots_that_stand_in_the_record_are_told_with_its_checkpoint(check: Check, tmp_path: Path) -> None:
    check.enter()
    check.cosign()
    held = check.hold()
    with open_ledger(check.record) as ledger:
        latest = ledger.latest()
    assert latest is not None
    assert (held.size, held.root) == (5, latest[1].root.hex())
    assert (held.entry_a, held.entry_b, held.own_policy) == (3, 4, False)
    assert held.cosigned_by == ("alpha", "beta", "observer")
    assert "can change that" in held.words
    write_new(tmp_path / "policy", (check.record / "policy").read_bytes())
    assert "can change that" not in check.hold(policy=tmp_path / "policy").words
    check.append(Revocation(check.cast.parties["observer"].signer.id, "lost"), "observer")
    assert check.hold().size == 5  # what comes later and bears on nothing is no hindrance


def test_a_key_on_the_card_itself_may_be_the_one_in_the_record(check: Check, tmp_path: Path) -> None:
    """As in a demonstration: the parties are A and B, and sign entries with the keys on their cards."""
    cast = Cast(tmp_path / "own", ("A", "B", "observer"))
    for role, party in cast.parties.items():
        party.signer = Signer(party.signer.name, Folder(check.base / role, role).signing_key)
    roles = {r: replace(e, party=None) for r, e in check.peers.roles.items()}
    check = Check(check.base, cast, cast.ledger(), replace(check.peers, roles=roles))
    for role in ("A", "B"):
        check.append(check.commitment(role), role)
    check.cosign()
    assert (check.hold().entry_a, check.hold().entry_b) == (3, 4)
    other = signer("equipoise.example/other")
    with open_ledger(check.record, write=True) as ledger:
        ledger.append_body(cast.parties["A"].signer, "A", ledger.key_body(other, "A"))
    again = replace(check.commitment("A"), root="c3" * 32)
    check.append(again, "A", other)
    card = replace(check.peers.roles["A"], root=bytes.fromhex("c3" * 32))
    check.peers = replace(check.peers, roles={**roles, "A": card})
    check.cosign()
    said = refused(check, "private-ledger-signer")
    assert "of A, and not by the key on the card of A" in said


def test_a_missing_entry_is_refused(check: Check) -> None:
    check.enter("A")
    check.cosign()
    assert "the party beta has committed to nothing" in refused(check, "private-ledger-missing")


def test_a_commitment_to_another_statement_does_not_count(check: Check) -> None:
    check.enter("A")
    other = replace(check.commitment("B"), about=f"statement {'00' * 32}, card {'00' * 32}")
    check.append(other, "beta")
    check.append(replace(check.commitment("B"), scheme="sha256-of-file"), "beta")
    check.cosign()
    refused(check, "private-ledger-missing")


def test_another_root_is_refused_with_both(check: Check) -> None:
    check.enter("A")
    check.append(replace(check.commitment("B"), root="99" * 32), "beta")
    check.cosign()
    said = refused(check, "private-ledger-root")
    assert "99" * 32 in said
    assert "b2" * 32 in said


def test_another_signer_is_refused(check: Check) -> None:
    """The same root, entered by a party that the public file does not name for the role."""
    check.enter("A")
    check.append(check.commitment("B"), "observer")
    check.cosign()
    assert "of observer, and not by the party beta" in refused(check, "private-ledger-signer")


def test_a_card_with_other_keys_is_refused(check: Check) -> None:
    """Somebody who puts keys of his own on a copied card would be talked to in the party's stead."""
    check.enter()
    check.cosign()
    roles = check.peers.roles
    swapped = replace(roles["A"], signs_with=roles["observer"].signs_with)
    check.peers = replace(check.peers, roles={**roles, "A": swapped})
    refused(check, "private-ledger-card")
    swapped = replace(roles["A"], certificate=roles["observer"].certificate)
    check.peers = replace(check.peers, roles={**roles, "A": swapped})
    refused(check, "private-ledger-card")


def test_a_revoked_key_is_refused_until_the_commitment_is_entered_anew(check: Check) -> None:
    check.enter()
    old, new = check.cast.parties["beta"].signer, signer("equipoise.example/beta-2")
    with open_ledger(check.record, write=True) as ledger:
        ledger.append_body(old, "beta", ledger.key_body(new, "beta"))
        ledger.append_body(old, "beta", Revocation(old.id, "lost"))
    check.cosign()
    assert "which entry 6 has revoked" in refused(check, "private-ledger-revoked")
    check.append(check.commitment("B"), "beta", new)
    check.cosign()
    assert check.hold().entry_b == 7


def test_a_revocation_after_the_run_does_not_undo_it(check: Check) -> None:
    check.enter()
    check.result()
    check.append(Revocation(check.cast.parties["beta"].signer.id, "lost"), "beta")
    check.cosign()
    assert check.hold(after=True).entry_b == 4


def test_an_entry_after_the_run_is_refused(check: Check) -> None:
    check.enter("A")
    check.result()
    check.enter("B")
    check.cosign()
    assert "after the result of this run, entry 4" in refused(check, "private-ledger-late")
    refused(check, "private-ledger-late", after=True)


def test_a_run_whose_result_stands_in_the_record_is_not_run_again(check: Check) -> None:
    check.enter()
    check.result()
    check.cosign()
    refused(check, "private-ledger-used")
    assert check.hold(after=True).entry_a == 3
    check.peers = replace(check.peers, run=b"another run of it")
    assert check.hold().entry_a == 3


def test_a_record_without_quorum_is_refused(check: Check) -> None:
    check.enter()
    assert "of 0 entries, is cosigned by nobody" in refused(check, "private-ledger-quorum")
    check.cast.checkpoint(check.record, ("alpha", "beta"))
    assert "cosigned by alpha, beta: no quorum" in refused(check, "private-ledger-quorum")


def test_a_commitment_that_no_quorum_covers_is_refused(check: Check) -> None:
    check.enter("A")
    check.cosign()
    check.enter("B")
    assert "not among the 4 entries" in refused(check, "private-ledger-open")


def test_a_record_that_was_tampered_with_is_refused(check: Check) -> None:
    check.enter()
    check.cosign()
    with sqlite3.connect(check.record / "ledger.sqlite") as store:
        store.execute("DELETE FROM entries WHERE place = 4")
    refused(check, "private-ledger-bad")


def test_a_record_under_anothers_policy_is_refused(check: Check, tmp_path: Path) -> None:
    """Somebody makes a whole record of his own, in which everything fits but the keys."""
    forged = Cast(tmp_path / "forged", log=check.cast.log)
    check = Check(check.base, forged, forged.ledger(), check.peers)
    check.enter()
    check.cosign()
    assert check.hold().size == 5
    own = tmp_path / "policy"
    write_new(own, Cast(tmp_path / "true", log=check.cast.log).policy.text.encode())
    with pytest.raises(InputError) as caught:
        check.hold(policy=own)
    assert caught.value.id == "private-ledger-bad"


def test_no_ledger_no_run(check: Check, tmp_path: Path) -> None:
    check = replace(check, record=tmp_path)
    refused(check, "private-ledger-none")


@pytest.mark.parametrize("role", ["A", "B", "observer"])
def test_nothing_is_sent_or_signed_where_the_roots_do_not_stand_there(
    check: Check, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sends(*_: object) -> None:
        raise AssertionError("it went on the wire")

    monkeypatch.setattr("equipoise.guarantee.private.node.connected", sends)
    folder, place = Folder(check.base / role, role), RecordPlace(check.record)
    domain = domain_for(check.peers)
    if role != "observer":
        folder.keep_vector(domain.first_bin[domain.places()[0]] < 0)
    with pytest.raises(InputError) as caught:
        take_part(folder, check.peers, lambda _: None, place)
    assert caught.value.id == "private-ledger-quorum"
    assert not (folder.path / "runs").exists()
    assert list(folder.path.glob("record-*")) == []
    if role != "observer":
        with pytest.raises(InputError) as caught:
            sign_consent(folder, check.peers, place=place)
        assert caught.value.id == "private-ledger-quorum"


def test_every_message_about_the_record_is_raised_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [id for id in MESSAGES if id.startswith("private-ledger-") and f'"{id}"' not in text] == []


@pytest.mark.parametrize(
    ("words", "id"),
    [
        (["--private", "--as", "A", "--peers", "PEERS", "--record", "RECORD"], "private-ledger-quorum"),
        (["--private", "--as", "A", "--peers", "PEERS", "--policy", "POLICY"], "policy-alone"),
        (["--private", "--as", "A", "--peers", "PEERS", "--commit", "--record", "x"], "private-too-early"),
        (["--private", "--record", "RECORD"], "private-role"),
        (["--record", "RECORD"], "private-left-out"),
        (["inspect", "nato-bmd", "--record", "RECORD"], "private-role"),
        (["inspect", "--peers", "PEERS", "--record", "RECORD"], "private-ledger-quorum"),
        (["--private", "--as", "A", "--peers", "PEERS", "--record", "none"], "private-ledger-none"),
    ],
)
def test_the_command_ends_with_2_and_one_message(
    check: Check, words: list[str], id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    real: dict[str, Callable[[], str]] = {
        "PEERS": lambda: str(check.base / "peers.yaml"),
        "RECORD": lambda: str(check.record),
        "POLICY": lambda: str(check.record / "policy"),
    }
    assert main(["prove", *(real[w]() if w in real else w for w in words)]) == 2
    said = capsys.readouterr().err
    assert f"error[{id}]" in said
    assert "hint: " in said


def edited(check: Check, file: str, old: str, new: str) -> None:
    path = check.base / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "what"),
    [
        ("A.json", "a1" * 32, "a1" * 31, "root", "--commit"),
        ("A.json", "a1" * 32, "A1" * 32, "root", "--commit"),
        ("A.json", '"signs_with": "', '"signs_with": "zz', "signs_with", "the card"),
        ("peers.yaml", "ab" * 16, "ab" * 15, "run.id", "openssl rand"),
        ("peers.yaml", "deadline_s", 'consent: {A: "12"}, deadline_s', "run.consent.A", "--consent"),
    ],
)
def test_wrong_digits_are_told_in_words(
    check: Check, file: str, old: str, new: str, field: str, what: str
) -> None:
    edited(check, file, old, new)
    with pytest.raises(InputError) as caught:
        load_peers(check.base / "peers.yaml")
    error = caught.value
    assert (error.id, error.field) == ("not-hexadecimal", field)
    assert error.line
    assert what in (error.hint or "")
    assert "[0-9a-f]" not in str(error)

"""Go's own library opens our checkpoints, and we open notes that Go signed."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger import LedgerError, Note, Signer, open_checkpoint, open_ledger, read_note
from equipoise.ledger.c2sp.note import signature_line, verified_lines
from house.commands import ROOT, plain_environment
from ledger.making import COSIGNERS, NAME, Cast

PROGRAM = ROOT / "tests" / "ledger" / "go" / "notes.go"
DEBIAN = "/usr/share/gocode"
"""Where Debian's golang-golang-x-mod-dev puts the library; `make test` installs it."""


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go program, built from Debian's packages with no module fetched."""
    folder = tmp_path_factory.mktemp("go")
    assert shutil.which("go"), "Go is missing; `make test` installs golang-go and golang-golang-x-mod-dev"
    own = {"GO111MODULE": "off", "GOPATH": DEBIAN, "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    command = ("go", "build", "-o", str(folder / "notes"), str(PROGRAM))
    built = subprocess.run(command, env=plain_environment(own), capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder / "notes"


def ask(notes: Path, *args: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run((notes, *args), input=given, capture_output=True, check=False)


def test_go_opens_our_cosigned_checkpoint(notes: Path, tmp_path: Path) -> None:
    """It knows the log's kind of key (01); the cosigners' lines (04) it ignores, as it must."""
    cast = Cast(tmp_path)
    folder = cast.ledger(texts=["a", "b"])
    cast.checkpoint(folder)
    with open_ledger(folder) as ledger:
        note, _ = ledger.latest() or pytest.fail("no checkpoint")
    opened = ask(notes, "open", cast.log.verifier().text, given=note.whole)
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.decode() == f"1 {len(COSIGNERS)}\n{note.text}"


@pytest.mark.parametrize("change", [(b"\n5\n", b"\n6\n"), (b"\n\n", b"\n"), (b"\n", b"\r\n")], ids=str)
def test_go_and_we_refuse_the_same_changed_checkpoints(
    notes: Path, tmp_path: Path, change: tuple[bytes, bytes]
) -> None:
    cast = Cast(tmp_path)
    folder = cast.ledger(texts=["a", "b"])
    cast.checkpoint(folder)
    with open_ledger(folder) as ledger:
        whole = (ledger.latest() or pytest.fail("no checkpoint"))[0].whole
    changed = whole.replace(*change)
    assert changed != whole
    assert ask(notes, "open", cast.log.verifier().text, given=changed).returncode != 0
    with pytest.raises(LedgerError):
        open_checkpoint(changed, cast.policy)


def test_we_open_what_go_signs_and_sign_the_same_bytes(notes: Path) -> None:
    key = Ed25519PrivateKey.generate()
    verifier = Signer(NAME, key).verifier()
    coded = base64.b64encode(b"\x01" + key.private_bytes_raw()).decode()
    skey = f"PRIVATE+KEY+{NAME}+{verifier.key_id.hex()}+{coded}"
    text = f"{NAME}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    signed = ask(notes, "sign", skey, given=text.encode())
    assert signed.returncode == 0, signed.stderr
    note = read_note(signed.stdout)
    assert [who for who, _ in verified_lines(note, [verifier])] == [verifier]
    assert Note(text, (signature_line(NAME, key, text),)).whole == signed.stdout

"""``equipoise ledger key``, ``init``, ``append``, ``checkpoint`` and ``cosign``: what adds to a record."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.messages import MESSAGES
from equipoise.cli.output import emit_json, emit_line, emit_table
from equipoise.cli.plain import plain
from equipoise.cli.rim import ANSWER_NO, tell
from equipoise.cli.secrets import passphrase

if TYPE_CHECKING:
    from equipoise.ledger import Body, Ledger, SignedEntry

Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a ledger.")]
Passphrase = Annotated[
    str | None,
    typer.Option("--passphrase-file", metavar="FILE", help="Its first line; asked for where not given."),
]


def key(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A new file for the secret key.")],
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Whose it is, with no spaces and no +.")
    ],
    passphrase_file: Passphrase = None,
    json: Json = False,
) -> None:
    """Make an Ed25519 key, and its public lines in FILE.pub.

    The secret key is PKCS#8 under a passphrase, readable by its owner alone. Give FILE.pub to the others.

    \b
    Example:
      equipoise ledger key alpha.key --name equipoise.example/alpha
    """
    from equipoise.ledger import COSIGNS, SIGNS_NOTE, make_key

    made = make_key(Path(file), name, passphrase(passphrase_file, file, twice=True))
    lines = [made.verifier(kind).text for kind in (SIGNS_NOTE, COSIGNS)]
    if json:
        emit_json({"file": file, "public": f"{file}.pub", "signer": made.id, "vkeys": lines})
        return
    emit_line(f"secret key: {file} (keep it)")
    emit_line(f"public lines: {file}.pub (give it to the others)")


def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new folder.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The ledger's name, such as lisbon.")],
    log: Annotated[str, typer.Option("--log", metavar="FILE", help="Public lines of the log's key.")],
    cosigner: Annotated[
        list[str],
        typer.Option("--cosigner", metavar="NAME=FILE", help="A party or observer and its .pub file; again."),
    ],
    quorum: Annotated[
        int | None, typer.Option("--quorum", metavar="K", help="How many must cosign; all by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Make an empty ledger with its trust policy.

    Both parties and an observer cosign. All of them must, unless --quorum says fewer; with three, only three
    of three exclude a split view. With a second observer one of four may be absent or dishonest.

    \b
    Example:
      equipoise ledger init record --name lisbon --log log.key.pub --cosigner alpha=alpha.key.pub
        --cosigner beta=beta.key.pub --cosigner observer=observer.key.pub
    """
    from equipoise.ledger import (
        COSIGNS,
        ORIGIN,
        SIGNS_NOTE,
        VerifierKey,
        check_name,
        create_ledger,
        make_policy,
        quorum_row,
        quorum_table,
        read_public,
    )

    origin = ORIGIN + check_name(name, field="--name")
    signs = VerifierKey(origin, SIGNS_NOTE, read_public(Path(log), SIGNS_NOTE).public_key)
    named = _cosigners(cosigner)
    keys = {who: read_public(Path(file), COSIGNS) for who, file in named.items()}
    policy = make_policy(signs, keys, quorum)
    create_ledger(Path(folder), policy)
    chosen = quorum_row(len(keys), len(keys) if quorum is None else quorum)
    if json:
        table = {"chosen": plain(chosen), "table": plain(quorum_table())}
        emit_json({"folder": folder, "origin": origin, "policy": policy.text, "quorum": table})
        return
    emit_line(f"{origin} in {folder}; give the file {folder}/policy to everybody who is to check it")
    emit_table(
        "Which quorum excludes two trees of one size",
        ("cosigners", "must sign", "dishonest ones excluded", "may be absent", ""),
        [
            (*(str(v) for v in plain(row).values()), "chosen" if row == chosen else "")
            for row in quorum_table(max(5, len(keys)))
        ],
        note="Malkhi and Reiter 1998. A second observer lets one of four be absent or dishonest.",
    )
    if chosen.dishonest_excluded == 0:
        emit_line("careful: as chosen, one dishonest cosigner can let two trees of one size pass")


def _cosigners(given: list[str]) -> dict[str, str]:
    """Public files by cosigner; each name once, for a cosigner that is dropped weakens the quorum unseen."""
    from equipoise.ledger import fault, is_key_name

    found: dict[str, str] = {}
    for name, file in (_pair(text, "--cosigner") for text in given):
        if not is_key_name(name):
            raise fault("key-name", field="--cosigner", found=name)
        if name in found:
            raise fault("cosigner-twice", field="--cosigner", found=name)
        found[name] = file
    return found


def append(
    folder: Folder,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="What kind of entry, such as declaration.")
    ] = "",
    party: Annotated[str, typer.Option("--as", metavar="PARTY", help="For whom; a cosigner's name.")] = "",
    key: Annotated[str, typer.Option("--key", metavar="FILE", help="The secret key that signs.")] = "",
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="FILE", help="The entry's fields as a JSON object.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="NAME=TEXT", help="One field; may be given again.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="FILE", help="A file that belongs to it; again.")
    ] = None,
    new_key: Annotated[
        str | None, typer.Option("--new-key", metavar="FILE", help="With --kind key: enter this key instead.")
    ] = None,
    new_passphrase: Annotated[
        str | None, typer.Option("--new-passphrase-file", metavar="FILE", help="The passphrase of --new-key.")
    ] = None,
    signed: Annotated[
        str | None, typer.Option("--signed", metavar="FILE", help="Append this entry, signed elsewhere.")
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FILE", help="Sign only, and write the entry to a new file."),
    ] = None,
    passphrase_file: Passphrase = None,
    json: Json = False,
) -> None:
    """Sign an entry and append it; it is on the disk when this returns.

    Kinds: declaration, commitment, result, finding, order, veto, release, exercise-message, key, revocation.
    A party enters its key first, with --kind key.

    \b
    Examples:
      equipoise ledger append record --kind key --as alpha --key alpha.key
      equipoise ledger append record --kind declaration --as alpha --key alpha.key
        --field about="our sites" --field as_of=2010-11-20 --document sites.csv
    """
    from equipoise.ledger import open_ledger, read_entry, read_input

    files = [Path(each) for each in document or ()]
    bodies = [read_input(each) for each in files]
    with open_ledger(Path(folder), write=out is None) as ledger:
        if signed is not None:
            entry = read_entry(read_input(signed), file=signed)
        else:
            given = _fields(kind, fields, field or [], files, bodies)
            entry = _signed(ledger, kind, given, party, (key, passphrase_file), (new_key, new_passphrase))
        if out is not None:
            _write_out(out, entry, json)
            return
        held = {hashlib.sha256(data).hexdigest(): data for data in bodies}
        index = ledger.append([entry], held)[0]
    if json:
        emit_json({"index": index, "kind": entry.payload.body.kind, "signer": entry.signer})
    else:
        emit_line(f"entry {index}: {entry.payload.body.kind} of {entry.payload.party}")


def _pair(text: str, field: str) -> tuple[str, str]:
    from equipoise.ledger import fault

    name, equals, value = text.partition("=")
    if not equals or not name:
        raise fault("pair-form", field=field, found=text)
    return name, value


def _fields(
    kind: str, file: str | None, given: list[str], documents: list[Path], bodies: list[bytes]
) -> dict[str, Any]:
    """The fields of an entry from its JSON file, from the command line and from its documents."""
    from equipoise.ledger import fault, from_texts, read_input, read_json

    found = {} if file is None else read_json(read_input(file), file=file)
    if not isinstance(found, dict):
        raise fault("field-form", file=file, found=repr(found)[:40], wanted="an object")
    found.update(from_texts(kind, dict(_pair(text, "--field") for text in given)))
    listed = found.get("documents", [])
    if documents and not isinstance(listed, list):
        raise fault("field-form", file=file, field="documents", found=repr(listed)[:40], wanted="a list")
    if documents:
        named = [
            {"name": path.name, "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in zip(documents, bodies, strict=True)
        ]
        found["documents"] = [*listed, *named]
    elif kind in ("declaration", "result"):
        found.setdefault("documents", [])
    return found


def _signed(
    ledger: Ledger,
    kind: str,
    given: dict[str, Any],
    party: str,
    by: tuple[str, str | None],
    new: tuple[str | None, str | None],
) -> SignedEntry:
    from equipoise.ledger import fault, read_body, read_key, sign

    for name, value in (("--kind", kind), ("--as", party), ("--key", by[0])):
        if not value:
            raise fault("option-missing", field=name)
    signer = read_key(Path(by[0]), passphrase(by[1], by[0]))
    body: Body
    if kind == "key" and not given:
        entered = signer if new[0] is None else read_key(Path(new[0]), passphrase(new[1], new[0]))
        body = ledger.key_body(entered, party)
    else:
        body = read_body(kind, given)
    return sign(ledger.payload(party, body), signer)


def _write_out(out: str, entry: SignedEntry, json: bool) -> None:
    from equipoise.ledger import write_new

    write_new(Path(out), entry.leaf)
    if json:
        emit_json({"file": out, "kind": entry.payload.body.kind, "signer": entry.signer})
    else:
        emit_line(f"signed, not appended: {out}")


def checkpoint(
    folder: Folder,
    key: Annotated[str | None, typer.Option("--key", metavar="FILE", help="The log's secret key.")] = None,
    add: Annotated[
        str | None, typer.Option("--add", metavar="FILE", help="Add a cosigner's line, made elsewhere.")
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Write the checkpoint to a new file as well.")
    ] = None,
    passphrase_file: Passphrase = None,
    json: Json = False,
) -> None:
    """Sign the tree as it is now, with the log's key; or show the last checkpoint.

    The log signs nothing that does not extend what it signed before. Cosigners then sign it, each by itself.

    \b
    Examples:
      equipoise ledger checkpoint record --key log.key
      equipoise ledger checkpoint record
    """
    from equipoise.ledger import fault, open_ledger, read_input, read_key, read_line, write_new

    with open_ledger(Path(folder), write=key is not None or add is not None) as ledger:
        if key is not None:
            signer = read_key(Path(key), passphrase(passphrase_file, key), name=ledger.origin)
            ledger.checkpoint(signer)
        if add is not None:
            text = read_input(add, limit=4096).decode("utf-8", "replace")
            ledger.add_line(read_line(text.rstrip("\n"), file=add))
        last = ledger.latest()
        if last is None:
            raise fault("checkpoint-none", file=folder)
        note, said = last
    if out is not None:
        write_new(Path(out), note.whole)
    if json:
        emit_json(
            {"origin": said.origin, "size": said.size, "root": said.root.hex(), "note": note.whole.decode()}
        )
    else:
        emit_line(note.whole.decode().rstrip("\n"))


def cosign(
    folder: Folder,
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="A cosigner that the policy names.")],
    key: Annotated[str, typer.Option("--key", metavar="FILE", help="The cosigner's secret key.")],
    memory: Annotated[
        str | None,
        typer.Option(
            "--memory", metavar="FILE", help="What it has seen so far; KEY.seen by default. Keep it."
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Write the line to a new file, not into DIR.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="First check every entry, and cosign only if all are good.")
    ] = False,
    passphrase_file: Passphrase = None,
    json: Json = False,
) -> None:
    """Cosign the last checkpoint, if it extends everything that this cosigner has seen.

    A cosigner keeps the largest tree that it has seen in a file of its own, and refuses a tree that is
    smaller or that rewrites it. Exit code 1 means refused; the checkpoint is then kept there as evidence.

    \b
    Example:
      equipoise ledger cosign record --as alpha --key alpha.key
    """
    from equipoise.ledger import Answer, WitnessMemory, audit, cosign_ledger, open_ledger, read_key, write_new

    signer = read_key(Path(key), passphrase(passphrase_file, key))
    with (
        open_ledger(Path(folder), write=out is None) as ledger,
        WitnessMemory(memory or f"{key}.seen") as seen,
    ):
        found = audit(ledger.store, ledger.policy) if verify else None
        if found is None or found.good:
            answer = cosign_ledger(ledger, name, signer, seen, keep=out is None)
        else:
            answer = Answer(422, f"entry {found.first_bad}: {found.problem}")
    cosigned = answer.status == 200
    if cosigned and out is not None:
        write_new(Path(out), answer.body.encode())
    if json:
        emit_json({"cosigned": cosigned, "status": answer.status, "answer": answer.body.rstrip("\n")})
    elif cosigned:
        emit_line(answer.body.rstrip("\n"))
    if not cosigned:
        refusal = MESSAGES["cosign-refused"]
        said = refusal.text.format(name=name, status=answer.status, answer=answer.body.strip())
        tell("cosign-refused", said, refusal.hint)
        raise typer.Exit(ANSWER_NO)

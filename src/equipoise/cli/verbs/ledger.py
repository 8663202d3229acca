"""``equipoise ledger``: the record that both sides and an observer can audit."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.output import Progress, emit_json, emit_line, emit_table
from equipoise.cli.plain import plain
from equipoise.cli.rim import ANSWER_NO
from equipoise.cli.verbs import ledger_write
from equipoise.cli.words import printable

if TYPE_CHECKING:
    from equipoise.ledger import Audit, Policy

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
SHORT = 5000
"""Entries that are checked within a second or so."""
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a ledger.")]
PolicyFile = Annotated[
    str | None, typer.Option("--policy", metavar="FILE", help="Your own copy of the trust policy.")
]


@app.callback()
def _ledger(context: typer.Context) -> None:
    """The record: signed entries that neither side can rewrite.

    Each party signs its entries, the log orders them in a Merkle tree, and both parties and the observer
    cosign its checkpoints.
    """
    if context.invoked_subcommand is None:
        emit_line(context.get_help())


app.command("key")(ledger_write.key)
app.command("init")(ledger_write.init)
app.command("append")(ledger_write.append)
app.command("checkpoint")(ledger_write.checkpoint)
app.command("cosign")(ledger_write.cosign)


@app.command("log")
def log(
    folder: Folder,
    index: Annotated[int | None, typer.Argument(metavar="[INDEX]", help="Show this entry whole.")] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FILE", help="Write that entry to a new file, byte for byte."),
    ] = None,
    json: Json = False,
) -> None:
    """List the entries in their order, or show one.

    \b
    Examples:
      equipoise ledger log record
      equipoise ledger log record 3 --json
    """
    from equipoise.ledger import fault, open_ledger, read_entry, read_json, write_new

    with open_ledger(Path(folder)) as ledger:
        size = ledger.size
        if index is not None:
            leaf = ledger.store.leaf(index)
            if leaf is None:
                raise fault("entry-missing", file=folder, index=index, size=size)
            if out is not None:
                write_new(Path(out), leaf)
            _show_entry(index, read_json(leaf), json)
            return
        rows = [(row.place, read_entry(row.leaf)) for row in ledger.store.rows()]
    listed = [
        {
            "index": place,
            "kind": e.payload.body.kind,
            "party": e.payload.party,
            "at": e.payload.at,
            "signer": e.signer,
        }
        for place, e in rows
    ]
    if json:
        emit_json({"origin": ledger.origin, "size": size, "entries": listed})
        return
    heads = ("index", "kind", "party", "at", "signer")
    note = "Times are what each signer's clock said; order is that of the index."
    emit_table(
        printable(ledger.origin),
        heads,
        [tuple(printable(str(row[h])) for h in heads) for row in listed],
        note,
    )


def _show_entry(index: int, entry: dict[str, Any], json: bool) -> None:
    if json:
        emit_json({"index": index, **entry})
        return
    rows = [
        (name, printable(value if isinstance(value, str) else dumps(value, ensure_ascii=False)))
        for name, value in entry["payload"].items()
    ]
    emit_table(f"Entry {index}, signed by {printable(entry['signer'])}", ("field", "value"), rows)


@app.command("verify")
def verify(
    target: Annotated[str, typer.Argument(metavar="DIR|FILE", help="A ledger, a receipt or a checkpoint.")],
    policy: PolicyFile = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="FILE", help="A checkpoint that you kept, or a cosigner's memory."),
    ] = None,
    entry: Annotated[
        str | None, typer.Option("--entry", metavar="FILE", help="With a receipt: the entry it is for.")
    ] = None,
    quorum: Annotated[
        bool, typer.Option("--quorum", help="Also ask that the quorum covers every entry.")
    ] = False,
    json: Json = False,
) -> None:
    """Is it valid? Check a whole ledger, a receipt or a checkpoint; exit code 1 means no.

    A ledger: every entry's form, signer and signature, the tree over them and each checkpoint; the first
    bad entry is named. --against holds it against an older checkpoint, and shows both roots. Two
    checkpoints of one size with two roots prove that the log misbehaved. Give your own copy of the policy:
    whoever can change the ledger's folder can change the copy in it.

    \b
    Examples:
      equipoise ledger verify record --policy policy --against yesterday.note
      equipoise ledger verify entry-3.tlog-proof --policy policy
    """
    from equipoise.ledger import is_receipt, read_input

    if Path(target).is_dir():
        _verify_ledger(Path(target), policy, against, quorum, json)
        return
    data = read_input(target)
    trusted = _policy(policy)
    if is_receipt(data):
        _verify_receipt(data, target, trusted, entry, json)
    else:
        _verify_checkpoint(data, target, trusted, against, json)


def _policy(file: str | None) -> Policy:
    from equipoise.ledger import fault, read_input, read_policy

    if file is None:
        raise fault("policy-missing", field="--policy")
    return read_policy(read_input(file), file=file)


def _verify_ledger(folder: Path, policy: str | None, against: str | None, quorum: bool, json: bool) -> None:
    from equipoise.ledger import audit, open_checkpoint, open_ledger

    with open_ledger(folder) as ledger, Progress() as progress:
        if ledger.size > SHORT:
            progress("checking every entry")
        trusted = ledger.policy if policy is None else _policy(policy)
        kept = None if against is None else _kept(against, ledger.origin)
        old = None if kept is None else open_checkpoint(kept, trusted, file=against)[1]
        found = audit(ledger.store, trusted, against=old)
    good = found.good and (not quorum or found.quorum_at == found.entries)
    if json:
        emit_json({"valid": good, "policy": policy or str(folder / "policy"), **plain(found)})
    else:
        if policy is None:
            emit_line("policy: the copy in the folder; whoever can change the ledger can change that too")
        _show_audit(found, good)
    if not good:
        raise typer.Exit(ANSWER_NO)


def _kept(file: str, origin: str) -> bytes:
    """The note that somebody kept: a checkpoint's file, or the largest one in a cosigner's memory."""
    from equipoise.ledger import WitnessMemory, fault, read_input

    data = read_input(file)
    if not data.startswith(b"SQLite format 3"):
        return data
    with WitnessMemory(file) as memory:
        note = memory.latest_note(origin)
    if note is None:
        raise fault("memory-empty", file=file, found=origin)
    return note


def _show_audit(found: Audit, good: bool) -> None:
    lines = [f"{found.origin}: {found.entries} entries, root {found.root}"]
    if found.first_bad is not None:
        lines.append(f"first bad entry: {found.first_bad}: {found.problem}")
    elif found.problem:
        lines.append(f"the store: {found.problem}")
    for state in found.checkpoints:
        signed = ", ".join(state.cosigned_by) or "nobody"
        lines.append(f"checkpoint {state.size}: cosigned by {signed}; {state.problem or 'fits'}")
    if found.quorum_at is None:
        lines.append("quorum: no checkpoint has reached it, so nobody but the log vouches for this order")
    else:
        lines.append(f"quorum: reached for the first {found.quorum_at} entries")
    if found.against is not None:
        held = found.against
        lines.append(f"against size {held.size}: root then {held.root_then}")
        lines.append(f"against size {held.size}: root now  {held.root_now or 'none'}")
        lines.append("it extends that checkpoint" if held.extends else held.problem)
    for line in (*lines, "valid" if good else "not valid"):
        emit_line(printable(line))


def _verify_receipt(data: bytes, file: str, policy: Policy, entry: str | None, json: bool) -> None:
    from equipoise.ledger import check_receipt, read_input, read_json

    leaf = None if entry is None else read_input(entry)
    found = check_receipt(data, policy, leaf=leaf, file=file)
    shown = read_json(found.entry, file=file) if found.valid and found.entry else None
    if json:
        values = {"index": found.index, "checkpoint": plain(found.checkpoint), "problem": found.problem}
        emit_json({"valid": found.valid, **values, "entry": shown})
    else:
        signed = ", ".join(found.checkpoint.cosigned_by) or "nobody"
        emit_line(f"entry {found.index} in a tree of {found.checkpoint.size}, cosigned by {signed}")
        emit_line("valid" if found.valid else f"not valid: {found.problem}")
    if not found.valid:
        raise typer.Exit(ANSWER_NO)


def _verify_checkpoint(data: bytes, file: str, policy: Policy, against: str | None, json: bool) -> None:
    from equipoise.ledger import check_checkpoint, compare_checkpoints, read_input

    found = check_checkpoint(data, policy, file=file)
    proof = None if against is None else compare_checkpoints(data, read_input(against), policy)
    valid = found.valid and proof is None
    if json:
        emit_json({**plain(found), "valid": valid, "misbehaviour": plain(proof)})
    else:
        if found.root:
            emit_line(f"{found.origin}: size {found.size}, root {found.root}")
            emit_line(f"cosigned by {', '.join(found.cosigned_by) or 'nobody'}")
        if proof is not None:
            emit_line(f"proof of misbehaviour: the log signed two roots for size {proof.size}:")
            for root in proof.roots:
                emit_line(f"  {root}")
            emit_line(f"cosigned both: {', '.join(proof.signed_both) or 'nobody'}")
        emit_line("valid" if valid else f"not valid{': ' if found.problem else ''}{found.problem}")
    if not valid:
        raise typer.Exit(ANSWER_NO)


@app.command("prove-entry")
def prove_entry(
    folder: Folder,
    index: Annotated[int, typer.Argument(metavar="INDEX", help="The entry's index.")],
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="A new file, such as 3.tlog-proof.")],
    json: Json = False,
) -> None:
    """Write a receipt: proof, for anybody off line, that an entry is in a tree that the quorum cosigned.

    It is a C2SP tlog-proof file and carries the entry.

    \b
    Example:
      equipoise ledger prove-entry record 3 --out 3.tlog-proof
    """
    from equipoise.ledger import open_ledger, write_new

    with open_ledger(Path(folder)) as ledger:
        receipt = ledger.receipt(index)
    write_new(Path(out), receipt.whole)
    if json:
        emit_json({"index": index, "file": out, "hashes": len(receipt.hashes)})
    else:
        emit_line(f"receipt of entry {index}: {out}")


@app.command("recompute")
def recompute(
    folder: Folder,
    index: Annotated[
        int | None, typer.Argument(metavar="[INDEX]", help="One result; all by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Run a result's inputs again: does every figure lie within its tolerance? Exit code 1 means no.

    Without an index every result is run; kinds that this program cannot run again are told.

    \b
    Example:
      equipoise ledger recompute record 4
    """
    from equipoise.ledger import LedgerError, fault, open_ledger, recompute_entry
    from equipoise.study import recomputers

    found, left = {}, {}
    with open_ledger(Path(folder)) as ledger, Progress() as progress:
        for place in range(ledger.size) if index is None else (index,):
            progress(f"entry {place}")
            try:
                outcome = recompute_entry(ledger, place, recomputers())
            except LedgerError as error:
                if index is not None or error.id != "result-kind":
                    raise
                left[place] = error
                continue
            if outcome is not None:
                found[place] = outcome
    if not found:
        raise next(iter(left.values()), fault("no-results", file=folder))
    agrees = all(outcome.agrees for outcome in found.values())
    if json:
        results = [{"index": place, **plain(outcome)} for place, outcome in found.items()]
        not_run = [{"index": place, "problem": refused.message} for place, refused in left.items()]
        emit_json({"agrees": agrees, "results": results, "not_run": not_run})
    else:
        for place, refused in left.items():
            emit_line(f"entry {place}: not run again: {refused.message}")
        for place, outcome in found.items():
            word = "agrees" if outcome.agrees else "differs"
            emit_line(f"entry {place}: {outcome.of}, {outcome.figures} figures and words: {word}")
            for d in outcome.differences:
                told = f"{d.name}: stated {d.stated}, found {d.found}, tolerance {d.tolerance}"
                emit_line(f"  {printable(told)}")
    if not agrees:
        raise typer.Exit(ANSWER_NO)


@app.command("export")
def export(
    folder: Folder,
    out: Annotated[str, typer.Option("--out", metavar="FOLDER", help="A new folder.")],
    json: Json = False,
) -> None:
    """Write the policy, the last checkpoint, every entry and document as plain files into a new folder.

    Files are named by index and digest; what an entry calls its documents never becomes a path.

    \b
    Example:
      equipoise ledger export record --out record-files
    """
    from equipoise.ledger import export as export_ledger
    from equipoise.ledger import open_ledger

    with open_ledger(Path(folder)) as ledger:
        names = export_ledger(ledger, Path(out))
    if json:
        emit_json({"folder": out, "files": names})
    else:
        emit_line(f"{len(names)} files in {out}")


@app.command("vectors")
def vectors(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON file of conformance vectors.")],
    json: Json = False,
) -> None:
    """Hold this program against published vectors of the formats it speaks.

    Merkle proofs, signed notes, checkpoints, cosignatures, witnesses, receipts, policies, canonical JSON and
    Ed25519. Exit code 1 means that a vector did not pass.

    \b
    Example:
      equipoise ledger vectors vectors.json --json
    """
    from equipoise.ledger import read_input, run_vectors

    sections = run_vectors(read_input(file), file=file)
    if json:
        emit_json({"sections": plain(sections)})
    else:
        emit_table(
            f"Vectors of {file}",
            ("section", "passed", "failed"),
            [(s.name, str(s.passed), "; ".join(s.failed) or "none") for s in sections],
        )
    if any(section.failed for section in sections):
        raise typer.Exit(ANSWER_NO)

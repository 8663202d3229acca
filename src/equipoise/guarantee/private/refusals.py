"""Every message with which the private check refuses its input, by id: what was found, and what would do.

No content of a secret file is ever in one: what is said of it is which file, line and field.
"""

from __future__ import annotations

from pathlib import Path

from equipoise.scenario import InputError

MESSAGES: dict[str, tuple[str, str]] = {
    "private-file-missing": (
        "{name} is missing",
        "`equipoise prove --private --set-up DIR` makes the folders of all three roles",
    ),
    "private-file-open": (
        "others than its owner may read or write it",
        "chmod 600 it: what it holds is secret",
    ),
    "private-file-form": (
        "it does not hold what it should",
        "make the folder anew, or restore your copy of it; commit again where it is vector.bin",
    ),
    "private-observer": (
        "the observer has no input and gives no consent",
        "this is for --as A or --as B",
    ),
    "private-shift": (
        "the statement leaves no room to take the times that much earlier",
        "agree on a statement with an earlier commit, or on a smaller shift",
    ),
    "private-folder-taken": (
        "it exists already",
        "give a new place; nothing that exists is overwritten",
    ),
    "private-domain": (
        "{problem}",
        "change the places, the speed ceiling, the flight cap, the end or the cells of the statement",
    ),
    "private-outside": (
        "{problem}",
        "agree on a wider statement; only this machine was told, and no figure is shown",
    ),
    "private-no-root": (
        "the card of {role} has no root: it has not committed to a vector",
        "`equipoise prove --private --as {role} --peers {peers} --commit` makes one",
    ),
    "private-same-key": (
        "two roles have the same signing key",
        "each role makes its own folder: nobody could say later who sent what",
    ),
    "private-card-key": (
        "the key of {role} may sign nothing: {problem}",
        "take the card that {role} made, and that nobody has changed",
    ),
    "private-record-form": (
        "this is no record of a run",
        "give the record-*.json that a run left in a role's folder",
    ),
    "private-other-terms": (
        "this record is of a run with another {what} than the public file and the cards now say",
        "put back the public file and the cards as they were at the run, and as they stand in the ledger",
    ),
    "private-nothing-to-ask": (
        "{architecture} has no interceptor of {owner} with figures",
        "choose another --architecture, or the other party for --protects",
    ),
    "private-outside-domain": (
        "{place} is no entry of the domain",
        "choose a place within the statement's reach, and a time at which interceptors can be there",
    ),
    "private-no-entry": ("{entry} is no entry of the domain", "entries run from 0 to {last}"),
    "private-opening-form": (
        "this is no opening of this check",
        "give the file that `prove inspect --as ROLE --out FILE` wrote, with its own peers file",
    ),
    "private-ledger-none": (
        "no ledger is here",
        "give the folder that `equipoise ledger init` made, or a whole copy of it; an export is not enough",
    ),
    "private-ledger-bad": (
        "{problem}",
        "send nothing; `equipoise ledger verify` says more: compare with the copies of the others",
    ),
    "private-ledger-quorum": (
        "the latest checkpoint, of {size} entries, is cosigned by {signed}: no quorum of {known}",
        "make a checkpoint with `equipoise ledger checkpoint` and let all cosign it, then run",
    ),
    "private-ledger-missing": (
        "{party} has committed to nothing by {scheme} for the statement {statement}",
        "{role} appends its commitment.json (`equipoise ledger append --kind commitment`), and all cosign; a "
        "party with keys of its own there is named in the public file, `party: NAME` under roles.{role}",
    ),
    "private-ledger-root": (
        "{party} has committed to {found}; the card of {role} says {card}",
        "take the card that {role} made, or let {role} append the commitment that it made last",
    ),
    "private-ledger-signer": (
        "this root is committed to by {found} of {owner}, and not by {party}",
        "if {role} is {owner} there, write `party: {owner}` under roles.{role} of the public file",
    ),
    "private-ledger-card": (
        "the commitment of {role} is about another card or another number of entries: {found}",
        "take the card that {role} made, or let {role} commit and append anew",
    ),
    "private-ledger-open": (
        "the commitment of {role} is not among the {size} entries that the latest checkpoint covers",
        "make a checkpoint with `equipoise ledger checkpoint` and let all cosign it, then run",
    ),
    "private-ledger-revoked": (
        "the commitment of {role} is signed by {found}, which entry {revoked} has revoked",
        "{role} appends its commitment.json anew, signed by a key that counts",
    ),
    "private-ledger-late": (
        "the commitment of {role} came after the result of this run, entry {ran}: it binds nobody",
        "agree on a new run.id, and run after both commitments are cosigned",
    ),
    "private-ledger-used": (
        "a result of the run {run} stands here already",
        "each identifier is used once: agree on a new run.id",
    ),
    "private-process": (
        "the process of {role} ended: {problem}",
        "run `equipoise prove --private --as {role}` by itself to see all that it says",
    ),
}


def refusal(
    id: str, path: Path | str | None = None, *, field: str | None = None, **names: object
) -> InputError:
    """The error with this id, its sentence and hint filled in, about a file."""
    text, hint = MESSAGES[id]
    named = {"name": Path(path).name if path is not None else "", **names}
    file = None if path is None else str(path)
    return InputError(id, text.format(**named), file=file, field=field, hint=hint.format(**named))

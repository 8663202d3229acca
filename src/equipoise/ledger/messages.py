"""Every message of this room about bad input, by id: what was found, and what would do.

Where (file, line, field) travels in the error itself. Braces are named fields, so that a message can be
tested and translated.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str | None]] = {
    # files
    "file-missing": ("no such file", "give the path of a file that exists"),
    "file-not-read": ("it cannot be read: {reason}", "check that it is a file and that you may read it"),
    "file-too-long": ("it is longer than {limit} bytes", "this is not the file that is meant"),
    "file-exists": ("it exists already, and nothing here is ever replaced", "give a new name"),
    "file-not-written": ("it cannot be written: {reason}", "choose a place that you may write to"),
    "name-unsafe": (
        "{found!r} may not name a file",
        "use up to 80 letters, digits, dots, hyphens and underscores, with no dot in front",
    ),
    # JSON from strangers
    "json-too-large": ("{size} bytes of JSON; at most {limit} are read", "split it"),
    "json-not-utf8": ("the JSON is not UTF-8 at byte {offset}", "save it as UTF-8"),
    "json-syntax": ("not valid JSON: {problem}", "check brackets, quotes and commas near this line"),
    "json-surrogate": ("text with half of a character (a lone surrogate)", "write whole characters"),
    "json-too-deep": ("nested deeper than {limit} levels", "no document of ours lies that deep"),
    "json-too-many": ("more than {limit} values", "split it"),
    "json-duplicate-key": ("the key {key!r} stands twice in one object", "keep one of the two"),
    "json-fraction": (
        "{found} is a number that machines round differently",
        'write figures as decimal text with their tolerance, such as "12.5"',
    ),
    "json-integer": ("{found} lies beyond 2**53 - 1", "write it as text"),
    # keys
    "key-length": ("an Ed25519 public key has 32 bytes, found {found}", None),
    "key-not-canonical": ("this public key has a second encoding (its coordinate is not reduced)", None),
    "key-low-order": (
        "this public key is of low order: one signature by it would fit many messages",
        "make another key",
    ),
    "vkey-malformed": ("{found!r} is no public key line: {why}", "copy the line from the .pub file again"),
    # notes, checkpoints, receipts, policies
    "note-malformed": (
        "this is no signed note: {why}",
        "fetch the note again; it must be kept byte for byte",
    ),
    "note-too-many-signatures": (
        "the note has {found} signatures; at most {limit} are read",
        "leave the lines of the log and of the cosigners that the policy names",
    ),
    "note-bad-signature": (
        "the signature of {name} ({key}) does not fit the text",
        "somebody changed the text or the line: ask its signer",
    ),
    "note-ambiguous-key": ("two known keys are called {name} with the id {key}", "keep one of them"),
    "note-unsigned": ("no known key signed this note (known: {known})", "use the policy that names its log"),
    "checkpoint-malformed": ("this is no checkpoint: {why}", "fetch the checkpoint again"),
    "receipt-malformed": ("this is no receipt: {why}", "make it again with `equipoise ledger prove-entry`"),
    "vectors-form": ("this is no file of vectors", "its top level names sections, as in the catalogue's own"),
    "request-malformed": (
        "this is no request to a witness",
        "it has a line `old N`, at most 63 lines of proof, a blank line and a checkpoint",
    ),
    "memory-unusable": (
        "the witness's memory cannot be used: {problem}",
        "give the file that this cosigner has used before, or a new name in a place that you may write to",
    ),
    "policy-malformed": ("this is no trust policy: {why}", "see C2SP tlog-policy for the form"),
}


class LedgerError(Exception):
    """Bad input, told to a person: where, what was found, what would do. The command ends with 2."""

    def __init__(
        self,
        id: str,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.id, self.message, self.file, self.line, self.column = id, message, file, line, None
        self.field, self.hint = field, hint

    def located(self, file: str | None) -> LedgerError:
        """The same, found in this file."""
        return LedgerError(self.id, self.message, file=file, line=self.line, field=self.field, hint=self.hint)

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        parts = [part for part in (where, self.field, self.message) if part]
        return ": ".join(parts) + (f"\n\nhint: {self.hint}" if self.hint else "")


def fault(
    id: str, *, file: str | None = None, line: int | None = None, field: str | None = None, **names: object
) -> LedgerError:
    """The error with this id, its sentence and hint filled in; where it was found goes beside."""
    text, hint = MESSAGES[id]
    return LedgerError(
        id,
        text.format(**names),
        file=file,
        line=line,
        field=field,
        hint=None if hint is None else hint.format(**names),
    )

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
    "cosigner-twice": ("the cosigner {found} stands twice", "give each a name of its own"),
    "key-name": (
        "{found!r} is no name of a key",
        "use text without spaces and +, such as equipoise.example/alpha",
    ),
    "key-file-open": (
        "others may read this key file (mode {mode})",
        "give it to its owner alone with `chmod 600`, and make a new key if others had access",
    ),
    "key-form": ("this is no private key in PKCS#8 (PEM)", "make one with `equipoise ledger key`"),
    "key-not-encrypted": (
        "this key file has no passphrase",
        "make one with `equipoise ledger key`, which asks for a passphrase",
    ),
    "key-kind": ("this is no Ed25519 key: {found}", "make one with `equipoise ledger key`"),
    "key-public-other": ("these public lines belong to another key", "keep a key and its .pub file together"),
    "key-line-missing": ("no public key of type {kind} stands here", "give the .pub file of the key"),
    "passphrase-wrong": (
        "the passphrase does not open this key, or the file is damaged",
        "check the passphrase file: its first line counts, without the line's end",
    ),
    "passphrase-short": ("the passphrase has fewer than {least} characters", "use a longer one"),
    "passphrase-differs": ("the two passphrases differ", "type the same one twice"),
    "option-missing": ("it was not given", "`equipoise ledger append --help` has a worked example"),
    "pair-form": ("{found!r} has no name and value", "write NAME=VALUE"),
    "passphrase-missing": (
        "no passphrase was given and nobody can be asked",
        "give --passphrase-file FILE, which only its owner may read, or run this in a terminal",
    ),
    # the ledger on disk
    "store-missing": ("no ledger is here", "make one with `equipoise ledger init DIR`"),
    "store-form": ("a ledger of form {found}; this version reads form 1", "use the version that wrote it"),
    "store-damaged": (
        "the store is damaged: {problem}",
        "`equipoise ledger verify` names the first bad entry; take a copy from another party",
    ),
    "store-failed": (
        "the store did not answer: {problem}",
        "check whether the disk is full, and your rights to the folder",
    ),
    "store-full": ("the disk is full; nothing of this was appended", "make room, then do it again"),
    "ledger-locked": (
        "another process is writing to this ledger",
        "one writes at a time: wait until it is done",
    ),
    "policy-other-log": (
        "the policy names no log called {found}",
        "use the policy that was made with the ledger",
    ),
    "log-key-other": ("{found} is not this log's key", "the log's key is {wanted}"),
    "history-rewritten": (
        "the tree no longer extends the checkpoint of size {size} that was signed before",
        "sign nothing; keep the folder as it is, and compare it with the copies of the other parties",
    ),
    "checkpoint-none": ("this ledger has no checkpoint yet", "make one with `equipoise ledger checkpoint`"),
    "checkpoint-foreign": ("the checkpoint is of {found}, the policy knows {known}", "use that log's policy"),
    "checkpoint-extended": ("the checkpoint carries extension lines, which nobody can audit", None),
    "cosigner-unknown": (
        "the policy names no cosigner with the key of {found}",
        "the cosigners are: {known}",
    ),
    "cosigner-key-other": ("{found} is not the key that the policy gives {name}", "cosign with its own key"),
    "entry-not-covered": (
        "no checkpoint that reached the quorum covers entry {index} (the ledger holds {size})",
        "make a checkpoint and let the cosigners sign it",
    ),
    "receipt-without-entry": (
        "the receipt carries no entry, and none was given",
        "give the entry with --entry FILE, as `equipoise ledger log DIR INDEX --out FILE` writes it",
    ),
    "checkpoints-other-sizes": (
        "{one} and {other} cannot be compared by themselves",
        "run `equipoise ledger verify DIR --against OLD` on a copy of the ledger",
    ),
    "document-missing": (
        "the document {found} (SHA-256 {sha256}) is not in this ledger as it was named",
        "ask its party for the file",
    ),
    "result-inputs": (
        "the scenario {found!r} neither ships with this program nor is among the entry's documents",
        "append the result with --document scenario.yaml",
    ),
    "result-kind": ("nothing here computes a result of {found!r}", "this program computes: {known}"),
    "policy-missing": (
        "a file cannot be judged without a trust policy",
        "give the policy that was made with the ledger, from your own copy",
    ),
    "no-results": (
        "this ledger holds no result",
        "`equipoise study` writes one into its folder, to be signed",
    ),
    "entry-missing": ("no entry {index}; the ledger holds {size}", "`equipoise ledger log DIR` lists them"),
    "quorum-empty": ("a ledger needs cosigners", "name each with --cosigner NAME=FILE.pub"),
    "quorum-splits": (
        "{least} of {cosigners} cosigners could sign two trees of one size",
        "at least {good} must sign; all of them is the default",
    ),
    "origin-form": ("{found} is no origin of ours", "it begins with {prefix}"),
    # entries and the register
    "entry-form": ("this is no signed entry: {why}", "make it with `equipoise ledger append`"),
    "entry-other-ledger": ("this entry was signed for {found}, this ledger is {wanted}", "sign it anew"),
    "entry-signature": ("the signature of {found} does not fit the entry", "sign it anew"),
    "entry-hash": ("the leaf is not the one that was hashed", None),
    "entry-lost": ("entry {index} is missing", None),
    "entry-twice": ("this very entry stands in the ledger already, at {index}", "an entry counts once"),
    "kind-unknown": ("no kind of entry is called {found!r}", "the kinds are: {known}"),
    "field-missing": ("it is missing", "add it"),
    "field-unknown": ("no such field in this kind of entry", "the fields are: {known}"),
    "field-form": ("{found} where {wanted} should stand", None),
    "figure-form": ("{found!r} is no decimal number", 'write decimal text such as "12.50", no exponent'),
    "signer-unknown": (
        "no key called {found} is in the register",
        "enter it first: `equipoise ledger append DIR --kind key`",
    ),
    "signer-revoked": ("the key {found} was revoked by entry {index}", "sign with a key that counts"),
    "signer-other-party": (
        "the key {found} is of {owner}, the entry speaks for {party}",
        "sign with its own key",
    ),
    "key-not-in-policy": (
        "the trust policy names no such key for {party}",
        "a party's first key is the one that the policy names; later ones are entered by a key that counts",
    ),
    "key-twice": ("the key {found} is in the register already", "a key enters once, also after a revocation"),
    "key-challenge": ("the owner of {found} has not signed the challenge", "enter it with the key at hand"),
    "revocation-of-nothing": (
        "{party} has no key {found} that counts",
        "`equipoise ledger log` lists the keys",
    ),
    "vkey-malformed": ("this is no public key line: {why}", "copy the line from the .pub file again"),
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
    "memory-empty": ("this memory holds no checkpoint of {found}", "give that of a cosigner of this ledger"),
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

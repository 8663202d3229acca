"""The whole check on one machine: three processes, each with its own folder, and a ledger beside them.

The processes are started by the very command that each party would give on its own machine. The inputs are
the scenario's, so that nothing in them is secret; what is shown is how it goes and what it costs.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise import __version__
from equipoise.guarantee.private.folder import Folder
from equipoise.guarantee.private.node import domain_for
from equipoise.guarantee.private.outward.statement import Domain
from equipoise.guarantee.private.refusals import refusal
from equipoise.guarantee.private.roots_in_record import HeldRoots, card_digest, held_from_json
from equipoise.guarantee.private.run.messages import ROLES, Role, Terms
from equipoise.guarantee.private.run.roles import Outcome, Word
from equipoise.guarantee.private.run_record import (
    bits_opened,
    commitment_entry,
    means,
    read_record,
    result_entry,
)
from equipoise.guarantee.private.set_up import Inputs, write_check
from equipoise.ledger import (
    COSIGNS,
    ORIGIN,
    Body,
    Signer,
    VerifierKey,
    WitnessMemory,
    cosign_ledger,
    create_ledger,
    make_policy,
    open_ledger,
)
from equipoise.scenario import PeersFile, Scenario, load_peers

Progress = Callable[[str], None]
LEDGER = "ledger"
PARTIES: tuple[Role, Role] = ("A", "B")


@dataclass(frozen=True)
class PrivateVerdict:
    """One opened bit, or why there is none, with all that may be said of it in public."""

    architecture: str
    protects: str
    verdict: Word
    means: str
    reason: str
    bits_opened: int
    """At most."""
    domain: Domain
    terms: Terms
    bytes_sent: tuple[tuple[Role, int], ...]
    commit_s: float
    run_s: float
    ledger_root: str
    """Root of the ledger after the run; the commitments were in it before."""
    held: HeldRoots | None
    """The checkpoint of that ledger against which every role held both roots before the run."""


def demonstrate(
    scenario: Scenario, inputs: Inputs, folder: Path, command: Sequence[str], progress: Progress
) -> PrivateVerdict:
    """Set up, commit, record the commitments, run, record the results, cosign.

    ``command`` starts a process that takes ``--as ROLE --peers FILE`` and ``--commit``. InputError where a
    process refuses its input.
    """
    path = write_check(folder, scenario, inputs)
    progress(f"{inputs.architecture}: both parties rasterise and commit")
    begun = monotonic()
    together(command, path, PARTIES, ("--commit",))
    committed = monotonic()
    peers = load_peers(path)
    domain = domain_for(peers)
    book = _book(folder)
    book.begin()
    book.enter({role: _commitment(peers, domain, role) for role in PARTIES})
    progress(f"{inputs.architecture}: three processes run over {len(domain):,} entries")
    again = monotonic()
    together(command, path, ROLES, ("--record", str(folder / LEDGER)))
    ended = monotonic()
    name = f"record-{peers.run.hex()}.json"
    records = {role: (folder / role / name).read_bytes() for role in ROLES}
    outcomes = {role: read_record(data, role) for role, data in records.items()}
    held = held_from_json(json.loads(records["A"])["held_against"])
    against = "" if held is None else held.checkpoint
    root = book.enter(
        {role: result_entry(*said, __version__, held=against) for role, said in outcomes.items()}
    )
    outcome = _of_all([outcome for outcome, _ in outcomes.values()])
    terms = outcomes["A"][1]
    return PrivateVerdict(
        inputs.architecture,
        inputs.protects,
        outcome.word,
        means(outcome),
        outcome.reason,
        bits_opened(terms, outcome),
        domain,
        terms,
        tuple((role, int(json.loads(data)["bytes_sent"])) for role, data in records.items()),
        committed - begun,
        ended - again,
        root,
        held,
    )


def _book(folder: Path) -> _Book:
    signers = {role: Signer(role, Folder(folder / role, role).signing_key) for role in ROLES}
    return _Book(folder / LEDGER, Signer(f"{ORIGIN}{LEDGER}", Ed25519PrivateKey.generate()), signers)


def _commitment(peers: PeersFile, domain: Domain, role: Role) -> Body:
    card = peers.roles[role]
    digest = card_digest(card.certificate, card.signs_with)
    return commitment_entry(domain.statement.digest, digest, card.root or bytes(32), len(domain))


def _of_all(outcomes: Sequence[Outcome]) -> Outcome:
    """The verdict where all three agree; otherwise it is not reached, with the first reason given.

    Where it is not reached, that role's outcome is taken after which somebody may know the bit.
    """
    if len({outcome.word for outcome in outcomes}) == 1:
        return max(outcomes, key=lambda o: o.may_be_known)
    reason = next(o.reason for o in outcomes if o.reason)
    return replace(max(outcomes, key=lambda o: o.may_be_known), word="not reached", reason=reason)


def together(command: Sequence[str], peers: Path, roles: Sequence[Role], extra: tuple[str, ...]) -> None:
    """One process a role, all at once; none is left behind. InputError with what the first to fail said."""
    started = [
        subprocess.Popen(
            [*command, "--as", role, "--peers", str(peers), *extra, "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for role in roles
    ]
    try:
        said = [process.communicate()[1] for process in started]
    finally:
        for process in started:
            if process.poll() is None:
                process.kill()
                process.wait()
    for role, process, words in zip(roles, started, said, strict=True):
        if process.returncode not in (0, 1):
            last = next((line for line in words.splitlines() if line.startswith("error")), "no words")
            raise refusal("private-process", role=role, problem=last)


@dataclass(frozen=True)
class _Book:
    """The ledger beside a demonstration: a key for the log, and the roles' keys as cosigners."""

    folder: Path
    log: Signer
    signers: Mapping[Role, Signer]

    def begin(self) -> None:
        """A new ledger with all three keys in its register."""
        cosigners: dict[str, VerifierKey] = {
            role: signer.verifier(COSIGNS) for role, signer in self.signers.items()
        }
        create_ledger(self.folder, make_policy(self.log.verifier(), cosigners))
        with open_ledger(self.folder, write=True) as ledger:
            for role, signer in self.signers.items():
                ledger.append_body(signer, role, ledger.key_body(signer, role))

    def enter(self, bodies: Mapping[Role, Body]) -> str:
        """Each role's entry, a checkpoint that all three cosign, and its root in hexadecimal."""
        with open_ledger(self.folder, write=True) as ledger:
            for role, body in bodies.items():
                ledger.append_body(self.signers[role], role, body)
            ledger.checkpoint(self.log)
            for role, signer in self.signers.items():
                with WitnessMemory(self.folder.parent / role / "cosigned.sqlite") as memory:
                    cosign_ledger(ledger, role, signer, memory)
            latest = ledger.latest()
        return latest[1].root.hex() if latest else ""

"""Ledgers for tests, made quickly: keys in memory, entries signed, checkpoints cosigned."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger import (
    COSIGNS,
    ORIGIN,
    Answer,
    Body,
    Declaration,
    Ledger,
    Policy,
    Signer,
    WitnessMemory,
    cosign_ledger,
    create_ledger,
    make_policy,
    open_ledger,
)

NAME = f"{ORIGIN}test"
COSIGNERS = ("alpha", "beta", "observer")


def signer(name: str) -> Signer:
    return Signer(name, Ed25519PrivateKey.generate())


@dataclass
class Party:
    """One cosigner with its key and its memory of what it has seen."""

    name: str
    folder: Path
    signer: Signer

    @contextlib.contextmanager
    def memory(self) -> Iterator[WitnessMemory]:
        with WitnessMemory(self.folder / f"{self.name}.seen") as seen:
            yield seen


@dataclass
class Cast:
    """Everybody who takes part; ledgers of one cast share its policy."""

    folder: Path
    names: Sequence[str] = COSIGNERS
    least: int | None = None
    log: Signer = field(default_factory=lambda: signer(NAME))

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.parties = {n: Party(n, self.folder, signer(f"{ORIGIN}{n}")) for n in self.names}

    @property
    def policy(self) -> Policy:
        keys = {name: party.signer.verifier(COSIGNS) for name, party in self.parties.items()}
        return make_policy(self.log.verifier(), keys, self.least)

    def ledger(self, name: str = "record", texts: Sequence[str] = ()) -> Path:
        """A ledger with every party's key in it, and a declaration of the first party for each text."""
        folder = self.folder / name
        create_ledger(folder, self.policy)
        with open_ledger(folder, write=True) as ledger:
            for party in self.parties.values():
                ledger.append_body(party.signer, party.name, ledger.key_body(party.signer, party.name))
            self.declare(ledger, texts)
        return folder

    def declare(self, ledger: Ledger, texts: Sequence[str], party: str = "") -> list[int]:
        who = self.parties[party or self.names[0]]
        return [ledger.append_body(who.signer, who.name, declaration(text)) for text in texts]

    def checkpoint(self, folder: Path, cosigners: Sequence[str] | None = None) -> list[Answer]:
        """The log signs the tree as it is, and these cosigners are asked, all by default."""
        with open_ledger(folder, write=True) as ledger:
            ledger.checkpoint(self.log)
            return [self.cosign(ledger, name) for name in (self.names if cosigners is None else cosigners)]

    def cosign(self, ledger: Ledger, name: str, now_s: int | None = None) -> Answer:
        party = self.parties[name]
        with party.memory() as memory:
            return cosign_ledger(ledger, name, party.signer, memory, now_s=now_s)


def declaration(text: str) -> Body:
    return Declaration(text, "2010-11-20")

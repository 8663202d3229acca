"""Three roles in one process for tests: queues for wires, and a place to put a cheat in."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.private.run.messages import (
    PREFIX,
    Kind,
    Logged,
    NotReached,
    Recorder,
    Role,
    Terms,
    digest_of,
)
from equipoise.guarantee.private.run.protocol import Dealer, Party
from equipoise.guarantee.private.run.roles import Outcome, play_observer, play_party

RUN = b"run-of-16-bytes."
KEY_A, KEY_B, SECRET = b"a" * 32, b"b" * 32, b"o" * 32
ROLES: tuple[Role, ...] = ("A", "B", "observer")
SIGNING = {role: Ed25519PrivateKey.from_private_bytes(role.encode().ljust(32)) for role in ROLES}
SIGNED_BY = {role: key.public_key() for role, key in SIGNING.items()}
Tamper = Callable[[Role, Kind, bytes], bytes | None]
"""What a cheat does with a message that it is about to send: changes it, or drops it (None)."""


def honest(to: Role, kind: Kind, payload: bytes) -> bytes:
    """Sends what it should."""
    return payload


def terms(entries: int, run: bytes = RUN) -> Terms:
    return Terms(run, bytes(32), bytes(32), bytes(32), bytes(32), entries, 1, 0)


class QueueChannel:
    """One role's end of queues between all three."""

    def __init__(self, me: Role, wires: Mapping[tuple[Role, Role], queue.Queue[tuple[Kind, bytes]]]) -> None:
        self._me, self._wires = me, wires
        self.seen: list[tuple[Role, Kind, bytes]] = []

    def send(self, to: Role, kind: Kind, message: bytes) -> None:
        self._wires[self._me, to].put((kind, message))

    def receive(self, sender: Role, kind: Kind) -> bytes:
        try:
            found, message = self._wires[sender, self._me].get(timeout=1.5)
        except queue.Empty:
            raise NotReached(f"nothing from {sender} by the deadline") from None
        assert found is kind
        self.seen.append((sender, kind, message))
        return message


class Cheat(Recorder):
    """Signs and sends what its function makes of a message, and logs what it should have sent."""

    tamper: Tamper = staticmethod(honest)

    def send(self, to: Role, kind: Kind, payload: bytes) -> None:
        sent = self.tamper(to, kind, payload)
        digest = digest_of(self._run, self.me, to, kind, payload)
        self.log.append(Logged(self.me, to, kind, digest, self._key.sign(PREFIX + digest)))
        if sent is not None:
            signature = self._key.sign(PREFIX + digest_of(self._run, self.me, to, kind, sent))
            self._channel.send(to, kind, sent + signature)


def play(
    a: Bool[Array, " n"],
    b: Bool[Array, " n"],
    *,
    cheats: Mapping[Role, Tamper] | None = None,
    run: bytes = RUN,
    keys: tuple[bytes, bytes, bytes] = (KEY_A, KEY_B, SECRET),
    parties: tuple[Party, Party] | None = None,
    dealer: Dealer | None = None,
) -> tuple[dict[Role, Outcome], dict[Role, QueueChannel]]:
    """One run over queues; a role in ``cheats`` sends what its function makes of its messages."""
    wires = {(s, r): queue.Queue() for s in ROLES for r in ROLES if s != r}
    channels = {role: QueueChannel(role, wires) for role in ROLES}
    recorders = {role: _recorder(channels[role], run, role, (cheats or {}).get(role)) for role in ROLES}
    agreed = terms(len(a), run)
    first, second = parties or (Party("A", a, keys[0], run), Party("B", b, keys[1], run))
    third = dealer or Dealer(keys[2], run, len(a))
    with ThreadPoolExecutor(3) as threads:
        futures = {
            "A": threads.submit(play_party, first, agreed, recorders["A"]),
            "B": threads.submit(play_party, second, agreed, recorders["B"]),
            "observer": threads.submit(play_observer, third, agreed, recorders["observer"]),
        }
        return {role: future.result() for role, future in futures.items()}, channels


def _recorder(channel: QueueChannel, run: bytes, role: Role, tamper: Tamper | None) -> Recorder:
    made = (Recorder if tamper is None else Cheat)(channel, run, role, SIGNING[role], SIGNED_BY)
    if tamper is not None:
        made.tamper = tamper
    return made


def vectors(seed: int, entries: int, overlap: int) -> tuple[Bool[Array, " n"], Bool[Array, " n"]]:
    """Two random vectors of which exactly ``overlap`` entries are 1 in both."""
    rng = np.random.default_rng(seed)
    kind = rng.permutation(np.repeat([0, 1, 2], [entries - 2 * (entries // 3), entries // 3, entries // 3]))
    a, b = kind == 1, kind == 2
    both = rng.choice(entries, overlap, replace=False)
    a[both] = b[both] = True
    return a, b

"""The messages of a run over TCP with mutual TLS: each end shows the certificate that its role was given.

The observer listens for both parties, A listens for B. A frame's header says magic, version, kind, run and
length, all of which the receiver knows beforehand; any other header ends the run before a byte more is read.
Every wait ends at the run's deadline.
"""

from __future__ import annotations

import select
import socket
import ssl
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from equipoise.guarantee.private.run.messages import (
    HEADER,
    MAGIC,
    ROLES,
    VERSION,
    Kind,
    NotReached,
    Role,
    length_of,
)

RETRY_S = 0.05
HANDSHAKE_S = 2.0
"""For a stranger to say who it is before the next in line is heard."""
LARGEST_READ = 1 << 20
_LISTENS: dict[Role, tuple[Role, ...]] = {"observer": ("A", "B"), "A": ("B",), "B": ()}
"""For whom each role waits; to the others it connects."""


@dataclass(frozen=True)
class Endpoint:
    """Where a role listens, and the one certificate that it may show (PEM)."""

    host: str
    port: int
    certificate: str

    @property
    def shown(self) -> bytes:
        """The certificate as a handshake shows it (DER)."""
        return ssl.PEM_cert_to_DER_cert(self.certificate)


class Wire:
    """One role's two connections, as a channel. What is sent waits in memory and goes out whenever it can.

    Nothing blocks but the wait for a message, during which everything that waits is sent: two parties that
    send each other long messages at once never stand in each other's way.
    """

    def __init__(self, run: bytes, entries: int, ends_at: float) -> None:
        self._run, self._entries, self._ends_at = run, entries, ends_at
        self._links: dict[Role, ssl.SSLSocket] = {}
        self._waiting: dict[Role, deque[memoryview]] = {}
        self.bytes_sent = 0

    def add(self, peer: Role, link: ssl.SSLSocket) -> None:
        """A connection whose other end showed the peer's certificate."""
        link.setblocking(False)
        self._links[peer], self._waiting[peer] = link, deque()

    def send(self, to: Role, kind: Kind, message: bytes) -> None:
        """Put a frame in the queue of a peer, and send what can go at once."""
        frame = HEADER.pack(MAGIC, VERSION, kind, self._run, len(message)) + message
        self.bytes_sent += len(frame)
        self._waiting[to].append(memoryview(frame))
        self._flush()

    def receive(self, sender: Role, kind: Kind) -> bytes:
        """The next frame, if it is the one that must come."""
        wanted = length_of(kind, self._entries)
        magic, version, found, run, length = HEADER.unpack(self._read(HEADER.size, sender))
        if (magic, version) != (MAGIC, VERSION):
            raise NotReached(f"{sender} speaks another protocol or version")
        if run != self._run:
            raise NotReached(f"{sender} is in another run")
        if found != kind or length != wanted:
            raise NotReached(f"{sender} sent another message than the {kind.name.lower()} that must come")
        return self._read(wanted, sender)

    def close(self) -> None:
        """Let what waits go out, until the deadline, and close."""
        while any(self._waiting.values()) and self._left() > 0:
            self._flush()
            self._wait(None)
        for link in self._links.values():
            link.close()

    def _read(self, count: int, peer: Role) -> bytes:
        """Exactly so many bytes from the peer, or NotReached."""
        data = bytearray()
        while len(data) < count:
            self._flush()
            try:
                part = self._links[peer].recv(min(count - len(data), LARGEST_READ))
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                if self._left() <= 0:
                    raise NotReached(f"nothing from {peer} by the deadline") from None
                self._wait(peer)
                continue
            except OSError:
                raise NotReached(f"the connection with {peer} broke") from None
            if not part:
                raise NotReached(f"{peer} hung up")
            data += part
        return bytes(data)

    def _flush(self) -> None:
        """Send what can be sent without waiting; a peer that went away is noticed when it is listened to."""
        for peer, frames in self._waiting.items():
            try:
                while frames:
                    sent = self._links[peer].send(frames[0][:LARGEST_READ])
                    frames[0] = frames[0][sent:]
                    if not frames[0]:
                        frames.popleft()
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                continue
            except OSError:
                frames.clear()

    def _wait(self, listening_to: Role | None) -> None:
        """Until something can be read from that peer or sent to any, or the deadline."""
        reading = [] if listening_to is None else [self._links[listening_to]]
        writing = [self._links[peer] for peer, frames in self._waiting.items() if frames]
        select.select(reading, writing, [], max(0.0, self._left()))

    def _left(self) -> float:
        return self._ends_at - monotonic()


@contextmanager
def connected(
    me: Role,
    endpoints: Mapping[Role, Endpoint],
    own: Path,
    run: bytes,
    entries: int,
    ends_at: float,
) -> Iterator[Wire]:
    """This role's wire to both others, closed at the end.

    ``own`` is the file with this role's private key and certificate. Raises NotReached where a peer does not
    come in time, or somebody comes with another certificate than the role's.
    """
    wire = Wire(run, entries, ends_at)
    with ExitStack() as stack:
        stack.callback(wire.close)
        listener = None
        if _LISTENS[me]:
            listener = stack.enter_context(_listening(endpoints[me]))
        for peer in ROLES:
            if peer != me and peer not in _LISTENS[me]:
                wire.add(peer, _reach(peer, endpoints[peer], own, ends_at))
        missing = set(_LISTENS[me])
        while listener is not None and missing:
            awaited = {role: endpoints[role] for role in missing}
            role, link = _accept(listener, awaited, own, ends_at)
            wire.add(role, link)
            missing.discard(role)
        yield wire


@contextmanager
def _listening(at: Endpoint) -> Iterator[socket.socket]:
    """A listening socket. NotReached where the address cannot be had."""
    try:
        listener = socket.create_server((at.host, at.port))
    except OSError as error:
        raise NotReached(f"cannot listen on {at.host}:{at.port}: {error.strerror}") from None
    with listener:
        yield listener


def _context(side: int, own: Path, trusted: str) -> ssl.SSLContext:
    """TLS 1.3 with a certificate asked of both ends; names are not looked at, whole certificates are."""
    context = ssl.SSLContext(side)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(own)
    context.load_verify_locations(cadata=trusted)
    return context


def _accept(
    listener: socket.socket, awaited: Mapping[Role, Endpoint], own: Path, ends_at: float
) -> tuple[Role, ssl.SSLSocket]:
    """The next connection that shows an awaited role's certificate; others are turned away."""
    trusted = "\n".join(end.certificate for end in awaited.values())
    context = _context(ssl.PROTOCOL_TLS_SERVER, own, trusted)
    names = " and ".join(sorted(awaited))
    while True:
        left = ends_at - monotonic()
        if left <= 0:
            raise NotReached(f"{names} did not come by the deadline")
        listener.settimeout(left)
        try:
            plain, _ = listener.accept()
        except TimeoutError:
            raise NotReached(f"{names} did not come by the deadline") from None
        try:
            plain.settimeout(HANDSHAKE_S)
            link = context.wrap_socket(plain, server_side=True)
        except OSError:
            plain.close()
            continue
        shown = link.getpeercert(binary_form=True)
        for role, end in awaited.items():
            if shown == end.shown:
                return role, link
        link.close()


def _reach(peer: Role, at: Endpoint, own: Path, ends_at: float) -> ssl.SSLSocket:
    """Connect to a role that listens, trying again until the deadline."""
    context = _context(ssl.PROTOCOL_TLS_CLIENT, own, at.certificate)
    while True:
        left = ends_at - monotonic()
        if left <= 0:
            raise NotReached(f"{peer} did not answer by the deadline")
        try:
            plain = socket.create_connection((at.host, at.port), timeout=left)
        except OSError:
            sleep(RETRY_S)
            continue
        try:
            link = context.wrap_socket(plain)
        except ssl.SSLCertVerificationError:
            plain.close()
            raise NotReached(f"who answers for {peer} shows another certificate") from None
        except OSError:
            plain.close()
            sleep(RETRY_S)
            continue
        if link.getpeercert(binary_form=True) != at.shown:
            link.close()
            raise NotReached(f"who answers for {peer} shows another certificate")
        return link

"""The messages of a run over TCP with mutual TLS: each end shows the certificate that its role was given.

The observer listens for both parties, A listens for B. A frame's header says magic, version, kind, run and
length, all of which the receiver knows beforehand; any other header ends the run before a byte more is read.
Every wait ends at the run's deadline.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from equipoise.guarantee.private.messages import (
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
    """One role's two connections, as a channel."""

    def __init__(self, run: bytes, entries: int, ends_at: float) -> None:
        self._run, self._entries, self._ends_at = run, entries, ends_at
        self._links: dict[Role, _Link] = {}
        self.bytes_sent = 0

    def add(self, peer: Role, link: ssl.SSLSocket) -> None:
        """A connection whose other end showed the peer's certificate."""
        self._links[peer] = _Link(link)

    def send(self, to: Role, kind: Kind, message: bytes) -> None:
        """Hand a frame to the connection's own thread, so that two long sends never wait for each other."""
        head = HEADER.pack(MAGIC, VERSION, kind, self._run, len(message))
        self.bytes_sent += len(head) + len(message)
        self._links[to].put(head + message)

    def receive(self, sender: Role, kind: Kind) -> bytes:
        """The next frame, if it is the one that must come."""
        wanted = length_of(kind, self._entries)
        link = self._links[sender]
        head = link.read(HEADER.size, sender, self._ends_at)
        magic, version, found, run, length = HEADER.unpack(head)
        if (magic, version) != (MAGIC, VERSION):
            raise NotReached(f"{sender} speaks another protocol or version")
        if run != self._run:
            raise NotReached(f"{sender} is in another run")
        if found != kind or length != wanted:
            raise NotReached(f"{sender} sent another message than the {kind.name.lower()} that must come")
        return link.read(wanted, sender, self._ends_at)

    def close(self) -> None:
        """Let what was handed over go out, until the deadline, and close."""
        for link in self._links.values():
            link.close(self._ends_at)


class _Link:
    """A connection with a thread that writes to it."""

    def __init__(self, link: ssl.SSLSocket) -> None:
        self._link = link
        self._waiting: queue.Queue[bytes | None] = queue.Queue()
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()

    def put(self, frame: bytes) -> None:
        self._waiting.put(frame)

    def read(self, count: int, peer: Role, ends_at: float) -> bytes:
        """Exactly so many bytes from the peer, or NotReached."""
        data = bytearray()
        while len(data) < count:
            left = ends_at - monotonic()
            if left <= 0:
                raise NotReached(f"nothing from {peer} by the deadline")
            try:
                self._link.settimeout(left)
                part = self._link.recv(min(count - len(data), LARGEST_READ))
            except TimeoutError:
                raise NotReached(f"nothing from {peer} by the deadline") from None
            except OSError:
                raise NotReached(f"the connection with {peer} broke") from None
            if not part:
                raise NotReached(f"{peer} hung up")
            data += part
        return bytes(data)

    def close(self, ends_at: float) -> None:
        self._waiting.put(None)
        self._writer.join(max(0.0, min(ends_at - monotonic(), 5.0)))
        try:
            self._link.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        finally:
            self._link.close()

    def _write(self) -> None:
        while (frame := self._waiting.get()) is not None:
            try:
                self._link.sendall(frame)
            except OSError:
                return


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
            plain.settimeout(max(0.1, ends_at - monotonic()))
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

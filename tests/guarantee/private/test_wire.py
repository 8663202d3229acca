"""The roles over real connections: certificates tied to roles, frames of one length, deadlines."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.private.folder import Folder, make_folder, write_private
from equipoise.guarantee.private.run.messages import HEADER, Kind, NotReached, Recorder, Role, length_of
from equipoise.guarantee.private.run.protocol import Dealer, Party
from equipoise.guarantee.private.run.roles import Outcome, play_observer, play_party
from equipoise.guarantee.private.run.wire import Endpoint, connected
from equipoise.guarantee.private.set_up import free_ports
from equipoise.scenario import InputError, load_peers
from guarantee.private.rooms import SIGNED_BY, SIGNING, terms, vectors
from guarantee.private.test_node import PEERS

ROLES: tuple[Role, ...] = ("A", "B", "observer")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[Role, Folder]:
    base = tmp_path_factory.mktemp("roles")
    return {role: make_folder(base / role, role) for role in ROLES}


@pytest.fixture
def endpoints(folders: dict[Role, Folder]) -> dict[Role, Endpoint]:
    cards = {role: json.loads(f.card.read_text())["certificate"] for role, f in folders.items()}
    return {
        role: Endpoint("127.0.0.1", port, cards[role])
        for role, port in zip(ROLES, free_ports(3), strict=True)
    }


def take(
    role: Role,
    folders: dict[Role, Folder],
    endpoints: dict[Role, Endpoint],
    a: Bool[Array, " n"],
    b: Bool[Array, " n"],
    seconds: float = 15.0,
    own: Path | None = None,
) -> Outcome:
    """One role over the wire, with its own certificate or another."""
    agreed = terms(len(a))
    try:
        with connected(
            role, endpoints, own or folders[role].tls, agreed.run, len(a), monotonic() + seconds
        ) as wire:
            recorder = Recorder(wire, agreed.run, role, SIGNING[role], SIGNED_BY)
            if role == "observer":
                return play_observer(Dealer(b"o" * 32, agreed.run, len(a)), agreed, recorder)
            vector = a if role == "A" else b
            return play_party(Party(role, vector, role.encode() * 32, agreed.run), agreed, recorder)
    except NotReached as broken:
        return Outcome(role, "not reached", str(broken), ())


def together(tasks: dict[Role, Callable[[], Outcome]]) -> dict[Role, Outcome]:
    with ThreadPoolExecutor(len(tasks)) as threads:
        futures = {role: threads.submit(task) for role, task in tasks.items()}
        return {role: future.result() for role, future in futures.items()}


def everyone(
    folders: dict[Role, Folder], endpoints: dict[Role, Endpoint], a: Bool[Array, " n"], b: Bool[Array, " n"]
) -> dict[Role, Outcome]:
    return together({role: lambda role=role: take(role, folders, endpoints, a, b) for role in ROLES})


@pytest.mark.parametrize(("overlap", "word"), [(0, "holds"), (1, "not shown")])
def test_three_roles_over_tls(
    folders: dict[Role, Folder], endpoints: dict[Role, Endpoint], overlap: int, word: str
) -> None:
    """Long enough that both parties send more at once than any buffer of the system holds."""
    found = everyone(folders, endpoints, *vectors(overlap, 900_000, overlap))
    assert {(o.word, o.reason) for o in found.values()} == {(word, "")}


def test_a_role_with_another_roles_certificate_is_turned_away(
    folders: dict[Role, Folder], endpoints: dict[Role, Endpoint]
) -> None:
    a, b = vectors(1, 90, 0)
    found = together(
        {
            "A": lambda: take("A", folders, endpoints, a, b, 2.5),
            "observer": lambda: take("observer", folders, endpoints, a, b, 2.5),
            "B": lambda: take("B", folders, endpoints, a, b, 2.5, own=folders["observer"].tls),
        }
    )
    assert {o.word for o in found.values()} == {"not reached"}
    assert found["observer"].reason == "B did not come by the deadline"


def test_who_answers_with_another_certificate_is_not_spoken_to(
    folders: dict[Role, Folder], endpoints: dict[Role, Endpoint]
) -> None:
    a, b = vectors(1, 90, 0)
    found = together(
        {
            "A": lambda: take("A", folders, endpoints, a, b, 4.0),
            "observer": lambda: take("observer", folders, endpoints, a, b, 4.0, own=folders["B"].tls),
        }
    )
    assert found["A"].reason == "who answers for observer shows another certificate"


def test_a_stranger_does_not_stop_the_run(
    folders: dict[Role, Folder], endpoints: dict[Role, Endpoint]
) -> None:
    a, b = vectors(1, 90, 0)
    stop = threading.Event()

    def knock() -> Outcome:
        while not stop.is_set():
            with suppress(OSError):
                port = endpoints["observer"].port
                with socket.create_connection(("127.0.0.1", port), timeout=0.2) as plain:
                    plain.sendall(b"GET / HTTP/1.0\r\n\r\n")
            stop.wait(0.02)
        return Outcome("B", "not reached", "", ())

    with ThreadPoolExecutor(1) as threads:
        knocking = threads.submit(knock)
        found = everyone(folders, endpoints, a, b)
        stop.set()
        knocking.result()
    assert {o.word for o in found.values()} == {"holds"}


@pytest.fixture
def pair(
    folders: dict[Role, Folder], endpoints: dict[Role, Endpoint]
) -> Iterator[tuple[ssl.SSLSocket, Callable[[], Outcome]]]:
    """The observer waiting for the terms of A, and a connection in A's name to send it anything."""
    a, b = vectors(1, 90, 0)
    with ThreadPoolExecutor(2) as threads:
        observer = threads.submit(take, "observer", folders, endpoints, a, b, 3.0)

        def shake(role: Role) -> ssl.SSLSocket:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.load_cert_chain(folders[role].tls)
            context.load_verify_locations(cadata=endpoints["observer"].certificate)
            for _ in range(50):
                with suppress(OSError):
                    plain = socket.create_connection(("127.0.0.1", endpoints["observer"].port), timeout=1.0)
                    return context.wrap_socket(plain)
                sleep(0.02)
            raise AssertionError("the observer does not listen")

        first, second = shake("A"), shake("B")
        yield first, observer.result
        first.close()
        second.close()


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"HTTP" + bytes(HEADER.size - 4), "A speaks another protocol or version"),
        (HEADER.pack(b"EQPC", 1, Kind.TERMS, b"another run id..", 216), "A is in another run"),
        (
            HEADER.pack(b"EQPC", 1, Kind.FINAL, b"run-of-16-bytes.", 104),
            "A sent another message than the terms that must come",
        ),
        (
            HEADER.pack(b"EQPC", 1, Kind.TERMS, b"run-of-16-bytes.", 2**60),
            "A sent another message than the terms that must come",
        ),
        (b"EQPC", "nothing from A by the deadline"),
    ],
)
def test_a_frame_that_must_not_come_ends_the_run(
    pair: tuple[ssl.SSLSocket, Callable[[], Outcome]], head: bytes, reason: str
) -> None:
    link, observer = pair
    link.sendall(head)
    assert observer().reason == reason


def test_lengths_are_fixed_by_kind_and_entries() -> None:
    assert [length_of(kind, 1000) - 64 for kind in Kind] == [160, 32, 32, 128, 8032, 32, 48, 32, 40, 33]


def test_a_run_identifier_is_used_once_and_runs_of_a_pair_are_counted(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "A", "A")
    first = terms(10)
    folder.begin(first)
    with pytest.raises(NotReached, match="used once"):
        folder.begin(first)
    with pytest.raises(NotReached, match="run 1 times before; the next is number 2 or higher"):
        folder.begin(terms(10, b"another run id.."))
    folder.begin(replace(first, run=b"another run id..", number=2))
    assert Folder(folder.path, "A").begun(first) == 2


def test_runs_of_the_own_root_are_counted_whatever_the_other_side_commits_to(tmp_path: Path) -> None:
    """A that commits anew for each question would learn a bit of B's vector each time."""
    b, observer = make_folder(tmp_path / "B", "B"), make_folder(tmp_path / "observer", "observer")
    a = make_folder(tmp_path / "A", "A")
    anew = replace(terms(10, b"another run id.."), root_a=b"1" * 32)
    for folder in (a, b, observer):
        folder.begin(terms(10))
    for folder in (b, observer):
        with pytest.raises(NotReached, match="run 1 times before"):
            folder.begin(anew)
    a.begin(anew)
    assert [f.begun(anew) for f in (a, b, observer)] == [1, 1, 1]


def test_a_side_that_began_fewer_runs_takes_the_others_number(tmp_path: Path) -> None:
    """A was up when B was not: the next number is the one that both can have."""
    a, b = make_folder(tmp_path / "A", "A"), make_folder(tmp_path / "B", "B")
    a.begin(terms(10))
    for folder in (a, b):
        folder.begin(replace(terms(10, b"another run id.."), number=2))


@pytest.mark.parametrize("text", [b"a b c\n", b"\xff\xfe", b"ab cd\n", b"zz zz\n"])
def test_a_list_of_runs_that_is_damaged_is_refused(tmp_path: Path, text: bytes) -> None:
    folder = make_folder(tmp_path / "A", "A")
    write_private(folder.path / "runs", text)
    with pytest.raises(InputError) as caught:
        folder.begin(terms(10))
    assert (caught.value.id, caught.value.file) == ("private-file-form", str(folder.path / "runs"))


def test_a_card_is_a_file_beside_the_public_one(tmp_path: Path) -> None:
    """What stands in a secret file must not come out in a message about a card."""
    make_folder(tmp_path / "A", "A")
    text = PEERS.format(run="ab" * 16, a=1, b=2, o=3).replace("A.json", "A/secret.key")
    (tmp_path / "peers.yaml").write_text(text)
    with pytest.raises(InputError) as caught:
        load_peers(tmp_path / "peers.yaml")
    assert (caught.value.id, caught.value.field) == ("out-of-range", "roles.A.card")
    assert Folder(tmp_path / "A", "A").secret.hex()[:8] not in str(caught.value)
    (tmp_path / "peers.yaml").write_text(text.replace("A/secret.key", "A.json"))
    card = json.loads((tmp_path / "A.json").read_text())
    (tmp_path / "A.json").write_text(json.dumps({**card, "certificate": "junk"}))
    with pytest.raises(InputError) as caught:
        load_peers(tmp_path / "peers.yaml")
    assert (caught.value.id, caught.value.field) == ("out-of-range", "certificate")


@pytest.mark.parametrize("name", ["secret.key", "tls.pem", "signing.pem", "inputs.yaml"])
def test_secret_files_that_others_may_read_are_refused(tmp_path: Path, name: str) -> None:
    folder = make_folder(tmp_path / "A", "A")
    (folder.path / name).touch()
    (folder.path / name).chmod(0o644)
    read = {"secret.key": "secret", "tls.pem": "tls", "signing.pem": "signing_key", "inputs.yaml": "inputs"}
    with pytest.raises(InputError) as caught:
        getattr(folder, read[name])
    assert (caught.value.id, caught.value.file) == ("private-file-open", str(folder.path / name))


def test_a_role_without_its_folder_or_card_is_told_which_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        _ = Folder(tmp_path / "A", "A").secret
    assert caught.value.id == "private-file-missing"
    with pytest.raises(InputError) as caught:
        make_folder(tmp_path, "A")
    assert caught.value.id == "private-folder-taken"
    (tmp_path / "peers.yaml").write_text("statement: {}\n")
    with pytest.raises(InputError) as caught:
        load_peers(tmp_path / "peers.yaml")
    assert caught.value.line == 1

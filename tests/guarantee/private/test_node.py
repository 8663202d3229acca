"""Each role by itself from files: commit, run, a further run by consent; what is written holds no secret."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from equipoise.guarantee.private.commitment import commit
from equipoise.guarantee.private.demo import together
from equipoise.guarantee.private.folder import Folder, make_folder, write_card, write_private
from equipoise.guarantee.private.inspection import check_opening, entry_at, inspect_run, open_entries
from equipoise.guarantee.private.node import (
    Ran,
    domain_for,
    make_commitment,
    player,
    public_keys,
    sign_consent,
    take_part,
    terms_of,
    vector_from_inputs,
)
from equipoise.guarantee.private.refusals import MESSAGES
from equipoise.guarantee.private.run.messages import Role
from equipoise.guarantee.private.run.replay import Opened, replay, vector_follows
from equipoise.guarantee.private.run_record import commitment_entry, read_record, result_entry
from equipoise.guarantee.private.set_up import free_ports, inputs_of
from equipoise.ledger import plain_body, read_body
from equipoise.scenario import InputError, PeersFile, load_flyers, load_peers, load_scenario, load_shooters

ROLES: tuple[Role, ...] = ("A", "B", "observer")
PLANTED = ("4.0717", "151.313", "66.6161", "293.29", "101.717", "211.0303")
"""A's figures, each of a form that stands nowhere else."""
PLANTED_B = ("53.9171", "35.8373", "38.8171", "-77.1919", "-9.7373", "11.7171")
A_INPUTS = """interceptors:
- place: {lat_deg: 54.51, lon_deg: 17.11}
  speed_km_s: 4.0717
  burnout_altitude_km: 151.313
  time_to_burnout_s: 66.6161
  flight_cap_s: 293.29
  altitude_min_km: 101.717
  altitude_max_km: none
  range_km: none
  earliest_commit_s: 211.0303
"""
B_INPUTS = """flights:
- missile: ss-19-assumed
  launch: {lat_deg: 53.9171, lon_deg: 35.8373}
  aims: [{lat_deg: 38.8171, lon_deg: -77.1919}]
  loft_offset_deg: [-9.7373, 11.7171]
"""
PEERS = """statement:
  scenario: made-up
  architecture: one-site
  owner: west
  protects: east
  subset: [one site, one silo field]
  places: [{{lat_deg: 54.5, lon_deg: 17.1, radius_km: 20}}]
  speed_ceiling_km_s: 4.6
  flight_cap_s: 300
  altitude_km: [80, 1500]
  earliest_commit_s: 120
  end_s: 2700
  cell_km: 100
  bin_s: 30
  meetings_before_burnout: false
run: {{id: "{run}", deadline_s: 20}}
roles:
  A: {{address: "127.0.0.1:{a}", card: A.json}}
  B: {{address: "127.0.0.1:{b}", card: B.json}}
  observer: {{address: "127.0.0.1:{o}", card: observer.json}}
"""


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A committed check: three folders and the public file."""
    base = tmp_path_factory.mktemp("check")
    folders = {role: make_folder(base / role, role) for role in ROLES}
    write_private(folders["A"].path / "inputs.yaml", A_INPUTS.encode())
    write_private(folders["B"].path / "inputs.yaml", B_INPUTS.encode())
    a, b, o = free_ports(3)
    (base / "peers.yaml").write_text(PEERS.format(run="ab" * 16, a=a, b=b, o=o))
    peers = load_peers(base / "peers.yaml")
    for role in ("A", "B"):
        make_commitment(folders[role], peers, lambda _: None)
    return base


def run(check: Path, peers: PeersFile) -> dict[Role, Ran]:
    with ThreadPoolExecutor(3) as threads:
        futures = {
            role: threads.submit(take_part, Folder(check / role, role), peers, lambda _: None)
            for role in ROLES
        }
        return {role: future.result() for role, future in futures.items()}


@pytest.fixture(scope="module")
def first(check: Path) -> dict[Role, Ran]:
    return run(check, load_peers(check / "peers.yaml"))


def test_a_run_from_files(check: Path, first: dict[Role, Ran]) -> None:
    words = {ran.outcome.word for ran in first.values()}
    assert len(words) == 1
    assert words <= {"holds", "not shown"}
    peers = load_peers(check / "peers.yaml")
    domain = domain_for(peers)
    vectors = [vector_from_inputs(Folder(check / role, role), domain) for role in ("A", "B")]
    assert (words == {"holds"}) == (not (vectors[0] & vectors[1]).any())
    assert all(ran.outcome.log for ran in first.values())


def everything_written(check: Path) -> Iterator[tuple[Path, bytes]]:
    """All files but those that are the secrets themselves."""
    for path in sorted(check.rglob("*")):
        if path.is_file() and path.name not in ("inputs.yaml", "vector.bin", "secret.key", "tls.pem"):
            yield path, path.read_bytes()


def test_no_secret_is_in_anything_written_or_said(
    check: Path, first: dict[Role, Ran], capfd: pytest.CaptureFixture[str]
) -> None:
    """Planted numbers, and the keys themselves, are looked for in every file, message and error."""
    said = [ran.outcome.reason for ran in first.values()]
    broken = Folder(check / "A", "A").inputs
    kept = broken.read_bytes()
    for wrong in (
        ("4.0717", "4.0717x"),
        ("293.29", "-293.29"),
        ("speed_km_s", "speed_km"),
        ("4.0717", "11.0717"),
    ):
        write_private(broken, kept.replace(*(w.encode() for w in wrong)))
        with pytest.raises(InputError) as caught:
            vector_from_inputs(Folder(check / "A", "A"), domain_for(load_peers(check / "peers.yaml")))
        said.append(str(caught.value))
    write_private(broken, kept)
    out, err = capfd.readouterr()
    texts = [(Path("said"), "\n".join((*said, out, err)).encode()), *everything_written(check)]
    keys = [Folder(check / role, role).secret for role in ROLES]
    hidden = [p.encode() for p in (*PLANTED, *PLANTED_B)] + [k.hex().encode() for k in keys] + keys
    assert len(texts) > 10
    found = [(str(path), secret) for path, text in texts for secret in hidden if secret in text]
    assert found == []


def test_an_error_in_a_secret_file_says_where_and_never_what(tmp_path: Path) -> None:
    file = tmp_path / "inputs.yaml"
    file.write_text(A_INPUTS.replace("4.0717", "fast 4.0717"))
    with pytest.raises(InputError) as caught:
        load_shooters(file)
    error = caught.value
    assert (error.id, error.line, error.field) == ("secret-does-not-fit", 3, "interceptors[1].speed_km_s")
    assert "4.0717" not in str(error)
    file.write_text(B_INPUTS.replace("ss-19-assumed", "secret-missile"))
    with pytest.raises(InputError) as caught:
        load_flyers(file)
    assert caught.value.line == 2
    assert "secret-missile" not in str(caught.value)


def test_flights_that_reach_nothing_are_refused_and_an_aim_out_of_reach_is_told(
    check: Path, tmp_path: Path
) -> None:
    """An empty vector would hold against everything, and its owner would not know why."""
    folder = make_folder(tmp_path / "B", "B")
    near = "{lat_deg: 54.0171, lon_deg: 36.1171}"
    peers = load_peers(check / "peers.yaml")
    said: list[str] = []
    both = B_INPUTS.replace("aims: [", f"aims: [{near}, ")
    write_private(folder.path / "inputs.yaml", both.encode())
    make_commitment(folder, peers, said.append)
    assert "flights[1].aims[1] or a part of it is out of reach, and marks nothing" in said
    write_private(folder.path / "inputs.yaml", re.sub(r"aims: .*", f"aims: [{near}]", B_INPUTS).encode())
    with pytest.raises(InputError, match="none of them reaches") as caught:
        make_commitment(folder, peers, said.append)
    assert caught.value.id == "private-outside"
    assert "54.0171" not in str(caught.value) + "".join(said)


def test_a_further_run_needs_both_signatures(check: Path, first: dict[Role, Ran]) -> None:
    peers = replace(load_peers(check / "peers.yaml"), run=b"second-run-of-it", number=2, shift_bins=1)
    refused = run(check, replace(peers, deadline_s=2.0))
    assert {r.outcome.reason for r in refused.values()} == {"A has not signed for run 2 of this commitment"}
    consent = {role: sign_consent(Folder(check / role, role), peers) for role in ("A", "B")}
    agreed = run(check, replace(peers, consent=consent))
    assert {r.outcome.word for r in agreed.values()} <= {"holds", "not shown"}
    assert {r.outcome.word for r in run(check, replace(peers, consent=consent)).values()} == {"not reached"}


def test_a_first_run_is_not_run_again_under_another_identifier(check: Path, first: dict[Role, Ran]) -> None:
    again = replace(load_peers(check / "peers.yaml"), run=b"another-first-go", deadline_s=2.0)
    reasons = {ran.outcome.reason for ran in run(check, again).values()}
    assert all(re.search(r"this commitment was run \d times before", reason) for reason in reasons)


def test_records_are_read_back_and_an_inspection_clears_all(check: Path, first: dict[Role, Ran]) -> None:
    """Inputs opened, vectors made anew from them, roots and every message follow."""
    peers = load_peers(check / "peers.yaml")
    domain = domain_for(peers)
    folders = {role: Folder(check / role, role) for role in ROLES}
    read = {role: read_record(ran.record.read_bytes(), str(ran.record)) for role, ran in first.items()}
    assert all(outcome == first[role].outcome for role, (outcome, _) in read.items())
    opened = {
        role: Opened(vector_from_inputs(folders[role], domain), folders[role].secret) for role in ("A", "B")
    }
    assert all(vector_follows(domain, o, peers.roles[role].root) for role, o in opened.items())
    keys = {role: folders[role].signing_key.public_key() for role in ROLES}
    logs = {role: outcome.log for role, (outcome, _) in read.items()}
    found = replay(terms_of(peers, domain), opened, folders["observer"].secret, logs, keys)
    assert found.cheat is None
    assert found.zero == (first["A"].outcome.word == "holds")


def test_ledger_entries_of_a_run_are_read_by_the_ledger(check: Path, first: dict[Role, Ran]) -> None:
    domain = domain_for(load_peers(check / "peers.yaml"))
    bodies = [
        commitment_entry(domain.statement.digest, bytes(32), bytes(32), len(domain)),
        *(result_entry(ran.outcome, ran.terms, "0.1") for ran in first.values()),
    ]
    for body in bodies:
        assert read_body(body.kind, plain_body(body)) == body
    fields = json.loads((check / "A" / "commitment.json").read_text())
    assert fields["leaves"] == len(domain)


def test_a_check_without_roots_is_told_to_commit(check: Path, tmp_path: Path) -> None:
    peers = load_peers(check / "peers.yaml")
    bare = replace(peers, roles={**peers.roles, "B": replace(peers.roles["B"], root=None)})
    with pytest.raises(InputError) as caught:
        take_part(Folder(check / "A", "A"), bare, lambda _: None)
    assert caught.value.id == "private-no-root"
    with pytest.raises(InputError) as caught:
        sign_consent(Folder(check / "observer", "observer"), peers)
    assert caught.value.id == "private-observer"
    with pytest.raises(InputError) as caught:
        make_commitment(Folder(check / "observer", "observer"), peers, lambda _: None)
    assert caught.value.id == "private-observer"


def test_a_domain_that_is_empty_or_far_too_large_is_refused(check: Path) -> None:
    peers = load_peers(check / "peers.yaml")
    fine = replace(peers, statement=replace(peers.statement, cell_km=5.0))
    with pytest.raises(InputError, match="cells") as caught:
        domain_for(fine)
    assert caught.value.id == "private-domain"


def test_an_inspector_opens_entries_and_plays_the_run_again(
    check: Path, first: dict[Role, Ran], tmp_path: Path
) -> None:
    peers = load_peers(check / "peers.yaml")
    domain = domain_for(peers)
    over_the_site = entry_at(domain, 54.5, 17.1, 200.0, 600.0)
    opening = open_entries(Folder(check / "A", "A"), peers, [0, over_the_site])
    file = tmp_path / "opened.json"
    file.write_text(json.dumps(opening))
    role, leaves = check_opening(peers, file)
    assert (role, [leaf.valid for leaf in leaves], leaves[1].value) == ("A", [True, True], 1)
    assert leaves[1].from_s == 600.0
    assert abs(leaves[1].lat_deg - 54.5) < 1.0
    opening["leaves"][1]["value"] = 0
    file.write_text(json.dumps(opening))
    assert [leaf.valid for leaf in check_opening(peers, file)[1]] == [True, False]
    found = inspect_run(peers)
    assert found.good
    assert found.vector_follows == (("A", True), ("B", True))
    with pytest.raises(InputError) as caught:
        entry_at(domain, -54.5, 17.1, 200.0, 600.0)
    assert caught.value.id == "private-outside-domain"
    with pytest.raises(InputError) as caught:
        open_entries(Folder(check / "A", "A"), peers, [len(domain)])
    assert caught.value.id == "private-no-entry"
    file.write_text("{}")
    with pytest.raises(InputError) as caught:
        check_opening(peers, file)
    assert caught.value.id == "private-opening-form"


def test_an_inspection_finds_a_vector_that_leaves_something_out(
    check: Path, first: dict[Role, Ran], tmp_path: Path
) -> None:
    """A commits to half of where its interceptors can be, and runs honestly on that."""
    shutil.copytree(check, tmp_path / "cheat")
    folder, peers = Folder(tmp_path / "cheat" / "A", "A"), load_peers(tmp_path / "cheat" / "peers.yaml")
    domain = domain_for(peers)
    vector = folder.vector(len(domain))
    vector[: len(vector) // 2] = False
    folder.keep_vector(vector)
    card = json.loads(folder.card.read_text())
    write_card(folder, {**card, "root": commit(domain, vector, folder.secret).root.hex()})
    peers = replace(load_peers(tmp_path / "cheat" / "peers.yaml"), run=b"a run of cheat A")
    run(tmp_path / "cheat", peers)
    found = inspect_run(peers)
    assert not found.good
    assert found.vector_follows == (("A", False), ("B", True))
    assert found.replay.cheat is None
    truth = vector_from_inputs(folder, domain)
    folder.keep_vector(truth)
    write_card(folder, {**card, "root": commit(domain, truth, folder.secret).root.hex()})
    with pytest.raises(InputError, match="with another root of A") as caught:
        inspect_run(replace(load_peers(tmp_path / "cheat" / "peers.yaml"), run=b"a run of cheat A"))
    assert caught.value.id == "private-other-terms"


def test_every_message_of_the_check_appears(check: Path, first: dict[Role, Ran], tmp_path: Path) -> None:
    """Each id of the table, raised by what a person could do."""
    shutil.copytree(check, tmp_path / "copy")
    peers = load_peers(tmp_path / "copy" / "peers.yaml")
    a, b, observer = (Folder(tmp_path / "copy" / role, role) for role in ROLES)
    domain, says = domain_for(peers), (lambda _: None)
    wide = replace(peers.statement, cell_km=5.0)
    bare = replace(peers, roles={**peers.roles, "B": replace(peers.roles["B"], root=None)})
    slow = replace(peers, statement=replace(peers.statement, speed_ceiling_km_s=4.0))
    weak = replace(peers, roles={**peers.roles, "B": replace(peers.roles["B"], signs_with=bytes(32))})
    twins = replace(peers, roles={**peers.roles, "B": peers.roles["A"]})
    scenario = load_scenario("lisbon-2010")
    nothing = scenario.architectures["nato-bmd"]
    silent = (sys.executable, "-c", "import sys; print('error[x]: no', file=sys.stderr); sys.exit(2)")
    (tmp_path / "empty.json").write_text("{}")
    (b.path / "secret.key").write_text("zz")
    (observer.path / "signing.pem").unlink()
    (observer.path / "tls.pem").chmod(0o644)
    calls: dict[str, Callable[[], object]] = {
        "private-domain": lambda: domain_for(replace(peers, statement=wide)),
        "private-outside": lambda: vector_from_inputs(a, domain_for(slow)),
        "private-no-root": lambda: terms_of(bare, domain),
        "private-observer": lambda: make_commitment(observer, peers, says),
        "private-file-form": lambda: b.secret,
        "private-file-missing": lambda: observer.signing_key,
        "private-file-open": lambda: observer.tls,
        "private-folder-taken": lambda: make_folder(a.path, "A"),
        "private-shift": lambda: player(a, domain, replace(terms_of(peers, domain), shift_bins=19)),
        "private-other-terms": lambda: inspect_run(
            replace(load_peers(check / "peers.yaml"), deadline_s=1.0, number=7)
        ),
        "private-card-key": lambda: public_keys(weak),
        "private-same-key": lambda: public_keys(twins),
        "private-record-form": lambda: read_record(b"{}", "x"),
        "private-opening-form": lambda: check_opening(peers, tmp_path / "empty.json"),
        "private-no-entry": lambda: open_entries(a, peers, [-1]),
        "private-outside-domain": lambda: entry_at(domain, 0.0, 0.0, 0.0, 0.0),
        "private-nothing-to-ask": lambda: inputs_of(scenario, nothing, "Russia", "lisbon-2010"),
        "private-process": lambda: together(silent, tmp_path / "peers.yaml", ("A",), ()),
    }
    for id, call in calls.items():
        with pytest.raises(InputError) as caught:
            call()
        assert caught.value.id == id
        assert caught.value.hint
    elsewhere = {id for id in MESSAGES if id.startswith("private-ledger-")}  # test_roots_in_record
    assert set(calls) == set(MESSAGES) - elsewhere

"""One role by itself: commit to a vector, or take part in a run, from its own folder and the public file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise import __version__
from equipoise.guarantee.private.commitment import commit
from equipoise.guarantee.private.folder import Folder, write_card, write_private
from equipoise.guarantee.private.outward.statement import Disc, Domain, OutsideDomain, Statement, domain_of
from equipoise.guarantee.private.refusals import refusal
from equipoise.guarantee.private.roots_in_record import (
    HeldRoots,
    RecordPlace,
    card_digest,
    held_to_json,
    hold_roots,
)
from equipoise.guarantee.private.run.messages import ROLES, NotReached, Recorder, Role, Terms
from equipoise.guarantee.private.run.protocol import Dealer, Party
from equipoise.guarantee.private.run.roles import Outcome, play_observer, play_party
from equipoise.guarantee.private.run.wire import Endpoint, connected
from equipoise.guarantee.private.run_record import bits_opened, commitment_entry, record_of, result_entry
from equipoise.ledger import Body, LedgerError, check_public_key, plain_body
from equipoise.scenario import PeersFile, PublicStatement, load_flyers, load_shooters

Progress = Callable[[str], None]
NO_ROOT = bytes(32)


@dataclass(frozen=True)
class Ran:
    """What a run left at one role: its outcome, the terms, and what it cost."""

    outcome: Outcome
    terms: Terms
    bytes_sent: int
    seconds: float
    record: Path
    bits_opened: int
    """At most, by this commitment so far."""
    held: HeldRoots | None
    """What the roots were held against before anything was sent; None where no record was given."""


def statement_of(public: PublicStatement) -> Statement:
    """The statement in whole numbers of small units; figures finer than those are rounded outward."""
    low, high = public.altitude_km
    return Statement(
        scenario=public.scenario,
        architecture=public.architecture,
        owner=public.owner,
        protects=public.protects,
        subset=public.subset,
        discs=tuple(
            Disc(round(100 * d.lat_deg), round(100 * d.lon_deg), round(1e3 * d.radius_km) + 800)
            for d in public.places
        ),
        speed_ceiling_m_s=-int(-1e3 * public.speed_ceiling_km_s // 1),
        flight_cap_s=-int(-public.flight_cap_s // 1),
        altitude_min_m=int(1e3 * low),
        altitude_max_m=-int(-1e3 * high // 1),
        earliest_commit_s=int(public.earliest_commit_s),
        end_s=-int(-public.end_s // 1),
        cell_m=int(1e3 * public.cell_km),
        bin_ms=int(1e3 * public.bin_s),
        meetings_before_burnout=public.meetings_before_burnout,
    )


def domain_for(peers: PeersFile) -> Domain:
    """The entries of a public file. InputError where there is none or far too many."""
    try:
        return domain_of(statement_of(peers.statement))
    except ValueError as error:
        raise refusal("private-domain", peers.path, field="statement", problem=error) from None


def vector_from_inputs(
    folder: Folder, domain: Domain, slack_m: float = 0.0, tell: Progress = lambda _: None
) -> Bool[Array, " n"]:
    """The vector that a party's inputs say. InputError, with no figure in it, where they do not fit.

    ``tell`` hears of each aim that is out of reach, and marks nothing: its owner should know.
    """
    if folder.role == "observer":
        raise refusal("private-observer", folder.path)
    from equipoise.guarantee.private.outward.flights import flight_vector
    from equipoise.guarantee.private.outward.reach import reach_bins, reach_vector

    try:
        if folder.role == "A":
            return reach_vector(domain, reach_bins(domain, load_shooters(folder.inputs), slack_m))
        found = flight_vector(domain, load_flyers(folder.inputs), slack_m)
        if not found.families:  # an empty vector would hold against everything
            raise OutsideDomain("flights: none of them reaches any of its aims")
    except OutsideDomain as outside:
        raise refusal("private-outside", folder.inputs, problem=outside) from None
    for entry in sorted(set(found.unflown), key=lambda u: (u.flyer, u.aim)):
        tell(f"flights[{entry.flyer}].aims[{entry.aim}] or a part of it is out of reach, and marks nothing")
    return found.value


def make_commitment(folder: Folder, peers: PeersFile, progress: Progress) -> bytes:
    """Rasterise a party's inputs, keep the vector, and put the root of the commitment on its card."""
    domain = domain_for(peers)
    progress(f"rasterising over {len(domain):,} entries")
    vector = vector_from_inputs(folder, domain, tell=progress)
    progress("hashing the entries")
    root = commit(domain, vector, folder.secret).root
    folder.keep_vector(vector)
    card = json.loads(folder.card.read_text(encoding="utf-8"))
    write_card(folder, {**card, "root": root.hex()})
    digest = card_digest(card["certificate"], bytes.fromhex(card["signs_with"]))
    entry = commitment_entry(domain.statement.digest, digest, root, len(domain))
    _write_fields(folder, "commitment", entry)
    return root


def terms_of(peers: PeersFile, domain: Domain) -> Terms:
    """What all three must have the same."""
    roots = (peers.roles["A"].root, peers.roles["B"].root)
    for role, root in zip(("A", "B"), roots, strict=True):
        if root is None:
            raise refusal("private-no-root", peers.path, role=role, peers=peers.path.name)
    return Terms(
        peers.run,
        domain.statement.digest,
        domain.digest,
        roots[0] or NO_ROOT,
        roots[1] or NO_ROOT,
        len(domain),
        peers.number,
        peers.shift_bins,
    )


def public_keys(peers: PeersFile) -> dict[Role, Ed25519PublicKey]:
    """The keys that sign each role's messages: of full order, and three different ones.

    Under a key of low order one signature fits many messages, and its owner could deny what it sent.
    """
    raw = {role: peers.roles[role].signs_with for role in ROLES}
    for role, key in raw.items():
        try:
            check_public_key(key)
        except LedgerError as error:
            raise refusal("private-card-key", peers.path, role=role, problem=error.message) from None
    if len(set(raw.values())) < len(raw):
        raise refusal("private-same-key", peers.path)
    return {role: Ed25519PublicKey.from_public_bytes(key) for role, key in raw.items()}


def check_consent(peers: PeersFile, terms: Terms) -> None:
    """Raise NotReached where a later run of a committed pair lacks a party's signature over its terms.

    A first run needs none; every later one, and every shifted one, opens a bit more.
    """
    if terms.number == 1 and terms.shift_bins == 0:
        return
    keys = public_keys(peers)
    for role in ("A", "B"):
        try:
            keys[role].verify(peers.consent.get(role, b""), consent_text(terms))
        except InvalidSignature:
            raise NotReached(f"{role} has not signed for run {terms.number} of this commitment") from None


def consent_text(terms: Terms) -> bytes:
    """What a party signs to allow a further run: the terms, the identifier of the run among them."""
    return b"equipoise/private-consent/v1\n" + terms.to_bytes()


def take_part(folder: Folder, peers: PeersFile, progress: Progress, place: RecordPlace | None = None) -> Ran:
    """Play one role of one run to its end, whatever that is, and keep the record in the role's folder.

    InputError, and nothing sent, where a record is given and the roots do not stand in it.
    """
    domain = domain_for(peers)
    terms = terms_of(peers, domain)
    held = _held(peers, terms, place, progress)
    begun = monotonic()
    sent, before = 0, folder.begun(terms)
    play, keys, signing, tls = (
        player(folder, domain, terms),
        public_keys(peers),
        folder.signing_key,
        folder.tls,
    )
    endpoints = {role: Endpoint(e.host, e.port, e.certificate) for role, e in peers.roles.items()}
    try:
        check_consent(peers, terms)
        folder.begin(terms)
        ends_at = begun + peers.deadline_s
        progress(f"{folder.role} waits for the others")
        with connected(folder.role, endpoints, tls, peers.run, len(domain), ends_at) as wire:
            progress(f"{folder.role} runs over {len(domain):,} entries")
            recorder = Recorder(wire, peers.run, folder.role, signing, keys)
            outcome = play(recorder)
            sent = wire.bytes_sent
    except NotReached as broken:
        outcome = Outcome(folder.role, "not reached", str(broken), ())
    path = folder.path / f"record-{peers.run.hex()}.json"
    ran = Ran(outcome, terms, sent, monotonic() - begun, path, bits_opened(terms, outcome, before), held)
    if not path.exists() or outcome.log:
        record = record_of(outcome, terms, sent, before, held_to_json(held))
        write_private(path, json.dumps(record, indent=2).encode() + b"\n")
        against = "" if held is None else held.checkpoint
        entry = result_entry(outcome, terms, __version__, before, against)
        _write_fields(folder, f"result-{peers.run.hex()}", entry)
    return ran


def _held(peers: PeersFile, terms: Terms, place: RecordPlace | None, progress: Progress) -> HeldRoots | None:
    """The roots as they stand in the record, where one is given."""
    if place is None:
        return None
    progress("holding both roots against the record")
    return hold_roots(peers, terms, place)


def _write_fields(folder: Folder, name: str, entry: Body) -> None:
    """The fields of an entry, as ``ledger append --fields`` takes them."""
    write_private(folder.path / f"{name}.json", json.dumps(plain_body(entry), indent=2).encode() + b"\n")


def player(folder: Folder, domain: Domain, terms: Terms) -> Callable[[Recorder], Outcome]:
    """What the role does once it is connected. InputError where its vector does not open its root."""
    if folder.role == "observer":
        dealer = Dealer(folder.secret, terms.run, terms.entries)
        return lambda recorder: play_observer(dealer, terms, recorder)
    vector = folder.vector(len(domain))
    if folder.role == "A" and terms.shift_bins:
        if not room_for(domain, vector, terms.shift_bins):
            raise refusal("private-shift", folder.path)
        vector = shifted(domain, vector, terms.shift_bins)
    party = Party(folder.role, vector, folder.secret, terms.run)
    return lambda recorder: play_party(party, terms, recorder)


def shifted(domain: Domain, vector: Bool[Array, " n"], bins: int) -> Bool[Array, " n"]:
    """A committed vector with its times taken some bins earlier: entry (cell, bin) is (cell, bin + bins)."""
    cell, there = domain.places()
    least, last = domain.first_bin[cell], domain.statement.bins - 1
    moved: Bool[Array, " n"] = vector[domain.entries(cell, (there + bins).clip(least, last))]
    return moved


def room_for(domain: Domain, vector: Bool[Array, " n"], bins: int) -> bool:
    """Whether a shift takes no 1 to before a cell's first bin, where the domain could not hold it."""
    cell, there = domain.places()
    return not bool(vector[there < domain.first_bin[cell] + bins].any())


def sign_consent(
    folder: Folder, peers: PeersFile, progress: Progress = lambda _: None, place: RecordPlace | None = None
) -> bytes:
    """A party's signature for the run that the file describes; InputError as for taking part in it."""
    if folder.role == "observer":
        raise refusal("private-observer", folder.path)
    terms = terms_of(peers, domain_for(peers))
    _held(peers, terms, place, progress)
    return folder.signing_key.sign(consent_text(terms))

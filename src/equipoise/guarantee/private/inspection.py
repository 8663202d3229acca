"""Inspection: opening chosen entries of a commitment, and playing a whole run again from opened folders."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.private.commitment import OpenedLeaf, commit, leaf_is_under, open_leaves
from equipoise.guarantee.private.folder import Folder
from equipoise.guarantee.private.node import domain_for, public_keys, shifted, terms_of, vector_from_inputs
from equipoise.guarantee.private.outward.statement import EQUATOR_M, POLAR_M, Domain
from equipoise.guarantee.private.refusals import refusal
from equipoise.guarantee.private.run.messages import ROLES, Logged, Role, Terms
from equipoise.guarantee.private.run.replay import Opened, Replay, replay, vector_follows
from equipoise.guarantee.private.run_record import read_record
from equipoise.ledger import read_input, read_json
from equipoise.scenario import PeersFile

FORM = "equipoise/private-opening/v1"
ROUNDING_M = 10.0
"""Far more than rounding moves any edge, and far less than a cell."""


@dataclass(frozen=True)
class CheckedLeaf:
    """An opened entry: where and when it is, what it says, and whether it is under the committed root."""

    entry: int
    lat_deg: float
    lon_deg: float
    altitude_km: float
    """Of the cell's centre."""
    from_s: float
    to_s: float
    value: int
    valid: bool


@dataclass(frozen=True)
class Inspected:
    """What an inspection of a whole run found."""

    vector_follows: tuple[tuple[Role, bool], ...]
    """Does each party's committed root follow from its opened inputs?"""
    replay: Replay
    said: str
    """The verdict that the run came to."""

    @property
    def good(self) -> bool:
        """Whether everything follows, and the bit is the one that the inputs give."""
        bit = {"holds": True, "not shown": False}.get(self.said)
        follows = all(fits for _, fits in self.vector_follows)
        return follows and self.replay.cheat is None and bit in (None, self.replay.zero)


def entry_at(domain: Domain, lat_deg: float, lon_deg: float, altitude_km: float, time_s: float) -> int:
    """The entry of a place and moment. InputError where it lies outside the domain."""
    lat, lon = math.radians(lat_deg), math.radians(lon_deg)
    squeezed = (POLAR_M / EQUATOR_M) ** 2
    normal = EQUATOR_M / math.sqrt(math.cos(lat) ** 2 + squeezed * math.sin(lat) ** 2)
    across = (normal + 1e3 * altitude_km) * math.cos(lat)
    up = (squeezed * normal + 1e3 * altitude_km) * math.sin(lat)
    point = np.array([across * math.cos(lon), across * math.sin(lon), up])
    low, table = domain.lattice
    index = np.floor(point / domain.statement.cell_m).astype(int) - low
    inside = bool(((index >= 0) & (index < table.shape)).all())
    cell = int(table[tuple(index)]) if inside else -1
    bin = math.floor(1e3 * time_s / domain.statement.bin_ms)
    if cell < 0 or not domain.first_bin[cell] <= bin < domain.statement.bins:
        place = f"{lat_deg:g}, {lon_deg:g} at {altitude_km:g} km and {time_s:g} s"
        raise refusal("private-outside-domain", place=place)
    return int(domain.offset[cell]) + bin - int(domain.first_bin[cell])


def open_entries(folder: Folder, peers: PeersFile, entries: Sequence[int]) -> dict[str, Any]:
    """What a party hands to an inspector: chosen entries with salts and proofs, as JSON."""
    domain = domain_for(peers)
    for entry in entries:
        if not 0 <= entry < len(domain):
            raise refusal("private-no-entry", entry=entry, last=len(domain) - 1)
    vector, key = folder.vector(len(domain)), folder.secret
    tree = commit(domain, vector, key)
    opened = open_leaves(domain, vector, key, tree, entries)
    leaves = [
        {
            "entry": leaf.entry,
            "cell": list(leaf.cell),
            "bin": leaf.bin,
            "value": leaf.value,
            "salt": leaf.salt.hex(),
            "proof": [step.hex() for step in leaf.proof],
        }
        for leaf in opened
    ]
    return {"kind": FORM, "role": folder.role, "statement": domain.statement.digest.hex(), "leaves": leaves}


def check_opening(peers: PeersFile, file: Path) -> tuple[Role, tuple[CheckedLeaf, ...]]:
    """Hold an opening against the root on the party's card. InputError where the file is no opening."""
    domain = domain_for(peers)
    role, leaves = _read_opening(read_json(read_input(file), file=str(file)), domain, str(file))
    root = peers.roles[role].root or b""
    return role, tuple(_checked(domain, leaf, root) for leaf in leaves)


def _read_opening(given: Any, domain: Domain, file: str) -> tuple[Role, list[OpenedLeaf]]:
    try:
        if given["kind"] != FORM or given["statement"] != domain.statement.digest.hex():
            raise ValueError
        role: Role = "A" if given["role"] == "A" else "B"
        leaves = []
        for leaf in given["leaves"]:
            i, j, k = (int(n) for n in leaf["cell"])
            proof = tuple(bytes.fromhex(step) for step in leaf["proof"])
            salt, entry, bin, value = bytes.fromhex(leaf["salt"]), *(int(leaf[n]) for n in _NUMBERS)
            leaves.append(OpenedLeaf(entry, (i, j, k), bin, value, salt, proof))
        return role, leaves
    except (KeyError, TypeError, ValueError):
        raise refusal("private-opening-form", file) from None


_NUMBERS = ("entry", "bin", "value")


def _checked(domain: Domain, leaf: OpenedLeaf, root: bytes) -> CheckedLeaf:
    size, step = domain.statement.cell_m, domain.statement.bin_s
    x, y, z = ((n + 0.5) * size for n in leaf.cell)
    across = math.hypot(x, y)
    lat = math.degrees(math.atan2(z, across * (POLAR_M / EQUATOR_M) ** 2)) if across or z else 0.0
    ground = EQUATOR_M - (EQUATOR_M - POLAR_M) * math.sin(math.radians(lat)) ** 2
    return CheckedLeaf(
        entry=leaf.entry,
        lat_deg=round(lat, 1),
        lon_deg=round(math.degrees(math.atan2(y, x)), 1),
        altitude_km=round((math.hypot(across, z) - ground) / 1e3),
        from_s=leaf.bin * step,
        to_s=(leaf.bin + 1) * step,
        value=leaf.value,
        valid=leaf_is_under(domain, leaf, root),
    )


def inspect_run(peers: PeersFile) -> Inspected:
    """Play the run of a public file again from all three folders beside it, opened to the inspector."""
    domain, base = domain_for(peers), peers.path.parent
    terms = terms_of(peers, domain)
    folders = {role: Folder(base / role, role) for role in ROLES}
    kept: dict[Role, Opened] = {
        role: Opened(folders[role].vector(len(domain)), folders[role].secret) for role in ("A", "B")
    }
    follows = tuple(
        (role, vector_follows(domain, o, _root(terms, role)) and _between(folders[role], domain, o.vector))
        for role, o in kept.items()
    )
    if terms.shift_bins:
        kept["A"] = Opened(shifted(domain, kept["A"].vector, terms.shift_bins), kept["A"].key)
    logs, said = _logs(folders, peers, terms)
    found = replay(terms, kept, folders["observer"].secret, logs, public_keys(peers))
    return Inspected(follows, found, said)


def _between(folder: Folder, domain: Domain, vector: Bool[Array, " n"]) -> bool:
    """Whether a vector is what the inputs give, but for rounding.

    Another processor may round the last bits otherwise, so that the vector must hold all that cells a little
    smaller give, and nothing that cells a little larger do not.
    """
    least = vector_from_inputs(folder, domain, -ROUNDING_M)
    most = vector_from_inputs(folder, domain, ROUNDING_M)
    return bool((least <= vector).all() and (vector <= most).all())


def _root(terms: Terms, role: Role) -> bytes:
    return terms.root_a if role == "A" else terms.root_b


def _logs(
    folders: Mapping[Role, Folder], peers: PeersFile, terms: Terms
) -> tuple[dict[Role, tuple[Logged, ...]], str]:
    """All roles' logs of the run, and the verdict where all agree.

    InputError where a run had other terms: a root that was exchanged afterwards would be inspected in vain.
    """
    logs: dict[Role, tuple[Logged, ...]] = {}
    words = set()
    for role, folder in folders.items():
        file = folder.path / f"record-{peers.run.hex()}.json"
        outcome, then = read_record(read_input(file), str(file))
        what = terms.difference(then.to_bytes())
        if what is not None:
            raise refusal("private-other-terms", file, what=what)
        logs[role] = outcome.log
        words.add(outcome.word)
    return logs, words.pop() if len(words) == 1 else "not reached"

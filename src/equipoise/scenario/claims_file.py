"""Published claims from a file of one's own, in the form of the catalogue's claims.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from equipoise.scenario.builders.statements import build_claim, build_pairs
from equipoise.scenario.edges.statements import ClaimEdge, ClaimFile, OwnClaimFile
from equipoise.scenario.facts_types import ClaimPair
from equipoise.scenario.reading import Document, check_with, did_you_mean, read_yaml
from equipoise.scenario.types import Scenario, Statement


@dataclass(frozen=True)
class OwnClaims:
    """The claims of a file and the pairs among them."""

    claims: tuple[Statement, ...]
    pairs: tuple[ClaimPair, ...]


def load_claims(path: str | Path, scenario: Scenario, words: Iterable[str] = ()) -> OwnClaims:
    """Claims and pairs of a YAML file. A place is an id of the scenario, or holds one of ``words``.

    Raises InputError with file, line and field: a place that nothing answers to (``unknown-site``), an id
    that stands twice, a pair that names a claim that is not there.
    """
    document = read_yaml(Path(path))
    whole = isinstance(document.data, dict) and "anchors" in document.data
    file: ClaimFile | OwnClaimFile = (
        check_with(ClaimFile, document) if whole else check_with(OwnClaimFile, document)
    )
    seen: set[str] = set()
    for number, claim in enumerate(file.claims):
        if claim.id in seen:
            raise document.fault("duplicate-id", ("claims", number, "id"), name=claim.id)
        seen.add(claim.id)
        _check_places(document, number, claim, scenario, tuple(words))
        _check_figures(document, number, claim)
    for number, pair in enumerate(file.pairs):
        for field in ("says_no", "says_yes"):
            name = getattr(pair, field)
            if name not in seen:
                near, known = did_you_mean(name, seen), ", ".join(sorted(seen))
                where = ("pairs", number, field)
                raise document.fault("unknown-statement", where, name=name, nearest=near, known=known)
    return OwnClaims(tuple(build_claim(c) for c in file.claims), build_pairs(file.pairs))


UNITS = {"commit_delay": "s"} | dict.fromkeys(
    ("interceptor_burnout_speed", "interceptor_speed_threshold", "interceptor_speed", "speeds"), "km/s"
)
"""Inputs that are run, and the one unit in which they are read."""


def _check_figures(document: Document, number: int, claim: ClaimEdge) -> None:
    """Refuse a figure that is run and stands in another unit, and one below zero."""
    for name in UNITS.keys() & claim.inputs.keys():
        given, where = claim.inputs[name], ("claims", number, "inputs", name)
        values = given.value if isinstance(given.value, list) else [given.value]
        figures = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
        if figures and given.unit != UNITS[name]:
            field = (*where, "unit") if given.unit is not None else where
            found = "no unit" if given.unit is None else given.unit
            raise document.fault("wrong-word", field, found=found, nearest="", known=UNITS[name])
        if figures and min(figures) < 0.0:
            if name == "commit_delay":
                raise document.fault("operands-commit", (*where, "value"), early=f"{-min(figures):g}")
            rule = "above 0"
            raise document.fault("out-of-range", (*where, "value"), found=f"{min(figures):g}", rule=rule)


def _check_places(
    document: Document, number: int, claim: ClaimEdge, scenario: Scenario, words: tuple[str, ...]
) -> None:
    """Refuse a place that is neither a site nor a sea area nor a word that stands for one."""
    known = [*scenario.sites, *scenario.sea_areas]
    given = claim.architecture.get("sites") or []
    for at, place in enumerate(given if isinstance(given, list) else [given]):
        text = str(place)
        if text not in known and not any(word.lower() in text.lower() for word in words):
            where = ("claims", number, "architecture", "sites", *((at,) if isinstance(given, list) else ()))
            near = did_you_mean(text, known)
            raise document.fault("unknown-site", where, name=text, nearest=near, known=", ".join(known))

"""What the check would open on inputs that everybody may read: both vectors on one machine, and no protocol.

A run opens the same bit (tests hold it to that); where nothing is secret, nothing need be hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from equipoise.guarantee.private.node import statement_of
from equipoise.guarantee.private.outward.flights import flight_vector
from equipoise.guarantee.private.outward.reach import reach_bins, reach_vector
from equipoise.guarantee.private.outward.statement import Domain, domain_of
from equipoise.guarantee.private.run.protocol import plain_product
from equipoise.guarantee.private.run.roles import Word
from equipoise.guarantee.private.set_up import Inputs, statement_figures
from equipoise.scenario import PublicDisc, PublicStatement, Scenario


@dataclass(frozen=True)
class PublishedCheck:
    """One proposal on published inputs: the word, and how much of the domain each side marks."""

    architecture: str
    protects: str
    word: Word
    domain: Domain
    earliest_commit_s: float
    share_reached: float
    """Of all entries, those where an interceptor can be."""
    share_flown: float
    """Of all entries, those where a missile can be."""


def published_check(scenario: Scenario, inputs: Inputs) -> PublishedCheck:
    """Rasterise both sides' published inputs and compare."""
    domain = domain_of(statement_of(_public(statement_figures(scenario, inputs))))
    reached = reach_vector(domain, reach_bins(domain, inputs.shooters))
    flown = flight_vector(domain, [flyer for _, _, flyer in inputs.flyers]).value
    word: Word = "holds" if plain_product(reached, flown) == 0 else "not shown"
    commit = min(s.earliest_commit_s for s in inputs.shooters)
    shares = (float(np.mean(v)) for v in (reached, flown))
    return PublishedCheck(inputs.architecture, inputs.protects, word, domain, commit, *shares)


def _public(figures: dict[str, Any]) -> PublicStatement:
    """The statement that would stand in the public file."""
    places = tuple(PublicDisc(**disc) for disc in figures["places"])
    low, high = figures["altitude_km"]
    rest = {k: v for k, v in figures.items() if k not in ("places", "subset", "altitude_km")}
    return PublicStatement(**rest, places=places, subset=tuple(figures["subset"]), altitude_km=(low, high))

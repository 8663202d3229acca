"""The release rule: who may let an interceptor go, on what picture, for whose land.

A command mode is an instance of this rule. The five words of the field (separate, shared, sectoral,
dual-key, pre-delegated) are instances in data; the rooms above read the fields and never the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from equipoise.scenario.values import Area, Figure

Picture = Literal["own", "fused"]
Deciders = Literal["owner", "sector", "both", "rule"]
Pool = Literal["own", "sector", "pooled"]
Land = Literal["own", "both"]


@dataclass(frozen=True)
class Sector:
    """The area whose crossing makes a flight one party's to meet, under a sectoral rule."""

    party: str
    areas: tuple[Area, ...]
    status: str
    source: str


@dataclass(frozen=True)
class ReleaseRule:
    """A command mode.

    ``decision_s`` is the stated range of the time from a track of the needed quality to release.
    ``on_silence`` says what a missing answer of the partner means: ``no`` (nothing is released) or
    ``own`` (each goes on alone, with its own picture and shots, for its own land).
    """

    id: str
    name: str
    picture: Picture
    deciders: Deciders
    interceptors: Pool
    land: Land
    decision_s: Figure
    on_silence: Literal["no", "own"]
    confidence: Literal["warning", "search", "fire-control"]
    """The track quality that a release needs."""
    valid_from: str | None = None
    valid_to: str | None = None
    sectors: tuple[Sector, ...] = ()
    note: str = ""

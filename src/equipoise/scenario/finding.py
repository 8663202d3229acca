"""An entry by its name, or an error that says the nearest name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from equipoise.scenario.command import ReleaseRule
from equipoise.scenario.facts import load_catalogue
from equipoise.scenario.messages import fault
from equipoise.scenario.reading import did_you_mean
from equipoise.scenario.types import Architecture, MissileModel, Party, Scenario

Entry = TypeVar("Entry")


def find_missile(name: str) -> MissileModel:
    """The catalogue's model of this id. InputError ``unknown-missile`` with the nearest one."""
    return _find("missile", load_catalogue().missile_models, name)


def find_architecture(scenario: Scenario, name: str) -> Architecture:
    """The scenario's architecture of this id, hyphens or underscores. InputError with the nearest one."""
    known = scenario.architectures
    return _find("architecture", known, name if name in known else name.replace("_", "-"))


def find_mode(scenario: Scenario, name: str) -> ReleaseRule:
    """The scenario's command mode of this id. InputError ``unknown-mode`` with the nearest one."""
    return _find("mode", {mode.id: mode for mode in scenario.modes}, name)


def find_party(scenario: Scenario, name: str) -> Party:
    """The scenario's party of this id. InputError ``unknown-party`` with the nearest one."""
    return _find("party", {party.id: party for party in scenario.parties}, name)


def _find(kind: str, among: Mapping[str, Entry], name: str) -> Entry:
    if name in among:
        return among[name]
    near, known = did_you_mean(name, among), ", ".join(among)
    raise fault(f"unknown-{kind}", name=name, nearest=near, known=known)

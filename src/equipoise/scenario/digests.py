"""The digest of declared facts: the same on every machine, another as soon as one figure changes."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from equipoise.scenario.types import Scenario

FORM = "equipoise-facts-1"
"""Changes when the canonical form does, so that old digests are never taken for new ones."""

WORDED_HERE = ("assumptions", "undeclared")
"""Sentences that this program words from the facts: better wording must not look like other facts."""


def digest(scenario: Scenario) -> str:
    """SHA-256 (hexadecimal) of the scenario's canonical text, its own ``digest`` field left out."""
    return hashlib.sha256(canonical(scenario).encode("utf-8")).hexdigest()


def canonical(scenario: Scenario) -> str:
    """JSON with sorted keys and no spaces; every number as decimal text, so that no float is hashed raw."""
    facts = _plain(scenario)
    del facts["digest"]
    return json.dumps(
        {"form": FORM, "facts": facts}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in WORDED_HERE}
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return decimal_text(value)


def decimal_text(value: float) -> str:
    """The shortest decimal that reads back as ``value``, without exponent or trailing zeros."""
    if not math.isfinite(value):
        raise ValueError("a declared figure is finite")
    text = f"{Decimal(repr(value)):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

"""Private verdicts as JSON: the keys of every guarantee, and beside them what only this check has."""

from __future__ import annotations

from typing import Any

from equipoise.guarantee.private.demo import PrivateVerdict
from equipoise.guarantee.private.node import Ran
from equipoise.guarantee.private.roots_in_record import NOT_HELD, HeldRoots, held_to_json
from equipoise.guarantee.private.run_record import PROMISE, means, terms_to_json

RUNG = "private check"


def verdict_to_json(verdict: PrivateVerdict) -> dict[str, Any]:
    """One row. Margins and operands are null or empty: they are what is not shown."""
    domain, statement = verdict.domain, verdict.domain.statement
    return {
        "architecture": verdict.architecture,
        "mode": "any",
        "protects": verdict.protects,
        "rung": RUNG,
        "verdict": verdict.verdict,
        "turns_on": [],
        "margin_s": None,
        "margin_km_s": None,
        "break_even_commit_s": None,
        "share_met_at_most": None,
        "operands": [],
        "closed_by": [],
        "means": verdict.means,
        "reason": verdict.reason,
        "subset": list(statement.subset),
        "bits_opened": verdict.bits_opened,
        "domain": {
            "cells": len(domain.cell),
            "bins": statement.bins,
            "entries": len(domain),
            "cell_km": statement.cell_m / 1e3,
            "bin_s": statement.bin_s,
        },
        "terms": terms_to_json(verdict.terms),
        "bytes_sent": dict(verdict.bytes_sent),
        "seconds": {"commit": round(verdict.commit_s, 2), "run": round(verdict.run_s, 2)},
        "ledger_root": verdict.ledger_root,
        "held_against": held_to_json(verdict.held),
        "roots": roots_words(verdict.held),
        "promise": list(PROMISE),
    }


def ran_to_json(ran: Ran) -> dict[str, Any]:
    """What one role says of its run."""
    return {
        "role": ran.outcome.role,
        "verdict": ran.outcome.word,
        "means": means(ran.outcome),
        "reason": ran.outcome.reason,
        "bits_opened": ran.bits_opened,
        "terms": terms_to_json(ran.terms),
        "bytes_sent": ran.bytes_sent,
        "seconds": round(ran.seconds, 2),
        "record": ran.record.name,
        "held_against": held_to_json(ran.held),
        "roots": roots_words(ran.held),
        "promise": list(PROMISE),
    }


def roots_words(held: HeldRoots | None) -> str:
    """Whether the roots were held against a record, in plain words."""
    return NOT_HELD if held is None else held.words

"""The private check: one bit about what neither side shows.

A public ``Statement`` cuts space and time into the entries of a ``Domain``. The owner of interceptors
rasterises where they can be, the owner of missiles where those are, each outward and on its own machine; both
commit to their vectors, and a protocol of three roles opens whether any entry is 1 in both, and nothing else.
*Holds* binds only what was entered and committed to; it is no statement of safety.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equipoise.guarantee.private.bench import PrivateBench, bench_private
    from equipoise.guarantee.private.demo import PrivateVerdict, demonstrate
    from equipoise.guarantee.private.folder import Folder
    from equipoise.guarantee.private.inspection import (
        CheckedLeaf,
        Inspected,
        check_opening,
        entry_at,
        inspect_run,
        open_entries,
    )
    from equipoise.guarantee.private.node import (
        domain_for,
        make_commitment,
        sign_consent,
        take_part,
        terms_of,
    )
    from equipoise.guarantee.private.outward.crying_wolf import WolfRow, crying_wolf
    from equipoise.guarantee.private.published import PublishedCheck, published_check
    from equipoise.guarantee.private.refusals import MESSAGES
    from equipoise.guarantee.private.roots_in_record import (
        NOT_HELD,
        HeldRoots,
        RecordPlace,
        held_to_json,
        hold_roots,
    )
    from equipoise.guarantee.private.run.messages import ROLES, Role
    from equipoise.guarantee.private.run_record import MEANS, PROMISE
    from equipoise.guarantee.private.set_up import inputs_of, proposals, write_check
    from equipoise.guarantee.private.verdict_json import ran_to_json, roots_words, verdict_to_json

_HOMES = {
    "bench": ("PrivateBench", "bench_private"),
    "outward.crying_wolf": ("WolfRow", "crying_wolf"),
    "demo": ("PrivateVerdict", "demonstrate"),
    "folder": ("Folder",),
    "inspection": (
        "CheckedLeaf",
        "Inspected",
        "check_opening",
        "entry_at",
        "inspect_run",
        "open_entries",
    ),
    "run.messages": ("ROLES", "Role"),
    "node": ("domain_for", "make_commitment", "sign_consent", "take_part", "terms_of"),
    "published": ("PublishedCheck", "published_check"),
    "refusals": ("MESSAGES",),
    "roots_in_record": ("NOT_HELD", "HeldRoots", "RecordPlace", "held_to_json", "hold_roots"),
    "run_record": ("MEANS", "PROMISE"),
    "set_up": ("inputs_of", "proposals", "write_check"),
    "verdict_json": ("ran_to_json", "roots_words", "verdict_to_json"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "MEANS",
    "MESSAGES",
    "NOT_HELD",
    "PROMISE",
    "ROLES",
    "CheckedLeaf",
    "Folder",
    "HeldRoots",
    "Inspected",
    "PrivateBench",
    "PrivateVerdict",
    "PublishedCheck",
    "RecordPlace",
    "Role",
    "WolfRow",
    "bench_private",
    "check_opening",
    "crying_wolf",
    "demonstrate",
    "domain_for",
    "entry_at",
    "held_to_json",
    "hold_roots",
    "inputs_of",
    "inspect_run",
    "make_commitment",
    "open_entries",
    "proposals",
    "published_check",
    "ran_to_json",
    "roots_words",
    "sign_consent",
    "take_part",
    "terms_of",
    "verdict_to_json",
    "write_check",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)

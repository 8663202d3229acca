"""Defence: what could be met, by architecture and command mode. *Can be met (upper bound)*: kinematics alone.

``engage`` flies every threat to every cell once and keeps, for each interceptor's place, the latest commit
that still works, and for each sensor its first track. ``cover`` then asks of each architecture, release rule
and partner's behaviour who can be met; ``baseline`` is what members own nationally, ``break_even`` the
decision time at which joining stops paying. ``operand_vectors`` states what a battery is taken to do.
Leakage is closed form and stands apart. The kernels load only when something is flown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.defence.types import Cells, Coverage, Engagements, OperandVector, RegionCoverage

if TYPE_CHECKING:
    from equipoise.defence.apart import proposed_rule, rule_apart, unjoined
    from equipoise.defence.balance import BreakEven, break_even, break_evens, gain, people_met
    from equipoise.defence.bench import CoverageBench, CoverageRow, bench_coverage
    from equipoise.defence.coverage import alone_rule, baseline, cover, equal_decision_s
    from equipoise.defence.engagements import declared_vectors, engage
    from equipoise.defence.flyout import (
        IN_AIR_KM,
        IN_AIR_TOP_KM,
        FlyoutTable,
        coast_time_s,
        flyout_table,
        flyout_time_s,
    )
    from equipoise.defence.leakage import (
        expected_leakers,
        layers_stopped,
        needed_stopped,
        none_leaks,
        shots_in_window,
        warhead_stopped,
    )
    from equipoise.defence.maps import commit_map
    from equipoise.defence.modes import VARIANTS
    from equipoise.defence.published import published_cases
    from equipoise.defence.published_case import PublishedCase
    from equipoise.defence.reach import (
        Interceptors,
        Meetings,
        interceptors,
        latest_commits_exact,
        latest_meetings_exact,
        needed_speeds,
        with_burnout,
    )
    from equipoise.defence.vectors import joined_batteries, joined_sensors, operand_vectors
    from equipoise.defence.windows import Columns, columns, latest_commits

_HOMES = {
    "apart": ("proposed_rule", "rule_apart", "unjoined"),
    "balance": ("BreakEven", "break_even", "break_evens", "gain", "people_met"),
    "bench": ("CoverageBench", "CoverageRow", "bench_coverage"),
    "coverage": ("alone_rule", "baseline", "cover", "equal_decision_s"),
    "engagements": ("declared_vectors", "engage"),
    "flyout": (
        "FlyoutTable",
        "IN_AIR_KM",
        "IN_AIR_TOP_KM",
        "coast_time_s",
        "flyout_table",
        "flyout_time_s",
    ),
    "leakage": (
        "expected_leakers",
        "layers_stopped",
        "needed_stopped",
        "none_leaks",
        "shots_in_window",
        "warhead_stopped",
    ),
    "maps": ("commit_map",),
    "modes": ("VARIANTS",),
    "published": ("published_cases",),
    "published_case": ("PublishedCase",),
    "reach": (
        "Interceptors",
        "Meetings",
        "interceptors",
        "latest_commits_exact",
        "latest_meetings_exact",
        "needed_speeds",
        "with_burnout",
    ),
    "vectors": ("joined_batteries", "joined_sensors", "operand_vectors"),
    "windows": ("Columns", "columns", "latest_commits"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "IN_AIR_KM",
    "IN_AIR_TOP_KM",
    "VARIANTS",
    "BreakEven",
    "Cells",
    "Columns",
    "Coverage",
    "CoverageBench",
    "CoverageRow",
    "Engagements",
    "FlyoutTable",
    "Interceptors",
    "Meetings",
    "OperandVector",
    "PublishedCase",
    "RegionCoverage",
    "alone_rule",
    "baseline",
    "bench_coverage",
    "break_even",
    "break_evens",
    "coast_time_s",
    "columns",
    "commit_map",
    "cover",
    "declared_vectors",
    "engage",
    "equal_decision_s",
    "expected_leakers",
    "flyout_table",
    "flyout_time_s",
    "gain",
    "interceptors",
    "joined_batteries",
    "joined_sensors",
    "latest_commits",
    "latest_commits_exact",
    "latest_meetings_exact",
    "layers_stopped",
    "needed_speeds",
    "needed_stopped",
    "none_leaks",
    "operand_vectors",
    "people_met",
    "proposed_rule",
    "published_cases",
    "rule_apart",
    "shots_in_window",
    "unjoined",
    "warhead_stopped",
    "with_burnout",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)

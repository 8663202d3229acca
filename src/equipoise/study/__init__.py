"""Study: the whole way from declared facts to one report that either side can recompute.

``run_study`` computes and writes a folder (report, record, tables, figures) whole or not at all; ``compute``
stops at the values, which show themselves in a notebook and turn into polars frames. The figures are
functions from a ``Study`` to a matplotlib ``Figure``. Nothing here judges: verdicts come from below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equipoise.study.design import compute_coverage
    from equipoise.study.entry import recomputers
    from equipoise.study.figures import clock_figure, coverage_maps, margins_figure, modes_figure, reach_map
    from equipoise.study.pipeline import compute
    from equipoise.study.rows import Row, rows_of
    from equipoise.study.run import run_study, write_study
    from equipoise.study.tables import Table, tables_of
    from equipoise.study.types import Clock, Study, StudyResult, ThreatReach

_HOMES = {
    "design": ("compute_coverage",),
    "entry": ("recomputers",),
    "figures": ("clock_figure", "coverage_maps", "margins_figure", "modes_figure", "reach_map"),
    "pipeline": ("compute",),
    "rows": ("Row", "rows_of"),
    "run": ("run_study", "write_study"),
    "tables": ("Table", "tables_of"),
    "types": ("Clock", "Study", "StudyResult", "ThreatReach"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Clock",
    "Row",
    "Study",
    "StudyResult",
    "Table",
    "ThreatReach",
    "clock_figure",
    "compute",
    "compute_coverage",
    "coverage_maps",
    "margins_figure",
    "modes_figure",
    "reach_map",
    "recomputers",
    "rows_of",
    "run_study",
    "tables_of",
    "write_study",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)

"""The figures of a study: each is a function from a ``Study`` to a matplotlib ``Figure``, never shown here.

Parties are blue and orange with their own marks and lines, classes have hatching as well as colour, maps an
equal-area projection with real coasts. ``to_svg`` writes a figure into a page, the same bytes each time.
"""

from equipoise.study.figures.clock import clock_figure
from equipoise.study.figures.maps import coverage_maps
from equipoise.study.figures.margins import margins_figure
from equipoise.study.figures.modes import modes_figure
from equipoise.study.figures.reach import reach_map
from equipoise.study.figures.style import to_svg

__all__ = ["clock_figure", "coverage_maps", "margins_figure", "modes_figure", "reach_map", "to_svg"]

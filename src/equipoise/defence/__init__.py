"""What could be met: flyout, commit time, windows, leakage and coverage by command mode."""

from equipoise.defence.types import Cells, Coverage, OperandVector, RegionCoverage

__all__ = ["Cells", "Coverage", "OperandVector", "RegionCoverage"]

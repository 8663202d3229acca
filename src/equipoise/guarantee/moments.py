"""Two moments at which a declared verdict means less than its word: no track at all, and before burnout.

*Holds* because no declared sensor tracks the flights is no guarantee: a sensor that nobody declared would
turn it, and only the worst case bounds that; where the worst case holds, this holds. *Fails* by a commit
before the protected missile's burnout turns on that commit: no flight path is known by then, and a commit
after burnout may reach nothing.
"""

from __future__ import annotations

import numpy as np

from equipoise.guarantee.commits import burnout_commits
from equipoise.guarantee.types import Verdict
from equipoise.guarantee.verdicts import Case, reached, verdict
from equipoise.scenario import Scenario

TRACK = "track"
"""The operand on which a verdict turns where no declared sensor tracks a flight."""
UNTRACKED = "no declared sensor of the owner tracks these flights; the bound is the worst case"
BOUNDED = "no declared sensor of the owner tracks these flights; it holds because the worst case does"
WAITED: dict[Verdict, str] = {
    "holds": "reached only by a commit before burnout: one at burnout plus a track reaches none",
    "depends": "reached for certain only by a commit before burnout: at burnout plus a track it depends",
}
"""What is said where the verdict after burnout is a better one."""


def never_tracked(case: Case) -> bool:
    """Whether there are flights and interceptors, and no commit to any of them is ever permitted."""
    early = case.commits.early_s
    return bool(case.boxes) and len(early) > 0 and not np.isfinite(early).any()


def verdict_after_burnout(scenario: Scenario, case: Case) -> Verdict | None:
    """The verdict if each commit waited for burnout and a track; None where none would have to wait."""
    waited = burnout_commits(scenario, case.flights)
    early, late = (
        np.maximum(getattr(case.commits, end), getattr(waited, end)) for end in ("early_s", "late_s")
    )
    if case.before_burnout is not None or not (early > case.commits.early_s).any():
        return None
    worst = reached(case, case.furthest, early)
    throughout = reached(case, case.nearest, late, everywhere=True)
    return verdict(case.flights, worst, throughout)

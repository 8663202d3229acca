"""How many cosigners must sign: which quorum excludes two trees of one size, and what it costs.

Two quorums of q among n share at least 2q - n cosigners. A split view needs one quorum for each tree, so
every shared cosigner must have signed both: more than f of them exclude it while at most f are dishonest
(Malkhi and Reiter 1998, "Byzantine quorum systems", dissemination systems). n - q may be absent.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = 'D. Malkhi and M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998), 203-213'


@dataclass(frozen=True)
class QuorumRow:
    """One choice: ``least`` of ``cosigners`` must sign."""

    cosigners: int
    least: int
    dishonest_excluded: int
    """Most dishonest cosigners with which two trees of one size still cannot both reach the quorum; -1 where
    they can even with all honest.
    """
    absent_allowed: int
    """Most cosigners that may be out of reach while checkpoints still reach the quorum."""


def quorum_row(cosigners: int, least: int) -> QuorumRow:
    """What a quorum of ``least`` among ``cosigners`` excludes and allows."""
    return QuorumRow(cosigners, least, max(2 * least - cosigners - 1, -1), cosigners - least)


def quorum_table(most: int = 5) -> tuple[QuorumRow, ...]:
    """Every majority among two to ``most`` cosigners, all of them first."""
    return tuple(quorum_row(n, q) for n in range(2, most + 1) for q in range(n, n // 2, -1) if 2 * q > n)

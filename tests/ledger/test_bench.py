"""The bench measures what it says, over a small ledger: every row checked, ratios where peers ran."""

from __future__ import annotations

from equipoise.ledger import bench_ledger


def test_every_row_has_a_rate_and_what_was_checked() -> None:
    found = bench_ledger(entries=300, single=40)
    rows = {row.name: row for row in found.rows}
    ours = [row for name, row in rows.items() if name.startswith("equipoise")]
    assert len(ours) == 5
    assert all(row.rate is not None and row.rate > 0 for row in ours)
    assert all(row.error for row in found.rows)
    assert "audited: all good" in {row.error for row in ours}
    ratios = dict(found.ratios)
    assert ratios["ours_over_sqlite"] > 0
    peer = next(row for name, row in rows.items() if name.startswith("pymerkle"))
    assert ("ours_over_pymerkle" in ratios) is (peer.rate is not None)
    assert peer.error in ("same root", "not installed: make peers sets it up")
    assert "signatures alone" in found.notes[0]

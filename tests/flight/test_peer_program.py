"""The row of a peer that is another program: read from what it printed, and said where there is none."""

from __future__ import annotations

import math
import sys

import pytest

from equipoise.flight._peer_program import pytrajlib_rows, read_rows

PRINTED = (
    '{"version": "1.0.0a6", "range_km": [6921.850076844973, 13625.811827776908], "rows": '
    '[{"main_s": 1.0, "entry_s": 0.01, "rate": 1089.47, "error_m": [367198.75, 589375.99, 622551.67]}, '
    '{"main_s": 0.01, "entry_s": 0.01, "rate": 16.7676, "error_m": [3125.85, 5470.24, 5899.92]}]}\n'
)


def _folder(tmp_path, body):
    """A folder of peers whose script is ``body``."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / "pytrajlib_rate.py").write_text(body, encoding="utf-8")
    return tmp_path


def test_rate_and_own_error_are_read():
    coarse, fine = read_rows(PRINTED)
    assert coarse.name == "pytrajlib 1.0.0a6 at steps of 1 and 0.01 s, one core"
    assert coarse.error == "367.2 / 589.4 / 622.6 km over 6922 to 13626 km"
    assert math.isclose(fine.rate or 0.0, 16.7676)
    assert (coarse.key, fine.key) == ("pytrajlib_at_1_s", "pytrajlib_at_0.01_s")


def test_the_program_is_run_where_it_is(tmp_path):
    rows = pytrajlib_rows(_folder(tmp_path, f"print({PRINTED!r})"))
    assert rows == read_rows(PRINTED)


def test_a_peer_that_is_not_there_says_what_would_do(tmp_path):
    (row,) = pytrajlib_rows(tmp_path)
    assert row.rate is None
    assert "make peers" in row.error


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("raise SystemExit('no such library')", "no such library"),
        ("print('{}')", "KeyError"),
        ("print('half a')", "JSONDecodeError"),
    ],
)
def test_a_peer_that_fails_says_why(tmp_path, body, says):
    (row,) = pytrajlib_rows(_folder(tmp_path, body))
    assert row.rate is None
    assert row.error.startswith("did not run: ")
    assert says in row.error

"""Values as JSON: nothing is lost but infinity, and nothing that JSON cannot hold is left."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from equipoise.cli.plain import plain


@dataclass(frozen=True)
class Inner:
    low: float
    places: np.ndarray


@dataclass(frozen=True)
class Outer:
    name: str
    inner: tuple[Inner, ...]
    flag: bool


def test_dataclasses_arrays_and_infinities() -> None:
    value = Outer("x", (Inner(float("inf"), np.array([[1.0, np.nan]])),), True)
    assert plain(value) == {"name": "x", "inner": [{"low": None, "places": [[1.0, None]]}], "flag": True}
    assert plain(np.float64(2.5)) == 2.5
    assert plain({3: np.int64(4)}) == {"3": 4}


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda s: st.lists(s) | st.tuples(s))
)
def test_whatever_goes_in_json_holds_what_comes_out(value: object) -> None:
    json.dumps(plain(value), allow_nan=False)


@given(st.dictionaries(st.text(), st.integers() | st.floats(allow_nan=False, allow_infinity=False)))
def test_finite_values_come_out_as_they_went_in(value: dict[str, float]) -> None:
    assert plain(value) == value

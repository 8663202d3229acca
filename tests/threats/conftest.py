"""The catalogue's flights, read once."""

from __future__ import annotations

import pytest

from equipoise.threats import Observation, catalogue_flights, read_observations


@pytest.fixture(scope="session")
def flights() -> dict[str, Observation]:
    return {o.id: o for o in read_observations(catalogue_flights(), today="2026-11-25")}

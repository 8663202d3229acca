"""One flight in detail: what happens when, and a dense table of its states."""

from __future__ import annotations

from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight._batch import Fleet
from equipoise.flight.types import Event


def flight_events(
    fleet: Fleet, flights: Float[Array, "1 inputs"], outs: Float[Array, "1 outputs"]
) -> tuple[Event, ...]:
    """What happens when in one flight."""
    return ()

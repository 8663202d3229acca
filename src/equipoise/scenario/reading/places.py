"""Where the facts that ship with the program lie."""

from __future__ import annotations

from pathlib import Path


def fact_path(*parts: str) -> Path:
    """The path of a file or folder of the catalogue, such as ``fact_path("accords", "events.csv")``."""
    return Path(__file__).resolve().parents[1].joinpath("catalogue", *parts)

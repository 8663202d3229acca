"""From an operand file (``prove --operands``) to a reader's vector, and the commented file to start from."""

from __future__ import annotations

from pathlib import Path

from equipoise.scenario.builders.defaults import room_path
from equipoise.scenario.builders.operands import build_operands
from equipoise.scenario.edges.operands import OperandFile
from equipoise.scenario.facts import load_catalogue
from equipoise.scenario.reading import Document, check_with, read_yaml
from equipoise.scenario.stated import StatedOperands
from equipoise.scenario.types import Scenario

STANDARD_INPUT = Path("/dev/stdin")


def load_operands(path: str | Path, scenario: Scenario) -> StatedOperands:
    """A reader's own operand vector, its names resolved in the scenario and the catalogue; ``-`` is standard
    input.

    Raises InputError with file, line, column, field and what would do.
    """
    return read_operands(read_yaml(STANDARD_INPUT if str(path) == "-" else Path(path)), scenario)


def read_operands(document: Document, scenario: Scenario) -> StatedOperands:
    """A vector from a file in hand."""
    return build_operands(document, check_with(OperandFile, document), scenario, load_catalogue())


def operands_example() -> str:
    """A commented operand file with every field, ready to be changed."""
    return room_path("operands.yaml").read_text(encoding="utf-8")

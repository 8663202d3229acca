"""Conformance: published vectors of every format of this room, run against the code that the ledger uses.

A file like the catalogue's ``ledger/vectors.json`` goes in; out comes, for each of its sections, how many
cases passed and which did not. Where a vector and a specification differ,
``docs/reference/record-formats.md`` says which is followed.
"""

from equipoise.ledger.conformance.run import SectionResult, run_vectors

__all__ = ["SectionResult", "run_vectors"]

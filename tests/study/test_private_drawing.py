"""The drawing of the private check: its arrows are the messages that a run really sends, in their order."""

from __future__ import annotations

from equipoise.guarantee.private.run.messages import Kind
from equipoise.study.chapters.private import STEPS
from guarantee.private.rooms import play, vectors

ROWS = (
    (Kind.TERMS,),
    (Kind.TERMS, Kind.MASK_SEED),
    (Kind.VECTOR_DIGEST,),
    (Kind.DEAL,),
    (Kind.MASKED,),
    (Kind.OPENING_DIGEST, Kind.OPENING),
    (Kind.FINAL_DIGEST, Kind.FINAL),
    (Kind.OUTCOME,),
)
"""What each row between the dashed boxes draws."""


def test_every_message_of_a_run_is_drawn_and_no_other() -> None:
    outcomes, _ = play(*vectors(1, 300, 2))
    sent = {(m.kind, m.sender, m.receiver) for outcome in outcomes.values() for m in outcome.log}
    rows = [step for step in STEPS if step.arrows]
    drawn = {
        (kind, sender, receiver)
        for kinds, step in zip(ROWS, rows, strict=True)
        for kind in kinds
        for sender, receiver in step.arrows
    }
    assert drawn == sent
    assert [kind for kinds in ROWS for kind in kinds] == sorted(kind for kinds in ROWS for kind in kinds)

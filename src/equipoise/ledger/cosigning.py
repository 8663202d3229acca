"""A cosigner at work on a ledger at hand: it answers by the same function as any witness."""

from __future__ import annotations

import time

from equipoise.ledger.c2sp.note import COSIGNS, read_line
from equipoise.ledger.key_files import Signer
from equipoise.ledger.messages import fault
from equipoise.ledger.record import Ledger
from equipoise.ledger.witness import Answer, WitnessMemory, add_checkpoint


def cosign_ledger(
    ledger: Ledger,
    name: str,
    signer: Signer,
    memory: WitnessMemory,
    *,
    keep: bool = True,
    now_s: int | None = None,
) -> Answer:
    """Cosign the ledger's largest checkpoint as the policy's ``name``; ``keep`` puts the line under it.

    The answer is that of ``add_checkpoint``: 200 with the line, or why not. LedgerError where the policy
    names no such cosigner, or gives it another key.
    """
    expected = ledger.policy.witnesses.get(name)
    if expected is None:
        raise fault("cosigner-unknown", found=name, known=", ".join(ledger.policy.witnesses))
    if signer.verifier(COSIGNS).public_key != expected.public_key:
        raise fault("cosigner-key-other", found=signer.id, name=name)
    seen = memory.latest(ledger.origin)
    answer = add_checkpoint(
        ledger.request(seen.size if seen else 0).whole,
        memory=memory,
        logs={ledger.origin: tuple(key for key in ledger.policy.logs if key.name == ledger.origin)},
        name=expected.name,
        key=signer.key,
        now_s=int(time.time()) if now_s is None else now_s,
    )
    if answer.status == 200 and keep:
        ledger.add_line(read_line(answer.body.rstrip("\n")))
    if answer.status == 409:
        size = answer.body.strip()
        return Answer(409, f"it has seen {size} entries, this checkpoint is older or of another tree\n")
    return answer

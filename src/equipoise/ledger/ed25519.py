"""Ed25519 (RFC 8032): signing, checking, and which public keys may enter the register.

Signatures are checked as OpenSSL and Go check them: S below the group's order, R canonical, no cofactor. A
key of low order would let its owner disown a signature (one signature then fits many messages), and a key
with two encodings would count as two; both are refused where a key is registered, not where it is used.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from equipoise.ledger.messages import fault

KEY_BYTES, SIGNATURE_BYTES = 32, 64
PRIME = 2**255 - 19
"""Order of the field (RFC 8032, section 5.1)."""

_LOW_ORDER_Y = (
    0,
    1,
    PRIME - 1,
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
)
"""The y coordinates of the eight points whose order divides the cofactor 8 (Bernstein et al. 2012)."""


def is_low_order(point: bytes) -> bool:
    """Whether 32 bytes encode, canonically or not, a point of order 1, 2, 4 or 8."""
    return _y(point) % PRIME in _LOW_ORDER_Y


def is_canonical(point: bytes) -> bool:
    """Whether the coordinate is reduced, so that the point has this one encoding."""
    return _y(point) < PRIME


def _y(point: bytes) -> int:
    return int.from_bytes(point, "little") & ((1 << 255) - 1)


def check_public_key(raw: bytes) -> None:
    """LedgerError ``key-length``, ``key-not-canonical`` or ``key-low-order`` where a key may not be used."""
    if len(raw) != KEY_BYTES:
        raise fault("key-length", found=len(raw))
    if not is_canonical(raw):
        raise fault("key-not-canonical")
    if is_low_order(raw):
        raise fault("key-low-order")


def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is one of the message by this key. The interpreter is free meanwhile."""
    if len(public_key) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key_of(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of its public half."""
    return key.public_key().public_bytes_raw()

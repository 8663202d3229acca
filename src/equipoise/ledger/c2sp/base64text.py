"""Standard base64 (RFC 4648, section 4) read strictly: one text for one value."""

from __future__ import annotations

import base64
import binascii


def encode(data: bytes) -> str:
    """Base64 with padding, one line."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str) -> bytes | None:
    """The bytes, or None where the text is not the one base64 text of some bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if encode(data) == text else None

"""What all tests share: on a check of a change, properties try the same cases every time.

A person's own run looks for new cases; a landing must not turn on luck.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("person", deadline=None)
settings.register_profile("landing", deadline=None, derandomize=True)
settings.load_profile("landing" if os.environ.get("CI") else "person")

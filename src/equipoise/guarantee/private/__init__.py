"""The private check: one bit about what neither side shows.

A public ``Statement`` cuts space and time into the entries of a ``Domain``. The owner of interceptors
rasterises where they can be, the owner of missiles where those are, each outward and on its own machine; both
commit to their vectors, and a protocol of three roles opens whether any entry is 1 in both, and nothing else.
*Holds* binds only what was entered and committed to; it is no statement of safety.
"""

from __future__ import annotations

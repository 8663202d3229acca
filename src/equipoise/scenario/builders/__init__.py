"""From checked edge models to the frozen values of ``types.py``: one file a kind of fact.

No builder raises a status, and each default that one puts in is a sentence in the entry's assumptions.
"""

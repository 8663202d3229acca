"""What a declared file may hold: pydantic models, one a kind of entry, checked at the edge and left behind.

A model says which fields there are, which may be null, and what no declaration may say (a negative mass, a
floor above a ceiling). The builders turn checked models into the frozen values of ``types.py``.
"""

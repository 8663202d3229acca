"""Both vectors, rasterised outward: the public statement and its entries, where interceptors can be, where
missiles are, and how often the check cries wolf.
"""

"""Measures that were on the table: what each fixes, and every verdict before and after it."""

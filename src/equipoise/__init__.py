"""Equipoise: an open workbench for a joint missile defence that both sides can recompute."""

__version__ = "0.1.0"

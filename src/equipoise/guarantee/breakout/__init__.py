"""Breakout: how the margin falls as speed, seas, numbers or sensors grow, and what notice there would be."""

"""Figures: drawn from tables, in points, so that nothing written can collide. Nothing here writes a file."""

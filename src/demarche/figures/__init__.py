"""Figures: drawn from tables, in points, so that nothing that is written can collide. Nothing here writes a file."""

"""How well a reader reads: its statements and events held against those that people decided."""

from demarche.scoring.figures import FIGURES, LAYERS, Reading, score, score_by_document
from demarche.scoring.pairs import Score

__all__ = ["FIGURES", "LAYERS", "Reading", "Score", "score", "score_by_document"]

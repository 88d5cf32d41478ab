"""What the notebooks show: each module a chapter or a part of one, each function of it one display."""

from demarche.chapters import (
    accuracy,
    decisions,
    dependence,
    differences,
    ground,
    inventory,
    key_findings,
    outlook,
    reliability,
    sources,
    stances,
    timeline,
)

__all__ = [
    "accuracy",
    "decisions",
    "dependence",
    "differences",
    "ground",
    "inventory",
    "key_findings",
    "outlook",
    "reliability",
    "sources",
    "stances",
    "timeline",
]

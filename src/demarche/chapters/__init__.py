"""What the notebooks show: each module is a chapter, each function of it one display of a briefing."""

from demarche.chapters import (
    accuracy,
    decisions,
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
    "inventory",
    "key_findings",
    "outlook",
    "reliability",
    "sources",
    "stances",
    "timeline",
]

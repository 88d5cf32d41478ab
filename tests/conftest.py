"""What all tests share: seeded properties, no time limits that a slow machine would break, fewer fonts."""

import pytest
from hypothesis import settings

from demarche.rendering import han

settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=50, database=None)
settings.load_profile("seeded")


@pytest.fixture
def without_han(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra that brings Han and kana were not installed."""
    monkeypatch.setattr(han, "han_font", lambda: None)
    monkeypatch.setattr(han, "han_points", frozenset)

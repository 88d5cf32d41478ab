"""Codebooks of invented actors, as the cases of a test give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demarche.codebook import Actor, Codebook


def harbour_book(actors: Mapping[str, Mapping[str, Any]]) -> Codebook:
    """A codebook without demands, of actors by id with their fields as YAML has them."""
    return Codebook(
        "The harbour", {name: Actor(actor_id=name, **_fields(row)) for name, row in actors.items()}
    )


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}

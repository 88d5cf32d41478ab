"""From a folder of texts about a negotiation to a sourced briefing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

__version__ = "0.1.0"

from demarche.readers.rules.dates.expressions import find_dates

if TYPE_CHECKING:
    from demarche.reviewing.form import Form

__all__ = ["__version__", "find_dates", "review"]


def review(study: str | Path, *, coder: str = "", alone: bool = False, kinds: Sequence[str] = ()) -> Form:
    """A form in Jupyter to decide on a study's proposals (see `demarche.reviewing.form`)."""
    from demarche.reviewing import form

    return form.review(study, coder=coder, alone=alone, kinds=kinds)

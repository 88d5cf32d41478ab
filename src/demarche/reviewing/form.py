"""The form in Jupyter: the desk, shown and driven by keys. What it shows is text, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from demarche.kinds import check_kinds
from demarche.reviewing.desk import Desk
from demarche.reviewing.session import open_session

_HERE = Path(__file__).parent


class Form(anywidget.AnyWidget):
    """A review of one study by one coder; `view` is what lies on the desk."""

    _esm = _HERE / "form.js"
    _css = _HERE / "form.css"
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        super().__init__(view=self._numbered(0))
        self.on_msg(self._take)

    def _take(self, _: object, message: dict[str, Any], __: object) -> None:
        self._desk.act(message)
        self.view = self._numbered(self.view["number"] + 1)

    def _numbered(self, number: int) -> dict[str, Any]:
        """The view, with a number that says which answer it is: the same view twice is still an answer."""
        return {"number": number, **self._desk.view()}


def review(study: str | Path, *, coder: str = "", alone: bool = False, kinds: Sequence[str] = ()) -> Form:
    """A form to decide on a study's proposals, each answer written at once to `coding/coders/NAME/`.

    `coder`: your name (else that of whoever is logged in). `alone`: nothing of other coders is shown.
    `kinds`: what is asked about, one after the other, as in `["figures"]`; else all, figures last.
    """
    check_kinds(kinds)
    return Form(Desk(open_session(Path(study), coder, alone=alone), kinds))

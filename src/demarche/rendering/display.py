"""What a notebook shows: blocks with the evidence they cite, as HTML, as text, and as the blocks themselves.

JupyterLab shows the HTML, a terminal the text; the briefing is made from the blocks, so that nothing is
ever parsed back out of HTML.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from demarche import blocks as b
from demarche.rendering.as_html import Setting, asset, blocks_html, mark_rules
from demarche.rendering.as_text import blocks_text
from demarche.rendering.characters import cleaned
from demarche.rendering.citations import cited

Evidence = dict[str, Any]


class Display:
    """Blocks, and of the `evidence` given (dicts with the fields of `evidence.Evidence`) what they cite."""

    def __init__(self, blocks: Iterable[b.Block], evidence: Iterable[Evidence] = ()) -> None:
        self.blocks: list[b.Block] = cleaned(list(blocks))
        known = {record["number"]: record for record in evidence}
        missing = [f"E{number}" for number in cited(self.blocks) if number not in known]
        if missing:
            raise ValueError(f"evidence is cited but not given: {', '.join(missing)}")
        self.evidence: list[Evidence] = cleaned([known[number] for number in cited(self.blocks)])

    def __add__(self, other: Display) -> Display:
        """Both, one after the other."""
        return Display([*self.blocks, *other.blocks], [*self.evidence, *other.evidence])

    def __repr__(self) -> str:
        return blocks_text(self.blocks)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            b.MIME: {"blocks": self.blocks, "evidence": self.evidence},
            "text/html": str(self.html()),
            "text/plain": repr(self),
        }

    def html(self) -> Markup:
        """The display as a piece of HTML that stands alone, its quotations folded under it."""
        setting = Setting(prefix=f"d{self._digest()}-")
        notes = [{**b.quotation(record), "id": f"e{record['number']}"} for record in self.evidence]
        folded = Markup("<details><summary>{}</summary>{}</details>").format(
            _counted(len(notes)), blocks_html(notes, setting)
        )
        return Markup('<div class="demarche in-notebook">\n<style>{}{}{}</style>{}{}</div>').format(
            asset("notebook.css"),
            asset("blocks.css"),
            mark_rules(),
            blocks_html(self.blocks, setting),
            folded if notes else "",
        )

    def _digest(self) -> str:
        content = json.dumps([self.blocks, self.evidence], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:8]


def _counted(n_quotations: int) -> str:
    return "Evidence: 1 quotation" if n_quotations == 1 else f"Evidence: {n_quotations} quotations"

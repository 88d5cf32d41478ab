"""Links within a PDF. Typst sets them as addresses `here:ID`, which are then led to where ID stands.

Where a link of Typst's own leads is known only when all pages are set, so that all that holds one is set a
second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf

ADDRESS = "here:"
ABOVE = 10
"""Points that stay in sight above a place; Typst's own links have the same."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an address leads, and `noun`: what stands there.

    `page` counts from 1, `x` and `y` in points from its upper left.
    """

    address: str
    page: int
    x: float
    y: float
    noun: str

    @property
    def words(self) -> str:
        """The place as it is read aloud."""
        return f"{self.noun}, page {self.page}" if self.noun else f"page {self.page}"


def lead_to_places(document: pikepdf.Pdf, places: Iterable[Place]) -> None:
    """Make each address of a place a link that goes there, with words for those who cannot see it."""
    known = {place.address: (place, _destination(document, place)) for place in places}
    for note, address in list(_addressed(document)):
        place, destination = known[address]
        del note.A
        note.Dest = destination
        note.Contents = place.words


def _destination(document: pikepdf.Pdf, place: Place) -> pikepdf.Array:
    page = document.pages[place.page - 1]
    top = float(page.MediaBox[3]) - max(0, place.y - ABOVE)
    return pikepdf.Array([page.obj, pikepdf.Name.XYZ, round(place.x, 3), round(top, 3), 0])


def _addressed(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    """The annotations that are links to an address, with it."""
    for page in document.pages:
        for note in page.get("/Annots", []):
            address = str(note.A.URI) if "/URI" in note.get("/A", pikepdf.Dictionary()) else ""
            if address.startswith(ADDRESS):
                yield note, address

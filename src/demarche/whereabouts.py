"""What has become of a reading that an id no longer names: its words have moved, are lost, or were rejected.

An id is made of the place and the content of a reading, so that another sentence before it changes it.
"""

from __future__ import annotations

from demarche.coding import Coding
from demarche.inputs.yaml_forms import nearest
from demarche.records import Coded

LONGEST = 90
GUESSED_FROM = 7
"""Letters from which on an id is long enough for the nearest one to be a fair guess."""


def whereabouts(record_id: str, coding: Coding) -> str:
    """A half-sentence that says where the reading of an id has gone; empty where nothing is known of it."""
    known = {row.record_id: row for row in coding.rows}
    now = dict(coding.renamed).get(record_id) or known.get(record_id)
    if now is None:
        return nearest(record_id, known) if len(record_id) >= GUESSED_FROM else ""
    if now.record_id != record_id:
        return f"; its words have moved, and its id is now {now.record_id}: {_words(now)}"
    if now.decision != "accepted":
        return f"; it has been rejected: {_words(now)}"
    return f"; its words are no longer in {now.doc_id!r}: {_words(now)}"


def _words(record: Coded) -> str:
    words = " ".join(record.quote.split())
    return f"“{words}”" if len(words) <= LONGEST else f"“{words[: LONGEST - 1]}…”"

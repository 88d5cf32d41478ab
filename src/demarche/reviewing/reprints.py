"""What several texts print alike: records that say the same in the same words are one question, one answer.

Pure: nothing here reads or writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from demarche.documents import Document
from demarche.inputs.anchoring import Claim, Lost, find_places
from demarche.kinds import kind_of, shown_fields
from demarche.records import Coded
from demarche.reviewing.journal import Cells
from demarche.reviewing.replay import Verdict

RANGE = ("start", "end", "quote")
_WORD = re.compile(r"\w+")


def words_of(row: Coded) -> list[str]:
    """The words of a quotation, without case and punctuation."""
    return _WORD.findall(row.quote.casefold())


def sources_of(documents: Iterable[Document]) -> dict[str, str]:
    """What each text counts as: itself, or the earliest text that it repeats."""
    return {document.doc_id: document.source for document in documents}


def together(rows: Iterable[Coded], sources: Mapping[str, str]) -> list[tuple[Coded, ...]]:
    """Rows that say the same in the same words in reprints of one text together, at most one of each text."""
    groups: dict[tuple[object, ...], list[list[Coded]]] = defaultdict(list)
    found: list[list[Coded]] = []
    for row in rows:
        said = repr(sorted(shown_fields(row).items()))
        source = sources.get(row.doc_id, row.doc_id)
        same = groups[kind_of(row).name, source, said, tuple(words_of(row))]
        for group in same:
            if row.doc_id not in {each.doc_id for each in group}:
                group.append(row)
                break
        else:
            same.append([row])
            found.append(same[-1])
    return [tuple(group) for group in found]


def decided_alike(verdicts: Sequence[Verdict], documents: Iterable[Document]) -> list[tuple[Verdict, ...]]:
    """Verdicts, in their order; those on the same words of reprints together where they are the same."""
    by_outcome = {id(each.outcome): each for each in verdicts}
    apart: dict[tuple[str, str], list[Coded]] = {}
    for each in verdicts:
        apart.setdefault((each.outcome.decision, each.outcome.note), []).append(each.outcome)
    sources = sources_of(documents)
    groups = [group for rows in apart.values() for group in together(rows, sources)]
    first = {id(group[0]): tuple(by_outcome[id(row)] for row in group) for group in groups}
    return [first[id(each.outcome)] for each in verdicts if id(each.outcome) in first]


def changed_alike(
    records: Sequence[Coded], change: Cells, documents: Mapping[str, Document]
) -> list[tuple[Cells, list[Coded]]]:
    """A change with the records that it holds for. A range is that of the first record: each other has its
    own where the same words stand in its text near by, and keeps the one it has where they do not.
    """
    if "quote" not in change:
        return [(change, list(records))]
    first, *others = records
    found = [(change, [first])]
    for record in others:
        text = documents[record.doc_id].text
        near = max(0, record.start + change["start"] - first.start)
        [place] = find_places(text, [Claim(change["quote"], near)])
        own = {name: value for name, value in change.items() if name not in RANGE}
        if not isinstance(place, Lost):
            own |= dict(zip(RANGE, (*place, text[slice(*place)]), strict=True))
        found.append((own, [record]))
    return found

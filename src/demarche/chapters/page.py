"""How a chapter puts a briefing on the page: cited cells, quotations, anchors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from operator import itemgetter
from typing import Any, TypeVar

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.edtf_dates import readable
from demarche.filters import UNSURE
from demarche.prose import counted, sentence, verb
from demarche.records import AUTHOR
from demarche.rendering.citations import cited
from demarche.rendering.display import Display

Row = TypeVar("Row")

NO_POSITION = "No source states a position on any demand asked for."
NONE = "–"
STATED = "not stated"
MOST_ROWS = 40
"""How many rows a table has that grows with the sources; the weightiest are kept."""
MOST_OPEN, PAGE_OF_CARDS = 30, 50
"""How many cards a chapter sets whole and open, and how many of more stand under one fold."""
FEW = 4
"""How many evidence numbers stand in a row at most, before the rest is counted."""


def show(briefing: Briefing, *blocks: b.Block) -> Display:
    """Blocks with the evidence they cite."""
    return Display(blocks, [briefing.evidence[number].as_dict() for number in cited(list(blocks))])


def of_positions(part: Callable[[Briefing], Display]) -> Callable[[Briefing], Display]:
    """A part that speaks of positions; where no source states any, it says that alone."""

    @wraps(part)
    def where_there_are_any(briefing: Briefing) -> Display:
        return show(briefing, no_position(briefing)) if briefing.told.empty else part(briefing)

    return where_there_are_any


def no_position(briefing: Briefing) -> b.Block:
    """That no source states a position; or, where some were proposed, that none of them is sure enough."""
    return b.absence(too_unsure(briefing, "statement") or NO_POSITION)


def too_unsure(briefing: Briefing, kind: str) -> str:
    """How many readings of a kind are less sure than was asked for, as a sentence; '' where none is."""
    lost = briefing.left_out[["layer", "reason"]].eq([f"{kind}s", UNSURE]).all(axis=1)
    n_lost = int(briefing.left_out.loc[lost, "n"].sum())
    less_sure = f"{counted(n_lost, f'proposed {kind}')} {verb(n_lost, 'is', 'are')} less sure"
    least = f"a confidence of {briefing.filters.min_confidence:g}"
    return f"No {kind} asked for has {least} or more; {less_sure}, and left out." if n_lost else ""


def of_all_readings(part: Callable[[Briefing], Display]) -> Callable[[Briefing], Display]:
    """A part that speaks of what no source says; where only some readings were asked for, it stays away."""

    @wraps(part)
    def whole(briefing: Briefing) -> Display:
        if briefing.is_selection:
            return show(
                briefing, b.note("Left out: it needs all readings, and this briefing is a selection.")
            )
        return part(briefing)

    return whole


def weightiest(rows: Sequence[Row], weight: Callable[[Row], float], *, most: int = MOST_ROWS) -> list[Row]:
    """At most so many rows, in their order: those of the greatest weight, of equals the first.

    >>> weightiest(["aa", "b", "cccc", "ddd"], len, most=2)
    ['cccc', 'ddd']
    """
    heaviest = sorted(range(len(rows)), key=lambda place: -weight(rows[place]))[:most]
    return [rows[place] for place in sorted(heaviest)]


def and_more(n_all: int, n_shown: int, noun: str, where: str) -> str:
    """How many rows a table leaves out, and where they are; '' where it has them all.

    >>> and_more(63, 40, "event", "in tables/events.csv")
    'And 23 more events, in tables/events.csv.'
    """
    n_more = n_all - n_shown
    return sentence(f"and {counted(n_more, f'more {noun}')}, {where}") if n_more > 0 else ""


def citation(briefing: Briefing, record_ids: Iterable[str]) -> list[b.Inline]:
    """A space and the citation of records; nothing where there are none."""
    numbers = briefing.cited(record_id for record_id in record_ids if record_id)
    proposed = [number for number in numbers if not briefing.evidence[number].decided]
    return [*b.inlines(" "), b.cite(numbers, proposed=proposed)] if numbers else []


def leading_citation(
    briefing: Briefing, record_ids: Sequence[str], *, more: str, n_all: int = 0
) -> list[b.Inline]:
    """The citation of a few records, one of each source first; the rest of `n_all` is counted, with a link.

    `more` is the id of the block where all of them are cited.
    """
    known = [record_id for record_id in dict.fromkeys(record_ids) if record_id in briefing.numbers]
    n_all = max(n_all, len(known))
    if n_all <= FEW + 1 and n_all == len(known):
        return citation(briefing, known)
    shown = most_telling(briefing, known)[:FEW]
    return [
        *citation(briefing, shown),
        *b.inlines([" ", b.link(f"#{more}", f"and {n_all - len(shown)} more")]),
    ]


def most_telling(briefing: Briefing, record_ids: Sequence[str]) -> list[str]:
    """Records in the order in which they tell most: one from each source before a second from any."""
    ranks = briefing.strength
    of_source: Counter[str] = Counter()
    turns: list[tuple[int, str]] = []
    told = set(record_ids) & ranks.keys()
    for record_id in sorted(told, key=lambda one: ranks[one][0]):
        source = ranks[record_id][1]
        turns.append((of_source[source], record_id))
        of_source[source] += 1
    first = [record_id for _, record_id in sorted(turns, key=itemgetter(0))]
    return first + [record_id for record_id in record_ids if record_id not in told]


def strongest_quotations(briefing: Briefing, record_ids: Sequence[str], *, most: int) -> list[b.Block]:
    """The strongest quotations of some statements: one from each source before a second from any."""
    chosen = most_telling(briefing, record_ids)[:most]
    return [b.quotation(briefing.evidence[number].as_dict()) for number in briefing.cited(chosen)]


def closely(pages: Iterable[tuple[str, Sequence[b.Block]]]) -> b.Block:
    """Many cards in little room, given in pages with a name: folded on a screen, in columns on paper."""
    folded = [b.group(page, summary=name, is_open=False) for name, page in pages]
    return b.group(folded, n_columns=2)


def date_words(date: str) -> str:
    """A date as it is read; `not stated` where there is none."""
    return readable(date) if date else STATED


def anchor(*parts: str) -> str:
    """An id for a block: words joined by hyphens.

    >>> anchor("source", "003 Report.v2")
    'source-003-report-v2'
    """
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")


def demand_link(briefing: Briefing, demand: str) -> b.Inline:
    """A demand's label as a link to its card."""
    return b.link(f"#{anchor('demand', demand)}", briefing.codebook.demand_label(demand))


def source_link(briefing: Briefing, doc_id: str) -> b.Inline:
    """A document's code and outlet as a link to its card, which has the title."""
    words = f"{briefing.source_code(doc_id)} {briefing.outlet(doc_id)}"
    return b.link(f"#{source_anchor(briefing, doc_id)}", words)


def teller(briefing: Briefing, row: Mapping[Any, Any]) -> list[str | b.Inline]:
    """Who tells a figure or an expectation: a speaker, others, or the source itself; with the source."""
    source = source_link(briefing, row["doc_id"])
    if row["speaker"] != AUTHOR:
        return [f"{briefing.codebook.actor_name(row['speaker'])}, in ", source]
    return ["others, in ", source] if row["attribution"] == "reported" else [source, ", in its own voice"]


def source_anchor(briefing: Briefing, doc_id: str) -> str:
    """The id of a document's card: its number in order of publication, so that no two are the same."""
    return f"source-{briefing.source_code(doc_id).lower()}"

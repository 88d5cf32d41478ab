"""The chapter on the sources: what each is, what it contributes alone, how independent they are."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import (
    MOST_OPEN,
    MOST_ROWS,
    PAGE_OF_CARDS,
    STATED,
    anchor,
    and_more,
    citation,
    closely,
    date_words,
    leading_citation,
    of_all_readings,
    of_positions,
    show,
    source_anchor,
    source_link,
    strongest_quotations,
    weightiest,
)
from demarche.documents import Document
from demarche.inputs.repeats import shared_words
from demarche.measures.accounts import attributions, independence
from demarche.passages import RUN, shared_passages
from demarche.prose import counted, listed
from demarche.rendering.citations import cited, plain
from demarche.rendering.display import Display

MOST_REPEATS, LONGEST_PASSAGE = 30, 200
HOW_KNOWN = {
    "front matter": "as given with the text",
    "documents.csv": "as given in the list of documents",
    "inferred": "inferred from the text",
    "": "unknown",
}
REPUBLISHED = (
    "A text that repeats another stands under it. The two are one source wherever sources are counted, and "
    "one voice where they speak for themselves. How much is the same is the share of the shorter text’s runs "
    "of five words, and from nine tenths on it is held to be one text."
)
UNGRADED = "not graded"
GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}


def overview(briefing: Briefing) -> Display:
    """One row a source: publisher, kind, date, language, how much it contributes."""
    statements = briefing.tables.statements["doc_id"].value_counts()
    events = briefing.tables.events["doc_id"].value_counts()
    every = _families(briefing)
    shown = weightiest(every, lambda each: statements.get(each.doc_id, 0) + events.get(each.doc_id, 0))
    rows: list[list[b.Inlines]] = [
        [
            _titled(briefing, document),
            document.publisher or STATED,
            document.genre or STATED,
            date_words(document.published),
            document.language or STATED,
            f"{document.n_words:,}",
            str(statements.get(document.doc_id, 0)),
            str(events.get(document.doc_id, 0)),
        ]
        for document in shown
    ]
    columns = [
        b.column("Source", width=3),
        b.column("Publisher", width=2),
        b.column("Kind", width=1.5),
        b.column("Published", width=1.5),
        b.column("Language", width=0.9),
        b.column("Words", align="right", width=0.7),
        b.column("Statements", align="right", width=1),
        b.column("Events", align="right", width=0.7),
    ]
    caption = "The sources, in order of publication"
    more = and_more(len(every), len(shown), "source", "of which fewer readings come; each has its card")
    remark = REPUBLISHED if len(briefing.sources) < len(briefing.documents) else ""
    said = " ".join(filter(None, [more, remark]))
    return show(briefing, b.table(columns, rows, anchor="sources", caption=caption, remark=said))


def _families(briefing: Briefing) -> list[Document]:
    """The documents in order of publication, each followed by those that repeat it."""
    in_order = briefing.in_order()
    place = {document.doc_id: number for number, document in enumerate(in_order)}
    return sorted(in_order, key=lambda document: (place[document.source], place[document.doc_id]))


def _titled(briefing: Briefing, document: Document) -> b.Inlines:
    words = f"{briefing.source_code(document.doc_id)} {briefing.title(document.doc_id)}"
    title = b.link(f"#{source_anchor(briefing, document.doc_id)}", words)
    return [title, f" (repeats {briefing.source_code(document.repeats)})"] if document.repeats else title


def cards(briefing: Briefing) -> Display:
    """One card a source: where it comes from, what it contributes alone, what is known to be wrong in it."""
    counts = attributions(briefing.told)
    reported = independence(briefing.told)
    single = set(reported.loc[reported["is_single_source"], "demand"])
    told = dict(iter(briefing.told.groupby("doc_id", sort=False)))
    nothing = briefing.told.head(0)
    made = [
        _card(briefing, document, told.get(document.doc_id, nothing), counts, single)
        for document in _families(briefing)
    ]
    if len(made) <= MOST_OPEN:
        return show(briefing, *made)
    pages = [made[at : at + PAGE_OF_CARDS] for at in range(0, len(made), PAGE_OF_CARDS)]
    return show(briefing, closely((_first_to_last(page), [*map(_in_short, page)]) for page in pages))


def _first_to_last(page: list[b.Block]) -> str:
    codes = [plain(card["title"]).split()[0] for card in page]
    return f"{codes[0]} to {codes[-1]}: {counted(len(page), 'source')}" if len(page) > 1 else codes[0]


def _in_short(card: b.Block) -> b.Block:
    """The card with what is stated of the source alone, its quotations by their numbers."""
    facts = [
        (fact["term"], fact["c"]) for fact in card["facts"] if plain(fact["c"]) not in {STATED, UNGRADED}
    ]
    if said := card["blocks"]:
        proposed = [each["number"] for each in said if not each["decided"]]
        facts.append(("Its strongest statement", b.cite(cited(said), proposed=proposed)))
    return b.card(card["title"], facts, [], anchor=card["id"])


def _card(
    briefing: Briefing, document: Document, told: pd.DataFrame, counts: pd.DataFrame, single: set[str]
) -> b.Block:
    facts: list[tuple[str, b.Inlines]] = [
        ("Publisher", document.publisher or STATED),
        ("Author", document.author or STATED),
        ("Published", _published(document)),
        ("Kind", listed(filter(None, (document.genre, document.text_kind))) or STATED),
        ("Viewpoint", document.viewpoint or STATED),
        ("Language of origin", document.language or STATED),
        ("Grade", _grade(document.reliability)),
        ("Speech", _speech(counts, document.doc_id)),
        *_family(briefing, document),
    ]
    if not document.repeats:
        family = briefing.told[briefing.told["source"] == document.doc_id]
        facts.append(("Contributes alone", _alone(briefing, family[family["demand"].isin(single)])))
    if document.url:
        facts.append(("Address", _address(document.url)))
    if document.note:
        facts.append(("To bear in mind", document.note))
    quotations = strongest_quotations(briefing, list(told["statement_id"]), most=min(1, briefing.max_quotes))
    return b.card(
        f"{briefing.source_code(document.doc_id)} {briefing.title(document.doc_id)}",
        facts,
        quotations,
        anchor=source_anchor(briefing, document.doc_id),
    )


def _family(briefing: Briefing, document: Document) -> list[tuple[str, b.Inlines]]:
    """Which document it repeats, or which ones repeat it, and how nearly in the same words."""
    if document.repeats:
        first = briefing.documents[document.repeats]
        return [("Repeats", _same_words(briefing, first, document))]
    also: list[str | b.Inline] = []
    for doc_id in briefing.family(document.doc_id)[1:]:
        also += ["; "] if also else []
        also += _same_words(briefing, briefing.documents[doc_id], document)
    return [("Also published by", also)] if also else []


def _same_words(briefing: Briefing, named: Document, other: Document) -> list[str | b.Inline]:
    """A link to a document, its day, and how much of the shorter of the two stands in the longer."""
    same = f"{shared_words(named, other):.0%}".replace("%", " % the same words")
    return [source_link(briefing, named.doc_id), f", {date_words(named.published)} ({same})"]


def _published(document: Document) -> str:
    if not document.published:
        return STATED
    known = HOW_KNOWN.get(document.published_from, document.published_from)
    if document.published_from == "inferred" and document.published_words:
        start, end = document.published_words
        known += f": “{document.text[start:end]}”"
    return f"{date_words(document.published)} ({known})"


def _grade(reliability: str) -> str:
    return f"{reliability}, {GRADES.get(reliability, 'no such grade')}" if reliability else UNGRADED


def _address(url: str) -> b.Inlines:
    return b.link(url, url) if url.startswith(("http://", "https://")) else url


def _speech(counts: pd.DataFrame, doc_id: str) -> str:
    if doc_id not in counts.index:
        return "no statement"
    row = counts.loc[doc_id]
    return f"{row['quoted']} quoted, {row['reported']} reported, {row['narrator']} in its own voice"


def _alone(briefing: Briefing, rows: pd.DataFrame) -> b.Inlines:
    """The demands that only this source speaks of."""
    if rows.empty:
        return "no demand"
    names = listed(briefing.codebook.demand_label(demand) for demand in dict.fromkeys(rows["demand"]))
    return [names, *citation(briefing, rows["statement_id"])]


def _but_for_repeats(briefing: Briefing) -> str:
    """A half-sentence that leaves out the texts that repeat another whole, where there are any."""
    has_any = any(document.repeats for document in briefing.documents.values())
    return ", texts aside that are drawn together as one source above" if has_any else ""


def repeats(briefing: Briefing) -> Display:
    """The sources that share passages word for word, drawn together; what both carry is one voice."""
    pairs = shared_passages([document for document in briefing.in_order() if not document.repeats])
    if not pairs:
        text = (
            f"No two sources share {RUN} words in a row{_but_for_repeats(briefing)}. "
            "That two texts in other words rest on one report cannot be seen in this way."
        )
        return show(briefing, b.paragraph(text))
    rows: list[list[b.Inlines]] = [
        [
            source_link(briefing, pair.later.doc_id),
            source_link(briefing, pair.earlier.doc_id),
            f"{pair.n_words:,}",
            f"“{shorten(pair.longest, LONGEST_PASSAGE, placeholder=' …')}”",
        ]
        for pair in pairs[:MOST_REPEATS]
    ]
    columns = [
        b.column("Source", width=1.6),
        b.column("Shares with", width=1.6),
        b.column("Words", align="right", width=0.7),
        b.column("The longest passage", width=4),
    ]
    n_more = len(pairs) - MOST_REPEATS
    remark = f"Counted are passages of {RUN} words or more that are the same in both."
    remark += f" And {counted(n_more, 'more pair')}." if n_more > 0 else ""
    caption = "Sources with text in common"
    return show(briefing, b.table(columns, rows, anchor="repeats", caption=caption, remark=remark))


@of_all_readings
@of_positions
def voices(briefing: Briefing) -> Display:
    """One row a demand: how many statements, sources and independent voices speak of it."""
    counts = independence(briefing.told).sort_values(
        ["n_documents", "n_voices"], ascending=False, kind="stable"
    )
    every = counts.to_dict("records")
    shown = every[:MOST_ROWS]
    rows: list[list[b.Inlines]] = [
        [
            briefing.codebook.demand_label(row["demand"]),
            str(row["n_statements"]),
            str(row["n_documents"]),
            [str(row["n_voices"]), *_cited_voices(briefing, row["demand"])],
        ]
        for row in shown
    ]
    columns = [
        b.column("Demand", width=3),
        b.column("Statements", align="right"),
        b.column("Sources", align="right"),
        b.column("Independent voices", width=1.8),
    ]
    more = and_more(len(every), len(shown), "demand", "of which fewer sources speak")
    remark = f"Cited is one statement for each voice. A minister whom five texts carry is one voice. {more}"
    caption = "Statements, sources and independent voices for each demand"
    return show(briefing, b.table(columns, rows, anchor="voices", caption=caption, remark=remark.strip()))


def _cited_voices(briefing: Briefing, demand: str) -> list[b.Inline]:
    ids = _one_for_each_voice(briefing, demand)
    return leading_citation(briefing, ids, more=anchor("demand", demand))


def _one_for_each_voice(briefing: Briefing, demand: str) -> list[str]:
    about = briefing.told[briefing.told["demand"] == demand]
    return list(about.drop_duplicates("voice")["statement_id"])

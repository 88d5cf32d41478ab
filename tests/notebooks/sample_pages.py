"""Pages for the tests of rendering: a quarrel over a bridge, invented, with every kind of block."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl

mpl.use("agg")
from matplotlib import pyplot as plt

from demarche import blocks as b
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

LETTER = (
    "The fishing town of Aldmouth asks that the bridge stay closed to lorries. "
    "Its mayor, Ida Renn, told the council that nobody would accept night traffic. "
    "The port of Brack rejects the ban and calls for a second lane. "
    "A ferry was cancelled on 3 May 2019."
)
MINUTES = (
    "Renn repeated on Monday that lorries must stay away at night. "
    "Brack’s harbour office said it could live with a toll, if the second lane is built. "
    "Lorry drivers block the bridge, perhaps in June."
)
TEXTS = {"letter": LETTER, "minutes": MINUTES}
SOURCES = {
    "letter": {
        "source": "A letter to the bridge council",
        "publisher": "Aldmouth Gazette",
        "published": "2019-05-06",
    },
    "minutes": {"source": "Minutes of the second round", "publisher": "", "published": "2019-05"},
}


def record(number: int, doc_id: str, quote: str, **fields: Any) -> dict[str, Any]:
    """A record of evidence about a quotation of a document."""
    text = TEXTS[doc_id]
    start = text.index(quote)
    end = start + len(quote)
    return {
        "number": number,
        "kind": "statement",
        "record_id": f"s-{number:04d}",
        "doc_id": doc_id,
        **SOURCES[doc_id],
        "start": start,
        "end": end,
        "quote": quote,
        "before": text[max(0, start - 40) : start],
        "after": text[end : end + 40],
        "speaker": "",
        "attribution": "narrator",
        "label": "",
        "method": "hand",
        "coder": "a",
        "confidence": 1.0,
        "decided": True,
        "facets": {},
        "day": "",
        **fields,
    }


def on(actor: str, demand: str) -> dict[str, Any]:
    """What a statement of an actor on a demand is found by."""
    return {"actor": {actor.lower(): actor}, "demand": {demand.lower().replace(" ", "-"): demand}}


EVIDENCE = [
    record(
        1, "letter", "asks that the bridge stay closed to lorries", label="Aldmouth demands: No lorries",
        facets=on("Aldmouth", "No lorries"),
    ),
    record(
        2, "letter", "nobody would accept night traffic", label="Aldmouth rejects: Night traffic",
        speaker="Ida Renn", attribution="reported", facets=on("Aldmouth", "Night traffic"),
    ),
    record(
        3, "letter", "rejects the ban", label="Brack rejects: No lorries", facets=on("Brack", "No lorries")
    ),
    record(
        4, "letter", "calls for a second lane", label="Brack demands: A second lane",
        facets=on("Brack", "A second lane"),
    ),
    record(
        5, "letter", "A ferry was cancelled on 3 May 2019", kind="event", record_id="e-0005",
        label="2019-05-03 · happened", attribution="", day="2019-05-03",
    ),
    record(
        6, "minutes", "lorries must stay away at night", label="Aldmouth demands: No lorries",
        speaker="Ida Renn", attribution="quoted", facets=on("Aldmouth", "No lorries"),
    ),
    record(
        7, "minutes", "could live with a toll", label="Brack is open to: A toll", speaker="the office",
        attribution="reported", method="rules", confidence=0.62, decided=False, facets=on("Brack", "A toll"),
    ),
    record(
        8, "minutes", "Lorry drivers block the bridge, perhaps in June", kind="event", record_id="e-0008",
        label="2019-06 · possible", attribution="", method="rules", confidence=0.5, decided=False,
        day="2019-06-01",
    ),
]  # fmt: skip


def findings() -> Display:
    """Three findings of different weight."""
    return Display(
        [
            b.finding(
                [
                    "Two of two sources report that ",
                    b.strong("Aldmouth demands"),
                    " a bridge without lorries.",
                ],
                anchor="finding-lorries",
                evidence=[1, 6],
                confidence="High confidence: two speakers, in agreement, decided by hand",
            ),
            b.finding(
                ["Brack rejects the ban", b.cite([3]), " but is open to a toll", b.cite([7]), "."],
                anchor="finding-toll",
                evidence=[3, 7],
                confidence="Low confidence: one speaker, one of two records proposed",
            ),
            b.note("What is missing: no source speaks for the drivers.", kind="warning"),
        ],
        EVIDENCE,
    )


def stance_table() -> Display:
    """A table with chips, citations and an empty cell."""
    columns = [
        b.column("Party", width=2),
        b.column("No lorries", width=2),
        b.column("A toll", width=2),
        b.column("n", align="right"),
    ]
    rows: list[list[b.Inlines]] = [
        ["Aldmouth", [b.chip("demands", "demands"), " ", b.cite([1, 6])], b.chip("silent", "silent"), "3"],
        [
            "Brack",
            [b.chip("rejects", "rejects"), " ", b.cite([3])],
            [b.chip("open", "open"), " ", b.cite([7])],
            "3",
        ],
        ["The drivers", "", b.chip("not covered", "not covered"), "0"],
    ]
    block = b.table(
        columns, rows, anchor="stances", caption="Where each party stands", remark="n: statements."
    )
    return Display([block], EVIDENCE)


def long_table(n_rows: int = 60) -> Display:
    """A table over several pages."""
    columns = [
        b.column("Event", width=1),
        b.column("When", width=1),
        b.column("What the source says", width=4),
    ]
    rows = [
        [f"Event {n}", "2019-06", ["A lorry was turned back at the barrier, again. ", b.cite([5, 8])]]
        for n in range(1, n_rows + 1)
    ]
    return Display([b.table(columns, rows, anchor="events", caption="Everything that is dated")], EVIDENCE)


def wide_table(n_columns: int = 14) -> Display:
    """A table with more columns than a page has room for."""
    columns = [b.column("Demand", width=2)] + [b.column(f"Source {n}") for n in range(1, n_columns)]
    rows = [
        [f"Demand {row}"] + ["12" if (row + n) % 3 else "–" for n in range(1, n_columns)]
        for row in range(1, 9)
    ]
    return Display(
        [b.table(columns, rows, anchor="coverage", caption="Which source reports which demand")], EVIDENCE
    )


def chart() -> Display:
    """A picture with a title, text and clipped shapes."""
    figure, axes = plt.subplots(figsize=(6.3, 2.6))
    axes.scatter([1, 2, 3], [2, 1, 2], marker="^")
    axes.bar([1, 2, 3], [1, 2, 1], color="#9bb7cf")
    axes.set_xlabel("Week <of> “May” & June")
    block = b.figure(
        svg_of(figure),
        anchor="weeks",
        alt="Lorries counted per week: one, two, one.",
        caption=["Lorries per week ", b.cite([5])],
    )
    return Display([block], EVIDENCE)


def cards() -> Display:
    """Two demands described."""
    facts: list[tuple[str, b.Inlines]] = [
        ("Asked by", "Aldmouth"),
        ("Asked of", ["the council, ", b.emphasis("not"), " the port"]),
        ("Replies", [b.chip("rejected", "rejected"), " by Brack ", b.cite([3])]),
    ]
    first = b.card(
        "No lorries",
        facts,
        [b.paragraph("Lorries stay off the bridge."), b.quotation(EVIDENCE[0]), b.quotation(EVIDENCE[5])],
        anchor="demand-no-lorries",
    )
    second = b.card("A toll", [("Asked by", "nobody")], [b.quotation(EVIDENCE[6])], anchor="demand-toll")
    return Display([first, second], EVIDENCE)

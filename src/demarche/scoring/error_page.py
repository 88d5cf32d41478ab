"""The errors of a reader as one HTML page: by kind, each with its text and with both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from jinja2 import Environment, PackageLoader

from demarche.records import Statement
from demarche.scoring.errors import FALSE_ALARMS, MISSES, NOTHING, Error, Errors, counts, share_not_asserted
from demarche.scoring.surface import OTHER, SURFACES

Texts = Mapping[str, str]


def error_page(errors: Errors, texts: Texts, *, title: str, remark: str) -> str:
    """The page; `texts` holds each document under the name by which its errors call it."""
    loader = PackageLoader("demarche.scoring", ".")
    page = Environment(loader=loader, autoescape=True).get_template("errors.html.j2")
    return page.render(
        title=title,
        remark=remark,
        counts=counts(errors),
        proposed=errors.n_proposed,
        not_asserted=share_not_asserted(errors),
        sides=[("Missed", _misses(errors, texts)), ("False alarms", _false_alarms(errors, texts))],
    )


def _misses(errors: Errors, texts: Texts) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (kind, shown)
        for kind in MISSES
        if (shown := [_shown(error, texts) for error in errors.misses if error.kind == kind])
    ]


def _false_alarms(errors: Errors, texts: Texts) -> list[tuple[str, list[dict[str, Any]]]]:
    """By kind; where nothing is asserted, by what the sentence looks like."""
    names = [(kind, "") for kind in FALSE_ALARMS if kind != NOTHING]
    names += [(NOTHING, looks) for looks in (*SURFACES, OTHER)]
    return [
        (f"{kind}: {looks}" if looks else kind, shown)
        for kind, looks in names
        if (
            shown := [
                _shown(error, texts)
                for error in errors.false_alarms
                if (error.kind, error.surface) == (kind, looks)
            ]
        )
    ]


def _shown(error: Error, texts: Texts) -> dict[str, Any]:
    marks = [("decided", error.wanted), ("proposed", error.found)]
    return {
        "document": error.document,
        "start": error.start,
        "pieces": list(_pieces(texts[error.document], error, [(n, s) for n, s in marks if s])),
        "wanted": _line(error.wanted),
        "found": _line(error.found),
    }


def _pieces(text: str, error: Error, marks: Sequence[tuple[str, Statement]]) -> Iterator[tuple[str, str]]:
    """The sentence in pieces, each with the names of the marks that cover it."""
    first = min([error.start, *(s.start for _, s in marks)])
    last = max([error.end, *(s.end for _, s in marks)])
    edges = sorted({first, last, *(edge for _, s in marks for edge in (s.start, s.end))})
    for start, end in pairwise(edges):
        yield text[start:end], " ".join(name for name, s in marks if s.start < end and start < s.end)


def _line(s: Statement | None) -> str:
    if s is None:
        return ""
    sure = f", confidence {s.confidence:.2f}" if s.method != "hand" else ""
    return f"{s.actor} {s.position} {s.demand} (speaker {s.speaker}, {s.attribution}{sure})"

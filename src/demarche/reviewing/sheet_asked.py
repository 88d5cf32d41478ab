"""What the rows of a sheet speak of: found by ids, and by words where a text has shifted since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demarche.fields import FIELDS
from demarche.inputs.rows import Row
from demarche.kinds import KINDS, NAMES, Kind, kind_named, kind_of
from demarche.proposals import doubtful, proposed
from demarche.records import Coded
from demarche.reviewing.session import Session
from demarche.reviewing.sheet import TOGETHER, cell

Said = tuple[str, ...]


class RefusedError(Exception):
    """Why a row cannot be applied."""


@dataclass(frozen=True)
class Asked:
    """What rows may speak of, `by_id`; and `by_words`, for the rows of a text that has shifted since."""

    by_id: Mapping[str, Coded]
    by_words: Mapping[Said, Sequence[Coded]]

    def records(self, row: Row) -> list[Coded]:
        """The records for which a row stands; RefusedError where there is none any more."""
        if found := [self.by_id[name] for name in ids_in(row) if name in self.by_id]:
            return found
        if found := list(self.by_words.get(_said(row), ())):
            return found
        raise RefusedError(f"nothing is proposed any more under {row.text('row')!r}; write the sheet anew")


def asked_in(session: Session) -> Asked:
    """What the rows of a session's sheets may speak of."""
    return Asked({record.record_id: record for record in _known(session)}, _by_words(session))


def ids_in(row: Row) -> list[str]:
    """The ids that a row names."""
    return [name.strip() for name in row.text("row").split(TOGETHER) if name.strip()]


def text_in(row: Row, name: str) -> str:
    """A cell of a field, written as records have it."""
    return FIELDS[name].plain(row.text(name))


def kind_in(row: Row, usual: Kind) -> Kind:
    """The kind that a row names, else the `usual` one; RefusedError for a name that none has."""
    name = row.text("layer") or usual.name
    if name not in NAMES:
        raise RefusedError(f"layer is {name!r}, expected {', '.join(NAMES[:-1])} or {NAMES[-1]}")
    return kind_named(name)


def _known(session: Session) -> list[Coded]:
    """Every record that a row may speak of: proposals, what is decided, and what this coder made of it."""
    found = session.material.proposals
    return [
        *(row for kind in KINDS for row in (*doubtful(kind, found), *proposed(kind, found))),
        *(record for item in session.items() for record in item.records),
        *session.coding.rows,
        *(verdict.answered for verdict in session.verdicts.values() if verdict.answered),
        *(verdict.outcome for verdict in session.verdicts.values()),
    ]


def _by_words(session: Session) -> dict[Said, Sequence[Coded]]:
    """What is asked and what this coder decided, by what its row says; nothing that two rows would say."""
    asked = [group for item in session.items() for group in (item.asked, *item.alike)]
    decided = [tuple(each.outcome for each in alike) for alike in session.decided_alike()]
    found: dict[Said, Sequence[Coded]] = {}
    for group in [*asked, *decided]:
        kind = kind_of(group[0])
        names = ("doc_id", "quote", *kind.fields)
        said = (kind.name, *(cell(getattr(group[0], name)) for name in names))
        found[said] = () if said in found else group
    return found


def _said(row: Row) -> Said:
    """What a row says of which words: the same as what was asked, where nothing in it was changed."""
    kind = kind_in(row, KINDS[0])
    fields = (text_in(row, name) for name in kind.fields)
    return kind.name, row.text("doc_id"), str(row.cells.get("quote") or ""), *fields

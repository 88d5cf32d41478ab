"""The desk: which question lies before a coder, and what each message from the form does. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from demarche.fields import FIELDS, IDS, option_name, options
from demarche.kinds import KINDS, NAMES, described, kind_named, kind_of, shown_fields
from demarche.problems import InputError
from demarche.records import Coded
from demarche.reviewing.journal import Cells
from demarche.reviewing.queue import Item
from demarche.reviewing.replay import Verdict
from demarche.reviewing.session import Session
from demarche.reviewing.sheet import paragraph_of

Message = Mapping[str, Any]


class Desk:
    """A place in the queue of a session. Places below 0 are the coder's own decisions, the last at -1.

    While `reading` holds a place of a text, that paragraph lies open, to add what was missed in it.
    `stays`: the last message left everything as it lay, so that what somebody was writing is worth keeping.
    """

    def __init__(self, session: Session, kinds: Sequence[str] = ()) -> None:
        self.session, self.kinds = session, tuple(kinds)
        self.doc_id, self.place, self.said = "", 0, ""
        self.reading: tuple[str, int] | None = None
        self.stays = False
        self._look()

    def act(self, message: Message) -> None:
        """Do what the form asks; what is impossible is said and changes nothing."""
        deeds = {
            "accept": self._accept, "reject": self._reject, "add": self._add, "comment": self._comment,
            "undo": self._undo, "go": self._go, "document": self._document, "kinds": self._of_kinds,
            "read": self._read,
        }  # fmt: skip
        deed = deeds.get(str(message.get("do")))
        if deed is None:
            return
        self.stays = message.get("do") == "comment"
        try:
            deed(message)
        except InputError as error:
            self.stays = True
            self.said = "; ".join(problem.message for problem in error.problems)

    @property
    def item(self) -> Item | None:
        """The question that lies open; None where nothing is left."""
        if self.place < 0:
            outcome, *same = (verdict.outcome for verdict in self._history()[self.place])
            return Item(outcome, same=tuple(same))
        return self.items[self.place] if self.place < len(self.items) else None

    def view(self) -> dict[str, Any]:
        """All that the form shows, as JSON: texts as they are, places counted in code points."""
        session, item = self.session, self.item
        changed, cells = session.moved()
        return {
            "title": session.study.title,
            "coder": session.coder,
            "said": self.said,
            "stays": self.stays,
            "done": len(session.verdicts),
            "left": sum(len(each.records) for each in self.items),
            "place": self.place,
            "questions": len(self.items),
            "moved": [changed, cells],
            "problems": [str(problem) for problem in session.problems],
            "document": self.doc_id,
            "documents": [[name, each.title or name] for name, each in session.documents.items()],
            "asked": list(self.kinds),
            "kinds": {kind.name: {"noun": kind.noun, "blank": kind.blank} for kind in KINDS},
            "fields": self._fields(),
            "question": self._open_paragraph() if self.reading or item is None else self._question(item),
        }

    # -- what is shown

    def _question(self, item: Item) -> dict[str, Any]:
        record = item.record
        return {
            **self._passage(record.doc_id, record.start, record.end),
            "id": record.record_id,
            "layer": kind_of(record).name,
            "fields": shown_fields(record),
            "why": list(item.why),
            "same": len(item.same),
            "alike": len(item.alike),
            "confidence": None if record.coder else record.confidence,
            "decision": record.decision if record.coder else "",
            "note": record.note or self.session.comment_on(record),
            "is_new": False,
        }

    def _open_paragraph(self) -> dict[str, Any] | None:
        """A paragraph in which something may be added; None where there is no text."""
        if not self.session.documents:
            return None
        doc_id, at = self.reading or (self.doc_id or next(iter(self.session.documents)), 0)
        text = self.session.documents[doc_id].text
        words = text[at:].split(maxsplit=1)
        start = text.index(words[0], at) if words else 0
        end = start + len(words[0]) if words else 0
        kind = kind_named(self.kinds[0]) if self.kinds else KINDS[0]
        return {
            **self._passage(doc_id, start, end),
            "id": "", "layer": kind.name, "why": [], "same": 0, "alike": 0, "confidence": None,
            "decision": "", "fields": kind.blank, "note": "", "is_new": True,
        }  # fmt: skip

    def _passage(self, doc_id: str, start: int, end: int) -> dict[str, Any]:
        document = self.session.documents.get(doc_id)
        text = document.text if document else ""
        first, last = paragraph_of(text, min(start, len(text)), min(end, len(text)))
        source = (document.title or doc_id, document.publisher, document.published) if document else (doc_id,)
        return {
            "doc_id": doc_id,
            "source": " · ".join(part for part in source if part),
            "paragraph": text[first:last].rstrip(),
            "first": first,
            "start": start,
            "end": end,
        }

    def _fields(self) -> dict[str, dict[str, Any]]:
        """For each field its label, whether it is a list or long, and the values to choose from, named."""
        book = self.session.codebook
        return {
            name: {
                "label": f"{field.label} ({IDS})" if field.is_list else field.label,
                "list": field.is_list,
                "wide": field.is_wide,
                "values": [[value, option_name(name, value, book)] for value in options(name, book)],
                "used": self._used(name) if field.recurs else [],
            }
            for name, field in FIELDS.items()
        }

    def _used(self, name: str) -> list[str]:
        """What accepted rows have in a field, each once, in order of the alphabet."""
        rows = (row for row in self.session.coding.rows if row.decision == "accepted")
        return sorted({str(getattr(row, name)) for row in rows if name in kind_of(row).fields})

    # -- what is done

    def _accept(self, message: Message) -> None:
        if records := self._asked(message):
            changes = _changes(records[0], message)
            self.session.accept(records, changes=changes, note=str(message.get("note", "")))
            self._after(f"accepted: {described(records[0])}" + (", changed" if changes else ""))

    def _reject(self, message: Message) -> None:
        if records := self._asked(message):
            self.session.reject(records, note=str(message.get("note", "")))
            self._after(f"rejected: {described(records[0])}")

    def _add(self, message: Message) -> None:
        layer = str(message.get("layer"))
        if layer not in NAMES:
            return
        fields = message.get("fields", {})
        row = {name: fields[name] for name in kind_named(layer).fields if fields.get(name)}
        row |= {name: message.get(name) for name in ("doc_id", "start", "end")}
        self.session.add(layer, row, note=str(message.get("note", "")))
        self._look()
        self.said = "added"
        self.reading = (str(row["doc_id"]), int(row["start"]))

    def _comment(self, message: Message) -> None:
        if records := self._asked(message):
            self.session.comment(records[0], str(message.get("note", "")))
            self.said = "noted"

    def _undo(self, message: Message) -> None:
        entry = self.session.undo()
        self._look()
        self.reading, self.place = None, 0
        self.said = f"taken back: {entry.do}" if entry else "nothing to take back"
        if entry and entry.answers:
            ids = {(cells.get("start"), cells.get("doc_id")) for cells in entry.answers}
            places = [(each.record.start, each.record.doc_id) for each in self.items]
            self.place = next((n for n, place in enumerate(places) if place in ids), 0)

    def _go(self, message: Message) -> None:
        self.reading, self.said = None, ""
        by = message.get("by", 0)
        step = (by > 0) - (by < 0)
        least, most = -len(self._history()), max(len(self.items) - 1, 0)
        self.place = min(max(self.place + step, least), most)

    def _document(self, message: Message) -> None:
        name = str(message.get("name", ""))
        if name in ("", *self.session.documents):
            self.doc_id, self.place, self.reading, self.said = name, 0, None, ""
            self._look()

    def _of_kinds(self, message: Message) -> None:
        """Ask about these kinds only, one after the other; about all where none is named."""
        names = message.get("names", [])
        if all(name in NAMES for name in names):
            self.kinds, self.place, self.reading, self.said = tuple(names), 0, None, ""
            self._look()

    def _read(self, message: Message) -> None:
        """Open the paragraph before or after the one that lies open, to add something to it."""
        shown = self.view()["question"]
        if not shown:
            return
        text = self.session.documents[shown["doc_id"]].text
        first, last = shown["first"], shown["first"] + len(shown["paragraph"])
        by, self.said = message.get("by", 0), ""
        if by < 0 and first > 0:
            before = len(text[:first].rstrip())
            first = paragraph_of(text, before, before)[0]
        elif by > 0 and text[last:].strip():
            first = last + len(text[last:]) - len(text[last:].lstrip())
        self.reading = (shown["doc_id"], first)

    def _asked(self, message: Message) -> list[Coded]:
        """The records that an answer is about: none where the form showed something else meanwhile."""
        item = self.item
        if self.reading or item is None or item.item_id != message.get("id"):
            return []
        return list(item.records if message.get("all") else item.asked)

    def _after(self, said: str) -> None:
        self._look()
        self.said = said
        self.place = max(0, min(self.place, len(self.items) - 1))

    def _look(self) -> None:
        order = "text" if self.doc_id else "value"
        self.items = self.session.items(doc_id=self.doc_id, order=order, kinds=self.kinds)

    def _history(self) -> list[tuple[Verdict, ...]]:
        """What this coder has decided, in the order of deciding; the same in reprints together."""
        return self.session.decided_alike()


def _changes(record: Coded, message: Message) -> Cells:
    """The fields in which the form differs from the record."""
    shown = {**shown_fields(record), "start": record.start, "end": record.end}
    asked = {**message.get("fields", {}), **{n: message[n] for n in ("start", "end") if n in message}}
    changes = {name: value for name, value in asked.items() if name in shown and value != shown[name]}
    if {"start", "end"} & changes.keys():
        changes |= {name: asked[name] for name in ("start", "end")}
    return changes

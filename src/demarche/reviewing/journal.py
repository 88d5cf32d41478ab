"""The journal of one coder: every decision a line of JSON, appended and on the disk before the next is asked.

A journal is only ever added to; taking back is one more line. A line that was cut short (power, a killed
kernel) was never decided: it is passed over, said, and cut off before the next line is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from demarche.inputs.decoding import decode, read_bytes
from demarche.kinds import KINDS, NAMES
from demarche.problems import InputError, Problem, ProblemList

CODERS = "coders"
FILE = "decisions.jsonl"
DEEDS = ("accept", "reject", "add", "comment", "undo")
Cells = dict[str, Any]

_KEYS = {"id": str, "on": str, "do": str, "layer": str, "answers": list, "set": dict, "row": dict}
_KEYS |= {"note": str, "undoes": list}
_NAME = re.compile(r"\w[\w.-]{0,38}\w|\w")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line: what a coder did (`do`) to the rows that it `answers`.

    `layer` is the name of their kind. `set` changes fields of what is accepted; `row` is what is added;
    `undoes` names the lines taken back. Each row carries `text`, the fingerprint of its document then.
    """

    do: str
    layer: str = KINDS[0].name
    answers: tuple[Cells, ...] = ()
    set: Cells = field(default_factory=dict)
    row: Cells = field(default_factory=dict)
    note: str = ""
    undoes: tuple[str, ...] = ()
    on: str = ""
    entry_id: str = ""
    line: int = 0


@dataclass(frozen=True)
class Journal:
    """A coder's file."""

    path: Path

    @property
    def coder(self) -> str:
        """Whose it is: the name of its folder."""
        return self.path.parent.name

    def append(self, entry: Entry, *, today: Callable[[], date] = date.today) -> Entry:
        """Write one decision; when this returns it is on the disk. The entry with its id and day."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as stream, _alone(stream):
            stream.seek(0)
            before = _whole(stream.read())
            stream.truncate(len(before))
            written = replace(entry, on=today().isoformat(), entry_id=_entry_id(before, entry))
            stream.write(_line(written))
            stream.flush()
            os.fsync(stream.fileno())
        return written

    def load(self, problems: ProblemList, cut: list[Problem]) -> list[Entry]:
        """Every whole line; what is wrong is a problem, a line cut short is noted in `cut`."""
        raw = read_bytes(self.path, problems)
        if raw is None:
            return []
        whole = _whole(raw)
        if len(whole.rstrip(b"\n")) < len(raw.rstrip(b"\n")):
            line = whole.count(b"\n") + 1
            cut.append(Problem(str(self.path), line, "was cut short while it was written; not decided"))
        text = decode(whole, self.path, problems)
        lines = (text or "").split("\n")
        entries = [self._entry(line, place, problems) for place, line in enumerate(lines, 1) if line.strip()]
        return [entry for entry in entries if entry]

    def _entry(self, line: str, place: int, problems: ProblemList) -> Entry | None:
        try:
            cells = json.loads(line)
            json.dumps(cells, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            problems.add(self.path, place, f"is not a decision in JSON: {error}")
            return None
        if wrong := _wrong(cells):
            problems.add(self.path, place, wrong)
            return None
        cells["entry_id"] = cells.pop("id")
        cells |= {name: tuple(cells[name]) for name in ("answers", "undoes") if name in cells}
        return Entry(**cells, line=place)


def journal_of(folder: Path, coder: str) -> Journal:
    """The journal of a coder in a folder of coding; InputError where the name is none for a folder."""
    if not _NAME.fullmatch(coder):
        message = f"coder {coder!r} is no name to keep a file under: use letters, digits, '-', '_' and '.'"
        raise InputError([Problem(str(folder / CODERS), 0, message)])
    return Journal(folder / CODERS / coder / FILE)


def journals(folder: Path) -> list[Journal]:
    """The journals in a folder of coding, by coder."""
    return [Journal(path) for path in sorted((folder / CODERS).glob(f"*/{FILE}"))]


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """The decisions that nobody has taken back, in their order, each once."""
    undone = {name for entry in entries for name in entry.undoes}
    once = {entry.entry_id: entry for entry in entries if entry.do != "undo"}
    return [entry for name, entry in once.items() if name not in undone]


def fingerprint(text: str) -> str:
    """Twelve characters that change when a text does."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _whole(raw: bytes) -> bytes:
    """What was written to its end: all up to the last line feed, and a last line that is whole without it."""
    lines, feed, last = raw.rpartition(b"\n")
    if not last.strip():
        return raw[: len(raw) - len(last)]
    try:
        json.loads(last)
    except (ValueError, RecursionError):
        return lines + feed
    return raw + b"\n"


def _line(entry: Entry) -> bytes:
    cells = {"id": entry.entry_id, "on": entry.on, "do": entry.do}
    kept = {name: getattr(entry, name) for name in ("layer", "answers", "set", "row", "note", "undoes")}
    cells |= {name: value for name, value in kept.items() if value}
    return json.dumps(cells, ensure_ascii=False).encode() + b"\n"


def _entry_id(before: bytes, entry: Entry) -> str:
    """Different for each line of a file; the same when one decision is written twice at one moment."""
    return "d-" + hashlib.sha256(before + _line(entry)).hexdigest()[:12]


def _wrong(cells: object) -> str:
    """What makes a line no decision; empty where nothing does."""
    if not isinstance(cells, dict):
        return "is not a JSON object, expected {…}"
    if unknown := sorted(cells.keys() - _KEYS):
        return f"unknown field {unknown[0]!r}, expected {', '.join(_KEYS)}"
    for name, kind in _KEYS.items():
        if name in cells and not isinstance(cells[name], kind):
            return f"{name} is {cells[name]!r}, expected {_EXPECTED[kind]}"
    if not cells.get("id") or cells.get("do") not in DEEDS or cells.get("layer", NAMES[0]) not in NAMES:
        return f"expected an id, one of {', '.join(DEEDS)} as do, and one of {', '.join(NAMES)} as layer"
    if not all(isinstance(row, dict) for row in cells.get("answers", [])):
        return "answers holds what is no row, expected {…}"
    if not all(isinstance(name, str) for name in cells.get("undoes", [])):
        return "undoes holds what is no id"
    needed = {"add": "row", "undo": "undoes"}.get(cells["do"], "answers")
    return "" if cells.get(needed) else f"{cells['do']} without {needed}"


_EXPECTED: dict[type, str] = {str: "a text", list: "a list", dict: "an object {…}"}


@contextmanager
def _alone(stream: IO[bytes]) -> Iterator[None]:
    """Nobody else writes to the file meanwhile, where the system can say so."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with suppress(OSError):  # a file system without locks: appending is still one write
        fcntl.flock(stream, fcntl.LOCK_EX)
    yield

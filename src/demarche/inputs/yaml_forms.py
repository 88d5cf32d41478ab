"""YAML as people write it, read through its nodes, so that every problem has a line.

All values are taken as written (`NO`, `2021` and `2022-01-29` are text here), and nothing in a file is
ever constructed as an object.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from demarche.inputs.decoding import decode, read_bytes
from demarche.problems import ProblemList

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_NESTING = 200
_BRACKET = re.compile(r"[\[\]{}]")
_MANY_ENTRIES = re.compile(r"(?:[-?][ \t]+){200}")
NULL = "tag:yaml.org,2002:null"
PLAIN_TAGS = {NULL, *(f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "float"))}


class Item(NamedTuple):
    """A text of a list, with the line on which it stands."""

    text: str
    line: int


@dataclass(frozen=True)
class Form:
    """One mapping of a YAML file while it is read: its values by key, and where each stands.

    `name` says what it is in a message (`actor "usa"`; empty for the file itself). `lines_before` is how
    many lines of the file come before the YAML (front matter).
    """

    path: str
    problems: ProblemList
    name: str = ""
    line: int = 1
    lines_before: int = 0
    nodes: dict[str, yaml.Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.nodes

    def note(self, message: str, *, line: int = 0, key: str = "") -> None:
        """Note a problem at a line, at the line of a key, or where the form begins."""
        prefix = f"{self.name}: " if self.name else ""
        self.problems.add(self.path, line or self.key_lines.get(key, self.line), prefix + message)

    def check_keys(self, known: Collection[str]) -> None:
        """Note every key that is not among the known ones, with the nearest of them."""
        for key, line in self.key_lines.items():
            if key not in known:
                self.note(f"unknown key {key!r}{nearest(key, known)}", line=line)

    def text(self, key: str) -> str:
        """The text at a key, as written; empty where there is none."""
        node = self.nodes.get(key)
        if node is None or node.tag == NULL:
            return ""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        self.note(f"{key} is {_kind(node)}, expected a text", key=key)
        return ""

    def required(self, key: str) -> str:
        """The text at a key; a problem where it is missing or empty."""
        text = self.text(key)
        if not text and not isinstance(self.nodes.get(key), yaml.CollectionNode):
            self.note(f"{key} is {'empty' if key in self else 'missing'}", key=key)
        return text

    def items(self, key: str) -> list[Item]:
        """The texts of the list at a key, each with its line; no list is an empty one."""
        node = self.nodes.get(key)
        if node is None or node.tag == NULL:
            return []
        if isinstance(node, yaml.SequenceNode):
            return [item for child in node.value if (item := self._item(key, child))]
        self.note(f"{key} is {_kind(node)}, expected a list: write {key}: [ … ]", key=key)
        return []

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list at a key."""
        return tuple(item.text for item in self.items(key))

    def lines_of(self, key: str) -> list[Item]:
        """The text at a key, or the texts of the list there, each with its line; nothing is noted."""
        node = self.nodes.get(key)
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return [
            Item(str(child.value).strip(), self._line_of(child))
            for child in nodes
            if isinstance(child, yaml.ScalarNode) and child.tag != NULL and str(child.value).strip()
        ]

    def forms(self, key: str, name: str) -> dict[str, Form]:
        """The mappings inside the mapping at a key, by their keys; each is named `name "key"`."""
        node = self.nodes.get(key)
        if not isinstance(node, yaml.MappingNode):
            if node is not None:
                self.note(f"{key} is {_kind(node)}, expected keys with their fields", key=key)
            return {}
        outer = self._form(node, key)
        return {child: outer._inner(child, f'{name} "{child}"') for child in outer.nodes}

    def form(self, key: str) -> Form | None:
        """The mapping at a key, to be read key by key; None where there is none."""
        node = self.nodes.get(key)
        return None if node is None or node.tag == NULL else self._inner(key, key)

    def mapping(self, key: str) -> dict[str, Any]:
        """The plain values of the mapping at a key (numbers, truth values, texts, lists)."""
        node = self.nodes.get(key)
        if node is None or node.tag == NULL:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.note(f"{key} is {_kind(node)}, expected names with their values", key=key)
            return {}
        try:
            return {child: _plain(value) for child, value in self._form(node, key).nodes.items()}
        except (RecursionError, ValueError) as error:
            self.note(f"{key} holds a value that cannot be read: {error}", key=key)
            return {}

    def _item(self, key: str, node: yaml.Node) -> Item | None:
        line = self._line_of(node)
        if not isinstance(node, yaml.ScalarNode):
            self.note(f"an entry of {key} is {_kind(node)}, expected a text: put it in quotes", line=line)
            return None
        text = str(node.value).strip()
        if not text or node.tag == NULL:
            self.note(f"an entry of {key} is empty", line=line)
            return None
        return Item(text, line)

    def _inner(self, key: str, name: str) -> Form:
        node, line = self.nodes[key], self.key_lines[key]
        if isinstance(node, yaml.MappingNode):
            return self._form(node, name, line)
        form = Form(self.path, self.problems, name, line, self.lines_before)
        form.note(f"is {_kind(node)}, expected its fields")
        return form

    def _form(self, node: yaml.MappingNode, name: str, line: int = 0) -> Form:
        form = Form(self.path, self.problems, name, line or self._line_of(node), self.lines_before)
        for key, value in node.value:
            form._add(key, value)
        return form

    def _add(self, key: yaml.Node, value: yaml.Node) -> None:
        line = self._line_of(key)
        if not isinstance(key, yaml.ScalarNode):
            self.note(f"a key is {_kind(key)}, expected a text", line=line)
        elif key.value in self.nodes:
            self.note(
                f"{key.value!r} stands here twice, first in line {self.key_lines[key.value]}", line=line
            )
        else:
            self.nodes[key.value] = value
            self.key_lines[key.value] = line

    def _line_of(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + 1 + self.lines_before


def read_form(path: Path, problems: ProblemList) -> Form | None:
    """The mapping that a YAML file holds, or None with the problem noted."""
    raw = read_bytes(path, problems)
    text = None if raw is None else decode(raw, path, problems)
    return None if text is None else form_of(text, path, problems)


def form_of(text: str, path: Path, problems: ProblemList, *, lines_before: int = 0) -> Form | None:
    """The mapping that a YAML text holds, or None with the problem noted; an empty text is an empty one."""
    top = Form(str(path), problems, "", 1 + lines_before, lines_before)
    if _is_deep(text):
        top.note("is nested too deeply")
        return None
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        line, found = _yaml_problem(error, text)
        top.note(f"is not YAML: {found}", line=line + lines_before)
        return None
    if node is None:
        return top
    if not isinstance(node, yaml.MappingNode):
        top.note(f"holds {_kind(node)}, expected keys with their values")
        return None
    return top._form(node, "", top.line)


def nearest(name: str, known: Collection[str]) -> str:
    """A half-sentence that names the known word nearest to one that is not known, or lists a few.

    >>> nearest("alias", ["name", "aliases"])
    "; did you mean 'aliases'?"
    """
    near = difflib.get_close_matches(name, list(known), 1, 0.65)
    if near:
        return f"; did you mean {near[0]!r}?"
    if len(known) <= 12:
        return f"; expected one of: {', '.join(known)}" if known else ""
    return ""


def _is_deep(text: str) -> bool:
    """Whether a text nests beyond anything that people write; the parser would run out of stack."""
    if _MANY_ENTRIES.search(text):
        return True
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        if depth > MAX_NESTING:
            return True
    return False


def _yaml_problem(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    if isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
        return mark.line + 1, ", ".join(filter(None, [error.context, error.problem]))
    position = getattr(error, "position", 0)
    return text.count("\n", 0, position) + 1, getattr(error, "reason", None) or str(error)


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a mapping (key: value)"
    return "empty" if node.tag == NULL else f"the text {str(node.value)!r}"


def _plain(node: yaml.Node) -> Any:
    """The plain value of a node; dates, `NO` and everything unusual stay as written."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    is_truth = node.tag.endswith(":bool")
    if node.tag not in PLAIN_TAGS or (is_truth and node.value.lower() not in {"true", "false"}):
        return str(node.value)
    return yaml.constructor.SafeConstructor().construct_document(node)

"""Which evidence a page cites, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from demarche.blocks import Block, Inline
from demarche.edtf_dates import readable
from demarche.rendering.marks import mark
from demarche.rendering.svg import links

# what stands close to the word after it, and to the word before it
_OPENING, _CLOSING = "([{“‘«„‚", ")]}”’».,;:!?…%"

Node = dict[str, Any]


def nodes(tree: Any) -> Iterator[Node]:
    """Every block and inline below `tree`, in reading order."""
    if isinstance(tree, dict):
        if "t" in tree:
            yield tree
        for value in tree.values():
            yield from nodes(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from nodes(value)


def cited(tree: Any) -> list[int]:
    """The numbers of all evidence cited below `tree`, sorted, each once."""
    numbers: set[int] = set()
    for node in nodes(tree):
        if node["t"] == "cite":
            numbers.update(node["n"])
        elif node["t"] == "finding":
            numbers.update(node["evidence"])
        elif node["t"] == "quotation":
            numbers.add(node["number"])
        elif node["t"] == "figure":
            numbers.update(in_picture(node["svg"]))
    return sorted(numbers)


def in_picture(svg: str) -> list[int]:
    """The numbers of the evidence that marks in a picture link to."""
    return sorted({int(target[1:]) for target in links(svg) if re.fullmatch(r"e\d+", target)})


def remaining(finding: Block) -> list[int]:
    """The evidence of a finding which its own words do not cite already."""
    said = {number for node in nodes(finding["c"]) if node["t"] == "cite" for number in node["n"]}
    return [number for number in finding["evidence"] if number not in said]


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted numbers as runs of first and last.

    >>> runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    result: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if result and number == result[-1][1] + 1:
            result[-1] = (result[-1][0], number)
        else:
            result.append((number, number))
    return result


def labels(numbers: Iterable[int], proposed: Iterable[int] = ()) -> list[dict[str, Any]]:
    """What a citation shows: for each run of numbers its first, its last, and what joins them.

    Two neighbours stay apart ("E4, E5"); three or more are a range ("E4–E6"), whose last says in `from`
    where it begins. Proposed ones have their sign before them, and no range mixes them with decided ones.

    >>> ["".join((each["before"], str(each["n"]))) for each in labels([1, 2, 3, 7], proposed=[3, 7])]
    ['1', ', 2', ', ◌3', ', ◌7']
    """
    wanted, unsure = set(numbers), set(proposed)
    signed = [(run, "") for run in runs(wanted - unsure)]
    signed += [(run, mark("proposed").glyph) for run in runs(wanted & unsure)]
    shown: list[dict[str, Any]] = []
    for (first, last), sign in sorted(signed):
        shown.append({"n": first, "before": (", " if shown else "") + sign, "from": 0})
        if last == first + 1:
            shown.append({"n": last, "before": f", {sign}", "from": 0})
        elif last > first:
            shown.append({"n": last, "before": "–", "from": first})
    return shown


def plain(content: Iterable[Inline]) -> str:
    """The words of inlines, without marks and citations."""
    parts = []
    for node in content:
        if node["t"] in {"text", "code", "chip"}:
            parts.append(str(node["v"]))
        elif node["t"] == "break":
            parts.append(" ")
        elif "c" in node:
            parts.append(plain(node["c"]))
    return "".join(parts)


def attributed(evidence: Node) -> str:
    """Whose words a quotation is, as the source has it: quoted, reported, or the source's own voice."""
    speaker = evidence.get("speaker", "")
    if evidence.get("attribution") == "quoted" and speaker:
        return f"{speaker} quoted"
    if evidence.get("attribution") == "reported" and speaker:
        return f"according to {speaker}"
    return "" if evidence["kind"] == "event" else "in the source’s own voice"


def standing(evidence: Node) -> str:
    """Who says that the words mean this: decided by a coder, or proposed by a reader and how surely."""
    if evidence["decided"]:
        return f"decided ({evidence['method']})" if evidence["method"] != "hand" else "decided"
    return f"proposed ({evidence['method']}, confidence {evidence['confidence']:.2f})"


def day(evidence: Node) -> str:
    """When the source was published, as it is said in a sentence; what is no date stays as it is."""
    try:
        return readable(evidence["published"])
    except ValueError:
        return str(evidence["published"])


def surroundings(evidence: Node) -> tuple[str, str]:
    """What stands before and after a quotation, spaces at the seams as the text has them.

    >>> surroundings({"before": "He said ", "after": ", twice."})
    ('He said ', ', twice.')
    """
    return evidence["before"], evidence["after"]

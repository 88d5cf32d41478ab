"""The parameters of notebooks: read from their tagged cell, and checked before anything runs."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import nbformat

from demarche.problems import InputError, Problem, ProblemList

TAG = "parameters"
_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list (on the command line: words with commas between them)",
}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True)
class Parameter:
    """A name of the parameters cell, its default (a literal, which gives its type) and its comment."""

    name: str
    default: Any
    comment: str

    @property
    def kind(self) -> str:
        """What may be given, in words."""
        return _KINDS.get(type(self.default), "a value")


def read_parameters(path: Path) -> list[Parameter]:
    """The parameters of a notebook, in order; none where it has no cell tagged `parameters`.

    InputError where the cell holds anything but names set to literals.
    """
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    sources = [cell.source for cell in notebook.cells if TAG in cell.metadata.get("tags", [])]
    return [parameter for source in sources for parameter in _parameters_of(source, path)]


def check_parameters(paths: Iterable[Path], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as the notebooks take them: text is converted to the type of the default.

    InputError names every misspelt name (with the nearest right one) and every wrong type at once.
    """
    known = {parameter.name: parameter for path in paths for parameter in read_parameters(path)}
    problems = ProblemList()
    converted = {}
    for name, value in values.items():
        if name not in known:
            problems.add("parameters", 0, _unknown(name, known))
            continue
        try:
            converted[name] = _converted(value, known[name].default)
        except ValueError:
            expected = f"expected {known[name].kind}, such as {known[name].default!r}"
            problems.add("parameters", 0, f"{name}: found {value!r}, {expected}")
    problems.raise_if_any()
    return converted


def _parameters_of(source: str, path: Path) -> list[Parameter]:
    comments = _comments(source)
    parameters = []
    for statement in ast.parse(source).body:
        try:
            name, value = _assignment(statement)
            parameters.append(Parameter(name, ast.literal_eval(value), comments.get(statement.lineno, "")))
        except ValueError:
            found = ast.unparse(statement)
            message = f"the parameters cell may only set names to literals; found `{found}`"
            raise InputError([Problem(str(path), 0, message)]) from None
    return parameters


def _assignment(statement: ast.stmt) -> tuple[str, ast.expr]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
    raise ValueError("no assignment to one name")


def _comments(source: str) -> dict[int, str]:
    """The comment at the end of each line that has one, by line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _unknown(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the notebooks have: {', '.join(names)}"
    return f"no notebook has a parameter {name!r}; {hint}"


def _converted(value: Any, default: Any) -> Any:
    """The value in the type of the default; ValueError where it is none."""
    wanted = type(default)
    if default is None or type(value) is wanted:
        return value
    if wanted is float and type(value) is int:
        return float(value)
    if wanted is list and isinstance(value, tuple):
        return list(value)
    if isinstance(value, str):
        return _from_text(value.strip(), wanted)
    raise ValueError(value)


def _from_text(text: str, wanted: type) -> Any:
    if wanted is list:
        return [part.strip() for part in text.split(",") if part.strip()]
    if wanted is bool and text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    if wanted in {int, float}:
        return wanted(text)
    raise ValueError(text)

"""What is wrong with an input, said all at once: file, line, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that a person can repair. `line` counts from 1; 0 where a file has no lines to point at."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class InputError(Exception):
    """The input has problems; `problems` holds every one that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the problems, one by one, instead of the way to them."""
        return [str(problem) for problem in self.problems]


class ProblemList:
    """Collects problems while reading goes on, so that all are reported together."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, path: Path | str, line: int, message: str) -> None:
        """Note a problem at a line of a file."""
        self.problems.append(Problem(str(path), line, message))

    def raise_if_any(self) -> None:
        """Raise InputError with everything noted so far, if anything was."""
        if self.problems:
            raise InputError(self.problems)

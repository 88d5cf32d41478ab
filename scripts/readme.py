"""Writes the parts of README.md that code knows better: parameters, commands, measured figures.

python scripts/readme.py            rewrites README.md
python scripts/readme.py --check    exits with 1 where it is out of date
"""

import re
import sys
from pathlib import Path

import click

from demarche.cli import main as commands
from demarche.disputes import SPLITS, read_by, read_dispute, read_split, score_dispute
from demarche.readers import reader_named
from demarche.rendering.parameters import read_parameters
from demarche.scoring import FIGURES, Score

TOP = Path(__file__).resolve().parents[1]
PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def parameters() -> str:
    """One row a parameter, with the chapters that take it."""
    rows: dict[str, tuple[str, str, list[str]]] = {}
    for path in sorted((TOP / "notebooks").glob("*.ipynb")):
        for parameter in read_parameters(path):
            row = rows.setdefault(parameter.name, (repr(parameter.default), parameter.comment, []))
            row[2].append(path.stem.split("_")[0])
    n_chapters = max(len(chapters) for _, _, chapters in rows.values())
    lines = ["| parameter | default | what it does | chapters |", "| --- | --- | --- | --- |"]
    for name, (default, comment, chapters) in rows.items():
        taken = "all" if len(chapters) == n_chapters else ", ".join(chapters)
        lines.append(f"| `{name}` | `{default}` | {comment} | {taken} |")
    return "\n".join(lines)


def commands_table() -> str:
    """One row a command, with the first sentence of its help."""
    lines = ["| command | what it does |", "| --- | --- |"]
    for name, command in commands.commands.items():
        context = click.Context(command, info_name=f"demarche {name}")
        usage = " ".join(command.collect_usage_pieces(context))
        lines.append(f"| `demarche {name} {usage}` | {command.get_short_help_str(200)} |")
    return "\n".join(lines)


def accuracy() -> str:
    """Precision, recall and F1 of the rules on the invented disputes of tests/disputes."""
    disputes = TOP / "tests" / "disputes"
    lines = [
        "| figure | disputes for building: precision | recall | F1 | for testing: precision | recall | F1 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    building, testing = (_totals(disputes, split) for split in SPLITS)
    for figure in FIGURES:
        cells = [
            f"{v:.2f}" for s in (building[figure], testing[figure]) for v in (s.precision, s.recall, s.f1)
        ]
        lines.append(f"| {figure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _totals(disputes: Path, split: str) -> dict[str, Score]:
    totals = dict.fromkeys(FIGURES, Score())
    for name in read_split(disputes, split, groups=["news"]):
        dispute = read_dispute(disputes / name)
        scores = score_dispute(read_by(reader_named("rules"), dispute), dispute)
        totals = {figure: totals[figure] + scores[figure] for figure in FIGURES}
    return totals


PARTS = {"parameters": parameters, "commands": commands_table, "accuracy": accuracy}


def readme(text: str) -> str:
    """The text of README.md with each generated part made anew."""
    return PART.sub(lambda m: f"{m[1]}{PARTS[m[2]]()}\n{m[3]}" if m[2] in PARTS else m[0], text)


def main() -> int:
    """Rewrite README.md, or say that it is out of date."""
    path = TOP / "README.md"
    old = path.read_text(encoding="utf-8")
    new = readme(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    path.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes what code knows better: README's parameters, commands and figures, the notebooks' least confidence.

python scripts/readme.py            rewrites README.md and, where it has changed, the notebooks' default
python scripts/readme.py --check    exits with 1 where they are out of date

The figures are those of src/demarche/scoring/measured, which scripts/fit_confidence.py,
scripts/train_model.py and scripts/score_training.py write.
"""

import json
import re
import sys
from math import isnan
from pathlib import Path

import click

from demarche.cli import main as commands
from demarche.rendering.parameters import read_parameters
from demarche.scoring import FIGURES, LAYERS
from demarche.scoring.measured import Figure, measured
from demarche.scoring.of_disputes import GAINED
from demarche.scoring.unseen import rounds
from demarche.study import Study

READER = Study.reader
TOP = Path(__file__).resolve().parents[1]
CARD = TOP / "src" / "demarche" / "readers" / "model" / "CARD.md"
NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))
DECIDING = TOP / "src" / "demarche" / "reviewing" / "measured.json"
LEAST = re.compile(r"(min_confidence = )[\d.]+(?=  #)")
CHIEF_FIGURES = FIGURES[: -len(LAYERS)]
TEXTS = {
    "building, dense": "building, dense",
    "building, news": "building, as news",
    "testing, dense": "testing, dense",
    "testing, news": "testing, as news",
    "originals": "press",
}
PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def parameters() -> str:
    """One row a parameter, with the chapters that take it."""
    rows: dict[str, tuple[str, str, list[str]]] = {}
    for path in NOTEBOOKS:
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
    """Precision, recall and F1 of the default reader, group by group of texts."""
    groups = measured(READER).groups
    names = {name: label for name, label in TEXTS.items() if name in groups}
    heads = " | ".join(f"{label} ({groups[name].n_documents} texts)" for name, label in names.items())
    lines = [f"| figure | {heads} |", f"| --- |{' --- |' * len(names)}"]
    for figure in CHIEF_FIGURES:
        cells = " | ".join(_cell(groups[name].of_all[figure]) for name in names)
        lines.append(f"| {figure} | {cells} |")
    return "\n".join(lines)


def _cell(figure: Figure) -> str:
    f1 = figure.f1
    interval = "" if isnan(f1.low) else f" [{f1.low:.2f}–{f1.high:.2f}]"
    return f"{figure.precision.value:.2f} / {figure.recall.value:.2f} / **{f1.value:.2f}**{interval}"


def layers() -> str:
    """The share right in each layer, group by group of texts."""
    groups = measured(READER).groups
    names = {name: label for name, label in TEXTS.items() if name in groups}
    lines = [f"| layer | {' | '.join(names.values())} |", f"| --- |{' ---: |' * len(names)}"]
    for layer in LAYERS:
        cells = " | ".join(f"{groups[name].of_all[layer].f1.value:.2f}" for name in names)
        lines.append(f"| {layer} | {cells} |")
    return "\n".join(lines)


def confidence() -> str:
    """How often the default reader's proposals are right that reach its least confidence."""
    return _confidence(READER)


def model_confidence() -> str:
    """The same of the reader with learned weights."""
    return _confidence("model")


def _confidence(reader: str) -> str:
    """How often proposals are right that reach the least confidence, group by group of texts."""
    known = measured(reader)
    lines = [
        f"| texts | precision from {known.least:.2f} on (95 % interval) | recall |",
        "| --- | ---: | ---: |",
    ]
    for name, label in TEXTS.items():
        if name in known.groups:
            figure = known.groups[name].of_sure["who-what-position"]
            one = figure.precision
            cells = f"{one.value:.2f} [{one.low:.2f}–{one.high:.2f}] | {figure.recall.value:.2f}"
            lines.append(f"| {label} | {cells} |")
    return "\n".join(lines)


def learning() -> str:
    """F1 of the rules and of the reader with learned weights, and what learning adds, group by group."""
    rules, model = measured("rules").groups, measured("model").groups
    lines = ["| texts | figure | `rules` | `model` | difference |", "| --- | --- | ---: | ---: | ---: |"]
    for name, label in TEXTS.items():
        for figure in GAINED:
            if name in rules and name in model:
                without, learned = (known[name].of_all[figure].f1.value for known in (rules, model))
                interval = _gained(name, figure)
                figures = f"{without:.3f} | {learned:.3f} | {learned - without:+.3f}{interval}"
                lines.append(f"| {label} | {figure} | {figures} |")
    return "\n".join(lines)


def _gained(group: str, figure: str) -> str:
    """The interval of what the learned weights gain, where it was measured."""
    one = measured("model").gains.get(group, {}).get(figure)
    return "" if one is None or isnan(one.low) else f" [{one.low:+.3f}, {one.high:+.3f}]"


def unseen() -> str:
    """How the readers did on disputes that were new to them, round by round."""
    lines = [
        "| day | texts | reader | statements: precision / recall / **F1** | inventory | dated events |",
        "| --- | ---: | --- | --- | ---: | ---: |",
    ]
    for one in rounds():
        for name, group in sorted(one.readers.items(), reverse=True):
            cells = [_cell(group.of_all["who-what-position"])]
            cells += [f"{group.of_all[figure].f1.value:.2f}" for figure in ("inventory", "dated events")]
            lines.append(f"| {one.date} | {group.n_documents} | `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def ablation() -> str:
    """What is lost without each mechanism of the rules, the dearest first."""
    rows = measured("rules").ablation
    lines = ["| without | precision | recall | F1 | change (95 % interval) |", "| --- |" + " ---: |" * 4]
    for row in [*rows[:1], *sorted(rows[1:], key=lambda row: row["change"][0])]:
        shares = " | ".join(f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
        change, low, high = row["change"]
        lost = f"{change:+.3f} [{low:+.3f}, {high:+.3f}]" if row is not rows[0] else ""
        lines.append(f"| {row['without']} | {shares} | {lost} |")
    return "\n".join(lines)


def deciding() -> str:
    """Mean F1 after so many decisions, with the least and the most of the disputes, order by order."""
    known = json.loads(DECIDING.read_text(encoding="utf-8"))
    lines = [
        f"| order | {' | '.join(map(str, known['after']))} |",
        "| --- |" + " ---: |" * len(known["after"]),
    ]
    for order, label in {
        "value": "what pays most first",
        "text": "as in the text",
        "random": "at random",
    }.items():
        cells = " | ".join(f"{mean:.2f} ({low:.2f}–{high:.2f})" for mean, low, high in known["f1"][order])
        lines.append(f"| {label} | {cells} |")
    low, middle, high = known["ratios"]
    gained = f"{known['ratio']:.2f} times what they gain at random"
    spread = f"{low:.2f} to {high:.2f} by dispute, half of them above {middle:.2f}"
    return "\n".join([*lines, "", f"Over these steps, answers in the first order gain {gained} ({spread})."])


PARTS = {
    "deciding": deciding,
    "parameters": parameters,
    "commands": commands_table,
    "accuracy": accuracy,
    "layers": layers,
    "confidence": confidence,
    "ablation": ablation,
    "learning": learning,
    "model_confidence": model_confidence,
    "unseen": unseen,
}


def readme(text: str) -> str:
    """A text with each generated part made anew."""
    return PART.sub(lambda m: f"{m[1]}{PARTS[m[2]]()}\n{m[3]}" if m[2] in PARTS else m[0], text)


def notebook(source: str) -> str:
    """A notebook's source with the least confidence that was measured as its default."""
    return LEAST.sub(lambda m: f"{m[1]}{measured(READER).least:g}", source)


def main() -> int:
    """Rewrite the notebooks' default, README.md and the model's card, or say that they are out of date."""
    is_old, texts = False, [(path, readme) for path in (TOP / "README.md", CARD)]
    for path, renewed in [*((path, notebook) for path in NOTEBOOKS), *texts]:
        old = path.read_text(encoding="utf-8")
        new = renewed(old)
        is_old = is_old or old != new
        if "--check" not in sys.argv[1:] and old != new:
            path.write_text(new, encoding="utf-8")
    return int(is_old and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""Measures how fast the program is, and prints it as one table: reading, start-up, memory, a report's stages.

    python scripts/benchmark.py [--reader rules]… [--study data/russia-nato-2021] [--rounds 3]

Reading and start-up are counted in seconds of the processor, which other work on the machine hardly
changes, a report's stages in seconds of the clock. Each stands beside its multiple of a yardstick, a fixed
loop of plain Python timed in the same run: seconds belong to a machine, multiples can be compared. Of
several rounds the fastest counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from demarche import report
from demarche.codebook import Codebook
from demarche.disputes import read_dispute, read_split
from demarche.documents import Document
from demarche.readers import Reader, reader_named
from demarche.readers.rules.events.finding import find_events
from demarche.readers.rules.scene import Guide, read_scene
from demarche.study import read_study

TOP = Path(__file__).resolve().parents[1]
DISPUTES = TOP / "tests" / "disputes"
STEPS = 2_000_000
STAGES = {
    "read_material": "texts, codebook, coding, proposals",
    "run_chapters": "notebooks",
    "merge_chapters": "merging",
    "check_quotations": "checking quotations",
    "write_rendering": "rendering",
    "write_tables": "tables",
}
"""The functions that a report consists of, by their names in demarche.report, with what they do."""
FRESH = """
import json, resource, sys, time
from pathlib import Path
from demarche.disputes import read_dispute
from demarche.readers import reader_named
dispute = read_dispute(Path(sys.argv[1]))
reader = reader_named(sys.argv[2])
reader.read(dispute.documents[0], dispute.codebook)
first = time.process_time()
for document in dispute.documents * 5:
    reader.read(document, dispute.codebook)
print(json.dumps([first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
"""Run in a new process: how long until a first document is read, and the most memory (MB) after many."""


@click.command()
@click.option("--reader", "readers", multiple=True, default=["rules"], help="a reader to measure")
@click.option(
    "--study", type=click.Path(path_type=Path, exists=True), default=TOP / "data" / "russia-nato-2021"
)
@click.option("--rounds", default=3, help="how often each is measured; the fastest counts")
def main(readers: Sequence[str], study: Path, rounds: int) -> None:
    """Measure, and print a table."""
    unit = fastest(yardstick, rounds)
    print(f"{'what':<54} {'seconds':>8} {'multiple':>9}")
    print_row("yardstick: two million steps of a plain loop", unit, unit)
    for name in readers:
        print_reader(name, unit, rounds)
    for stage, seconds in stages(study):
        print_row(f"report: {stage}", seconds, unit)


def print_row(what: str, seconds: float, unit: float) -> None:
    """Print one measurement."""
    print(f"{what:<54} {seconds:8.3f} {seconds / unit:9.2f}", flush=True)


def print_reader(name: str, unit: float, rounds: int) -> None:
    """Print how fast a reader reads and starts, and how much memory it takes."""
    sample = list(texts())
    n_words = sum(document.n_words for document, _ in sample)
    reader = reader_named(name)
    everything = fastest(lambda: read(reader, sample), rounds) / n_words * 1000
    print_row(f"{name}: 1,000 words ({n_words:,} read)", everything, unit)
    if name == "rules":
        events = fastest(lambda: read_events(sample), rounds) / n_words * 1000
        print_row(f"{name}: of these, sentences, names and events", events, unit)
    seconds, memory = min(fresh(name) for _ in range(rounds))
    print_row(f"{name}: a new process until a document is read", seconds, unit)
    print(f"{name + ': most memory in that process':<54} {memory:5.0f} MB")


def yardstick() -> None:
    """Two million additions."""
    total = 0
    for step in range(STEPS):
        total += step & 7


def texts() -> Iterator[tuple[Document, Codebook]]:
    """The texts of every fourth dispute for building, with their codebooks."""
    for name in read_split(DISPUTES, "building")[::4]:
        dispute = read_dispute(DISPUTES / name)
        yield from ((document, dispute.codebook) for document in dispute.documents)


def read(reader: Reader, sample: Sequence[tuple[Document, Codebook]]) -> None:
    """Read all texts."""
    for document, codebook in sample:
        reader.read(document, codebook)


def read_events(sample: Sequence[tuple[Document, Codebook]]) -> None:
    """Find the events of all texts, with all that this needs."""
    guides: dict[str, Guide] = {}
    for document, codebook in sample:
        if codebook.sha256 not in guides:
            guides[codebook.sha256] = Guide.of(codebook)
        scene = read_scene(document, guides[codebook.sha256])
        find_events(document, codebook, scene.sentences, [m for group in scene.mentions for m in group])


def fresh(reader: str) -> tuple[float, float]:
    """Seconds until a new process has read a document, and the most memory (MB) it takes for many."""
    dispute = str(DISPUTES / read_split(DISPUTES, "building")[0])
    command = [sys.executable, "-c", FRESH, dispute, reader]
    ended = subprocess.run(command, capture_output=True, check=True, text=True)
    first, memory = json.loads(ended.stdout)
    return first, memory


def stages(study: Path) -> Iterator[tuple[str, float]]:
    """The stages of a report, each with its seconds, and the whole."""
    taken: dict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        for name, label in STAGES.items():
            stack.enter_context(patch.object(report, name, timed(getattr(report, name), label, taken)))
        start = time.perf_counter()
        report.make_report(read_study(study), Path(folder) / "out")
        taken["the whole"] = time.perf_counter() - start
    yield from taken.items()


def timed(function: Callable[..., Any], label: str, taken: dict[str, float]) -> Callable[..., Any]:
    """The function, its time added up under a label (each rendering under its own)."""

    def run(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            form = f" {args[1]}" if label == "rendering" else ""
            taken[label + form] += time.perf_counter() - start

    return run


def fastest(measured: Callable[[], None], rounds: int) -> float:
    """The least seconds that it took in several rounds."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        measured()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main()

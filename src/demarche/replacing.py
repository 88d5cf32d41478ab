"""A folder that is replaced as a whole: whoever looks finds the old one or the new one, never a mixture."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWN = frozenset({
    *("briefing.html", "briefing.pdf", "briefing.docx", "briefing.md", "summary.pdf"),
    *("pictures", "notebooks", "tables"),
})  # fmt: skip
"""What a report makes. Everything else in its folder is somebody else's, and stays."""


@contextmanager
def folder_in_the_making(place: Path) -> Iterator[Path]:
    """An empty folder, which takes the place of `place` when all went well; otherwise nothing has changed.

    What a report did not make there is carried over. A run that was killed between the two renamings has left
    the old folder beside its place; the next run puts it back first.
    """
    place = place.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    before = place.with_name(f".{place.name}-before")
    _recover(place, before)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name}-") as folder:
        making = Path(folder) / "report"
        making.mkdir()
        yield making
        _carry_over(place, making)
        if place.exists():
            place.rename(before)
        making.rename(place)
    shutil.rmtree(before, ignore_errors=True)


def _recover(place: Path, before: Path) -> None:
    if before.exists() and not place.exists():
        before.rename(place)
    shutil.rmtree(before, ignore_errors=True)


def _carry_over(place: Path, making: Path) -> None:
    """Take what the report does not make into the new folder."""
    for kept in sorted(place.iterdir()) if place.is_dir() else ():
        if kept.name in OWN:
            continue
        if kept.is_dir() and not kept.is_symlink():
            shutil.copytree(kept, making / kept.name, symlinks=True)
        else:
            shutil.copy2(kept, making / kept.name, follow_symlinks=False)

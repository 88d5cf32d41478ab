"""A report's folder is replaced as a whole; a run that is killed leaves the old one or the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.replacing import folder_in_the_making


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an older report and a note of somebody's."""
    place = tmp_path / "reports" / "harbour"
    (place / "tables").mkdir(parents=True)
    (place / "briefing.html").write_text("old")
    (place / "briefing.pdf").write_text("old")
    (place / "tables" / "gone.csv").write_text("old")
    (place / "note.txt").write_text("mine")
    return place


def files(folder: Path) -> dict[str, str]:
    """The texts of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def test_what_was_made_takes_the_place_of_what_an_older_report_made(place: Path) -> None:
    with folder_in_the_making(place) as making:
        (making / "briefing.html").write_text("new")

    assert files(place.parent) == {"harbour/briefing.html": "new", "harbour/note.txt": "mine"}


def test_a_failure_leaves_everything_as_it_was(place: Path) -> None:
    before = files(place.parent)
    with pytest.raises(ZeroDivisionError), folder_in_the_making(place) as making:
        (making / "briefing.html").write_text("half")
        raise ZeroDivisionError

    assert files(place.parent) == before


def test_a_place_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    with folder_in_the_making(tmp_path / "a" / "b") as making:
        (making / "briefing.html").write_text("new")

    assert files(tmp_path) == {"a/b/briefing.html": "new"}


def test_a_run_killed_between_the_renamings_is_mended_by_the_next(place: Path) -> None:
    before = files(place)
    place.rename(place.with_name(".harbour-before"))
    with pytest.raises(ZeroDivisionError), folder_in_the_making(place):
        raise ZeroDivisionError

    assert files(place) == before


def test_a_link_to_a_folder_stays_a_link(place: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(place)
    with folder_in_the_making(tmp_path / "link") as making:
        (making / "briefing.html").write_text("new")

    assert (tmp_path / "link").is_symlink()
    assert (place / "briefing.html").read_text() == "new"

"""Bytes of a file as text: UTF-8 or a problem that names the line and the byte; no newline is translated."""

from __future__ import annotations

import codecs
from pathlib import Path

from demarche.problems import ProblemList


def read_bytes(path: Path, problems: ProblemList) -> bytes | None:
    """The bytes of a file, or None with the problem noted."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        problems.add(path, 0, "there is no such file")
    except IsADirectoryError:
        problems.add(path, 0, "is a folder, expected a file")
    except OSError as error:
        problems.add(path, 0, f"cannot be read: {error.strerror}")
    return None


def decode(raw: bytes, path: Path, problems: ProblemList) -> str | None:
    """The text of a file without its byte order mark, or None with the problem noted.

    >>> decode(b"\\xef\\xbb\\xbfab\\r\\n", Path("a.txt"), ProblemList())
    'ab\\r\\n'
    """
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if raw.startswith(mark):
            problems.add(path, 1, "is UTF-16, expected UTF-8: save the file again as UTF-8")
            return None
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        place = len(raw) - len(body) + error.start
        line = raw.count(b"\n", 0, place) + 1
        found = f"byte {place + 1} of the file (0x{raw[place]:02X}) is not UTF-8"
        problems.add(path, line, f"{found}: save the file again as UTF-8")
        return None

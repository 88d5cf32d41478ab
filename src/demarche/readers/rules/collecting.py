"""Python's search for objects that hold each other, put off while a document is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Does not look for cycles of objects meanwhile.

    Reading a document makes many small objects and no cycles: looking through them again and again took an
    eighth of its time. What nothing holds any more is freed at once all the same.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

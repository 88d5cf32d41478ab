"""Runs notebooks, several at once, each in a kernel of its own: the one place that knows papermill.

Nothing of the user's own Jupyter, IPython or matplotlib set-up takes part, and nothing is left in it.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import papermill  # type: ignore[import-untyped]
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from papermill.exceptions import PapermillExecutionError  # type: ignore[import-untyped]

from demarche.problems import InputError, Problem
from demarche.rendering.parameters import read_parameters

LONGEST_SOCKET = 90
_PROBLEM = re.compile(r"(?P<path>.+?):(?:(?P<line>\d+):)? (?P<message>.*)\Z", re.DOTALL)


def run_chapters(
    paths: Sequence[Path],
    values: Mapping[str, Any],
    folder: Path,
    *,
    jobs: int = 2,
    progress: Callable[[str], object] = lambda line: None,
) -> list[Path]:
    """Run notebooks with the parameters they have, `jobs` at once; returns the executed ones in `folder`.

    Each runs in the folder it lies in. InputError with the problems of all that failed: those which the
    notebook raised as such, otherwise notebook, cell and error.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings(), ThreadPoolExecutor(jobs) as pool:
        warnings.simplefilter("ignore")
        runs = {pool.submit(_run, path, values, folder / path.name): path for path in paths}
        for count, run in enumerate(as_completed(runs), start=1):
            progress(f"{'failed' if run.exception() else 'ran'} {runs[run].name} ({count} of {len(runs)})")
    _raise_problems(runs)
    return [folder / path.name for path in paths]


class _Kernels(AsyncKernelManager):
    """Starts this very Python; sockets, connection file and IPython's files lie in `folder`."""

    folder = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kernel_spec_manager = KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True)
        self.connection_file = f"{self.folder}/kernel.json"
        if sys.platform != "win32" and len(self.folder) < LONGEST_SOCKET:
            self.transport = "ipc"
            self.ip = f"{self.folder}/s"

    async def _async_start_kernel(self, **options: Any) -> None:
        await super()._async_start_kernel(**{**options, "env": {**os.environ, **_settings(self.folder)}})

    start_kernel = _async_start_kernel


def _run(path: Path, values: Mapping[str, Any], target: Path) -> None:
    names = {parameter.name for parameter in read_parameters(path)}
    try:
        with tempfile.TemporaryDirectory(prefix="dm-", ignore_cleanup_errors=True) as folder:
            papermill.execute_notebook(
                path.resolve(),
                target.resolve(),
                parameters={name: value for name, value in values.items() if name in names},
                kernel_name="python3",
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                kernel_manager_class=type("_OwnKernels", (_Kernels,), {"folder": folder}),
                shutdown_kernel="immediate",
                # not papermill's `cwd`, which changes the folder of this whole process
                resources={"metadata": {"path": str(path.resolve().parent)}},
            )
    finally:
        ensure_event_loop().close()  # this thread's own, which the notebook's client leaves open


def _settings(folder: str) -> dict[str, str]:
    """The kernel's environment: what would make a page differ from machine to machine is set here."""
    settings = {
        "IPYTHONDIR": folder,
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore",
        "TZ": "UTC",
    }
    matplotlib = find_spec("matplotlib")
    if matplotlib and matplotlib.origin:
        settings["MATPLOTLIBRC"] = str(Path(matplotlib.origin).parent / "mpl-data" / "matplotlibrc")
    return settings


def _raise_problems(runs: Mapping[Future[None], Path]) -> None:
    problems: list[Problem] = []
    for run, path in runs.items():
        error = run.exception()
        if isinstance(error, PapermillExecutionError):
            problems += _problems_of(error, path)
        elif isinstance(error, InputError):
            problems += error.problems
        elif error:
            raise error
    if problems:
        raise InputError(problems)


def _problems_of(error: PapermillExecutionError, path: Path) -> list[Problem]:
    """What the failing cell raised; an InputError shows each of its problems as a line of its traceback."""
    if error.ename == InputError.__name__:
        return [_problem(line) for line in error.traceback]
    source = str(error.source).strip().splitlines()
    said = f"cell {error.cell_index + 1} (`{source[0] if source else ''}`) stopped"
    return [Problem(str(path), 0, f"{said} with {error.ename}: {error.evalue}")]


def _problem(line: str) -> Problem:
    """The problem whose `str` is `line`."""
    found = _PROBLEM.match(line)
    if not found:
        return Problem("notebook", 0, line)
    return Problem(found["path"], int(found["line"] or 0), found["message"])

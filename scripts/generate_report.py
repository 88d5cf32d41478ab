"""Builds the briefing of a study: the same job as `demarche report`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from demarche.cli import main

if __name__ == "__main__":
    main(["report", *sys.argv[1:]])

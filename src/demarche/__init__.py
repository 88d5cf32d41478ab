"""From a folder of texts about a negotiation to a sourced briefing."""

__version__ = "0.1.0"

from demarche.readers.rules.dates import find_dates

__all__ = ["__version__", "find_dates"]

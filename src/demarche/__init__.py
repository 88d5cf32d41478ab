"""From a folder of texts about a negotiation to a sourced briefing."""

__version__ = "0.1.0"

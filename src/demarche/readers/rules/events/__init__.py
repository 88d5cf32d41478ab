"""Events of a text: which dated sentences tell one, when, how sure, and with which status."""

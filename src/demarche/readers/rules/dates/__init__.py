"""Date expressions of a text: words, grammar, what each is worth, and what only looks like a date."""

"""Measures: from tables to tables, `dependence` from a briefing to a table; nothing here reads or writes.

Filter the tables first: no measure takes an option.

`told` is the statements table in order of publication with `source`, `day`, `voice` (see `voices`).
"""

"""Measures: from tables to tables. Filter the tables first; nothing here takes an option, reads or writes.

`told` is the statements table in order of publication with `source`, `day`, `voice` (see `voices`).
"""

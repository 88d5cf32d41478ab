"""Findings where accounts part: on numbers, on dates, on what is expected."""

from __future__ import annotations

import pandas as pd

from demarche.briefing import Briefing
from demarche.edtf_dates import readable
from demarche.evidence import figure_words
from demarche.findings.finding import Finding, count_of_sources
from demarche.measures.days import differing_figures
from demarche.measures.voices import told_with_voices
from demarche.prose import counted, in_quotes, number, sentence, verb


def differing_numbers(briefing: Briefing) -> list[Finding]:
    """For which one thing the sources give different figures; of several that with most sources.

    Only among decided ones: what a proposed figure counts is named in the words of its source alone.
    """
    figures = told_with_voices(briefing.tables.figures, briefing.tables.documents, briefing.codebook)
    rows = differing_figures(figures[figures["figure_id"].isin(briefing.decided)])
    if rows.empty:
        return []
    spread = rows.groupby("what", sort=False)["source"].nunique().sort_values(ascending=False, kind="stable")
    what = str(spread.index[0])
    cell = rows[rows["what"] == what]
    parts = [
        f"{figure_words(same.to_dict('records')[0])} ({counted(same['voice'].nunique(), 'voice')} in "
        f"{counted(same['source'].nunique(), 'source')})"
        for _, same in cell.groupby("value", sort=False)
    ]
    text = f"figures differ: {what}, {' or '.join(parts)}"
    if cell["is_dated_apart"].iloc[0]:
        text += ", which are dated to different days"
    if len(spread) > 1:
        text += f"; so they do for {number(len(spread) - 1)} more"
    ids = list(cell["figure_id"])
    return [count_of_sources("figures differ", sentence(text), weight=56, record_ids=ids)]


def dates_in_dispute(briefing: Briefing) -> list[Finding]:
    """Which occurrence two sources date differently, so far as their words tell; of several the first."""
    pairs = briefing.differing_dates
    pairs = pairs[~pairs["is_known"].astype(bool)]
    if pairs.empty:
        return []
    told = briefing.tables.events.set_index("event_id")
    first = pairs.to_dict("records")[0]
    accounts = [told.loc[first[side]] for side in ("event", "other")]
    days = [f"{readable(row['date'])} ({briefing.outlet(row['doc_id'])})" for row in accounts]
    words = min((row["quote"] for row in accounts), key=len)
    text = f"dates differ: {in_quotes(words)}, {' or '.join(days)}, if both accounts mean one occurrence"
    if len(pairs) > 1:
        text += f"; so they do for {counted(len(pairs) - 1, 'more pair')} of accounts"
    ids = list(dict.fromkeys([*pairs["event"], *pairs["other"]]))
    return [count_of_sources("dates differ", sentence(text), weight=55, record_ids=ids)]


def parted_expectations(briefing: Briefing) -> list[Finding]:
    """On which question some expect or allow for what others hold to be unlikely."""
    told = told_with_voices(briefing.tables.forecasts, briefing.tables.documents, briefing.codebook)
    parted: list[tuple[str, pd.DataFrame, pd.DataFrame]] = []
    for question, cell in told.groupby("about", sort=False):
        is_doubt = cell["strength"] == "unlikely"
        if is_doubt.any() and not is_doubt.all():
            parted.append((str(question), cell[~is_doubt], cell[is_doubt]))
    if not parted:
        return []
    about, allowed, doubted = max(parted, key=lambda each: min(_n_voices(each[1]), _n_voices(each[2])))
    text = (
        f"on the question {in_quotes(about)} {_voices(allowed)} "
        f"{verb(_n_voices(allowed), 'expects or allows', 'expect or allow')}, for instance, that "
        f"{_plainest(allowed)}; {_voices(doubted)} {verb(_n_voices(doubted), 'holds', 'hold')} "
        f"unlikely, for instance, that {_plainest(doubted)}"
    )
    ids = [*allowed["forecast_id"], *doubted["forecast_id"]]
    return [count_of_sources("expectations", sentence(text), weight=58, record_ids=ids)]


def _n_voices(rows: pd.DataFrame) -> int:
    return int(rows["voice"].nunique())


def _voices(rows: pd.DataFrame) -> str:
    return counted(_n_voices(rows), "voice")


def _plainest(rows: pd.DataFrame) -> str:
    """What is expected in the first of the rows that hangs on no condition, else in the first."""
    free = rows[rows["condition"] == ""]
    row = (free if len(free) else rows).to_dict("records")[0]
    return f"{row['expects']}{', if ' + row['condition'] if row['condition'] else ''}"

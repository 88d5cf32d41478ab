"""Tables that grow with the sources keep their weightiest rows, and say how many more there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from crowd import crowded_briefing
from demarche.briefing import Briefing
from demarche.chapters import (
    dependence,
    ground,
    inventory,
    key_findings,
    reliability,
    sources,
    stances,
    timeline,
)
from demarche.chapters.key_findings import MOST_READINGS
from demarche.chapters.page import MOST_ROWS, and_more, weightiest
from demarche.chapters.stances import MOST_ANSWERS, MOST_ASKERS
from demarche.chapters.timeline import MOST_EVENTS
from demarche.figures.marks_in_time import marks_of
from demarche.figures.timeline_layout import layout
from demarche.findings import all_findings
from demarche.measures.accounts import leave_one_out
from demarche.rendering.as_text import inlines_text
from demarche.rendering.citations import nodes
from demarche.rendering.display import Display


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """More sources, demands, parties and events than any table has rows."""
    folder = tmp_path_factory.mktemp("crowd")
    return crowded_briefing(folder, documents=60, demands=50, parties=20, statements=700, events=110)


def table_of(display: Display) -> dict[str, Any]:
    """The one table of a display."""
    (table,) = [block for block in display.blocks if block["t"] == "table"]
    return table


def heads(table: dict[str, Any]) -> list[str]:
    """What stands in the first cell of each row."""
    return [inlines_text(row[0]) for row in table["rows"]]


def test_the_weightiest_rows_are_kept_in_their_order():
    assert weightiest([3, 9, 1, 9, 4], float, most=3) == [9, 9, 4]
    assert weightiest([3, 9], float, most=3) == [3, 9]


def test_a_whole_table_speaks_of_no_more():
    assert and_more(40, 40, "event", "in tables/events.csv") == ""
    assert and_more(63, 40, "event", "in tables/events.csv") == "And 23 more events, in tables/events.csv."


def test_of_many_events_the_table_keeps_those_that_the_figure_names(crowd: Briefing):
    table = table_of(timeline.events(crowd))
    named = {mark.code for mark in layout(marks_of(crowd)).badged if mark.code.startswith("E")}
    cited = {f"E{n}" for row in table["rows"] for part in row[1] if part["t"] == "cite" for n in part["n"]}

    assert len(crowd.tables.events) == 110
    assert len(table["rows"]) == MOST_EVENTS
    assert named
    assert named <= cited
    assert "And 30 more events, in tables/events.csv." in inlines_text(table["note"])


def test_of_many_known_events_the_table_says_how_many_more_there_are(crowd: Briefing):
    rows = [
        {"event": f"known-{n}", "date": day, "earliest": day, "latest": day, "what": f"Fleet {n} sails",
         "actors": "", "sure": "sure"}
        for n, day in enumerate(f"2015-{1 + n // 20:02}-{1 + n % 20:02}" for n in range(103))
    ]  # fmt: skip
    reference = replace(crowd.reference, known_events=pd.DataFrame(rows))
    table = table_of(timeline.known_events(replace(crowd, reference=reference)))

    assert len(table["rows"]) == MOST_EVENTS
    assert inlines_text(table["note"]) == "And 23 more events, in the study’s own list."


def test_of_many_demands_the_ledger_keeps_those_most_spoken_of(crowd: Briefing):
    table = table_of(stances.ledger(crowd))
    spoken = crowd.told["demand"].value_counts()
    made = list(dict.fromkeys(crowd.tables.ledger["demand"]))
    most_spoken = max(made, key=lambda demand: spoken[demand])
    n_all = len(made) + sum(crowd.tables.demands["n_statements"] == 0)

    assert n_all > MOST_ROWS
    assert len(table["rows"]) == MOST_ROWS
    assert crowd.codebook.demand_label(most_spoken) in heads(table)
    assert f"more demand{'s' * (n_all - MOST_ROWS > 1)}, in tables/ledger.csv." in inlines_text(table["note"])


def test_of_many_parties_the_ledger_counts_the_rest_and_the_silent_among_them(crowd: Briefing):
    table = table_of(stances.ledger(crowd))
    answers = {
        crowd.codebook.demand_label(demand): n for demand, n in Counter(crowd.tables.ledger["demand"]).items()
    }
    asked = [(answers.get(inlines_text(row[0]), 0), inlines_text(row[2])) for row in table["rows"]]
    n_more = [n - MOST_ANSWERS for n, _ in asked if n > MOST_ANSWERS]
    told = [text for _, text in asked if re.search(r"and \w+ more part(y|ies)(, \w+ of them silent)?$", text)]

    assert n_more
    assert len(told) == len(n_more)


def test_of_many_parties_that_make_a_demand_the_ledger_counts_the_rest(crowd: Briefing):
    made = crowd.told[crowd.told["position"] == "demands"].groupby("demand")["party"].nunique()
    crowded = {crowd.codebook.demand_label(str(demand)) for demand, n in made.items() if n > MOST_ASKERS}
    table = table_of(stances.ledger(crowd))
    cut = {inlines_text(row[0]) for row in table["rows"] if "more part" in inlines_text(row[1])}

    assert crowded
    assert cut == crowded & set(heads(table))


def test_a_finding_cites_its_most_telling_readings_and_counts_the_rest(crowd: Briefing):
    table = table_of(key_findings.basis(crowd))
    n_cited = [sum(len(part["n"]) for part in row[1] if part["t"] == "cite") for row in table["rows"]]
    n_all = [len(set(each.record_ids)) for each in all_findings(crowd) if each.record_ids]
    said = [inlines_text(row[1]) for row in table["rows"]]

    assert max(n_all) > MOST_READINGS
    assert n_cited == [min(n, MOST_READINGS) for n in n_all]
    assert ["more reading" in text for text in said] == [n > MOST_READINGS for n in n_all]


def test_of_many_sources_those_are_shown_that_would_be_missed_most(crowd: Briefing):
    table = table_of(dependence.table(crowd))
    lost = leave_one_out(crowd.told)
    n_all = len(lost)
    heaviest = lost.loc[lost["n_cells_lost"].idxmax(), "doc_id"]

    assert len(table["rows"]) == MOST_ROWS
    assert any(head.startswith(crowd.source_code(heaviest) + " ") for head in heads(table))
    assert f"And {n_all - MOST_ROWS} more sources" in inlines_text(table["note"])


def test_of_many_movements_those_are_shown_of_which_most_statements_speak(crowd: Briefing):
    table = table_of(stances.movements(crowd))

    assert len(table["rows"]) == MOST_ROWS
    assert "more positions" in inlines_text(table["note"])


@pytest.mark.parametrize("part", [sources.overview, sources.voices, ground.table, reliability.basis])
def test_a_table_with_a_row_for_each_source_or_demand_counts_those_it_leaves_out(
    crowd: Briefing, part: Callable[[Briefing], Display]
) -> None:
    (table,) = [block for block in part(crowd).blocks if block["t"] == "table"]
    n_all = 60 if part in {sources.overview, reliability.basis} else len(set(crowd.told["demand"]))

    assert len(table["rows"]) == MOST_ROWS < n_all
    assert re.search(r"And (\w+) more (source|demand)s", inlines_text(table["note"]))


def test_many_cards_are_folded_and_in_columns_and_none_is_lost(crowd: Briefing) -> None:
    (of_sources,), (of_demands,) = sources.cards(crowd).blocks, inventory.cards(crowd).blocks
    titles = [inlines_text(node["title"]) for node in nodes(of_sources) if node["t"] == "card"]

    assert of_sources["columns"] == of_demands["columns"] == 2
    assert not any(page["open"] for page in of_sources["blocks"])
    assert inlines_text(of_sources["blocks"][0]["summary"]) == "S1 to S50: 50 sources"
    assert [title.split()[0] for title in titles] == [f"S{n}" for n in range(1, 61)]
    assert len([node for node in nodes(of_demands) if node["t"] == "card"]) == len(set(crowd.told["demand"]))

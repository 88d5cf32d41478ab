"""Who speaks: each row of what is told with the voice behind it. Nothing here reads or writes."""

from __future__ import annotations

import pandas as pd

from demarche.codebook import Codebook
from demarche.edtf_dates import bounds
from demarche.records import AUTHOR
from demarche.tables import SIDES, in_order_of_publication, sources_of

STRENGTH = {"quoted": 0, "reported": 1, "narrator": 2}


def with_voices(statements: pd.DataFrame, documents: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The statements in order of publication, with `voice`, `side`, and the days `day` and `until`.

    They were published between `day` and `until` (ISO, '' when unknown). A voice is the party that a text
    quotes or reports, however many of its people speak: five texts that carry one minister are one voice.
    The own voice of a text is one more, or that of the party that published it.
    """
    told = in_order_of_publication(statements, documents)
    own_voice = own_voices(documents, codebook)
    voices = [
        own_voice[doc_id] if speaker == AUTHOR else codebook.party(speaker)
        for doc_id, speaker in zip(told["doc_id"], told["speaker"], strict=True)
    ]
    until = {row.doc_id: bounds(row.published)[1] for row in documents.itertuples()}
    return told.assign(
        until=[until[source] for source in told["source"]],
        voice=voices,
        side=[SIDES[position] for position in told["position"]],
    )


def told_with_voices(table: pd.DataFrame, documents: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """A table of what somebody tells (figures, forecasts), with `source` and `voice` as of statements."""
    own_voice = own_voices(documents, codebook)
    voices = [
        own_voice[doc_id] if speaker == AUTHOR else codebook.party(speaker)
        for doc_id, speaker in zip(table["doc_id"], table["speaker"], strict=True)
    ]
    sources = sources_of(documents)
    return table.assign(
        source=pd.Series([sources[doc_id] for doc_id in table["doc_id"]], index=table.index, dtype=str),
        voice=pd.Series(voices, index=table.index, dtype=str),
    )


def own_voices(documents: pd.DataFrame, codebook: Codebook) -> dict[str, str]:
    """The voice in which each document speaks for itself: its publisher's, if a party, else its author's.

    What repeats an earlier document speaks in the voice of that one.
    """
    parties = {
        name.lower(): codebook.party(actor.actor_id)
        for actor in codebook.actors.values()
        for name in (actor.name, *actor.aliases)
    }
    voices = {
        doc_id: parties.get(str(publisher).lower(), f"{AUTHOR}:{doc_id}")
        for doc_id, publisher in zip(documents["doc_id"], documents["publisher"], strict=True)
    }
    return {doc_id: voices[source] for doc_id, source in sources_of(documents).items()}


def in_order_of_strength(rows: pd.DataFrame) -> pd.DataFrame:
    """Statements with the strongest words first: quoted, reported, narrated; then the surer, the earlier."""
    ranks = rows.assign(strength=[STRENGTH[attribution] for attribution in rows["attribution"]])
    ranks = ranks.sort_values(
        ["strength", "confidence", "day", "doc_id", "start"],
        ascending=[True, False, True, True, True],
        kind="stable",
    )
    return ranks.drop(columns="strength")

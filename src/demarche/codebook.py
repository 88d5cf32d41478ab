"""The codebook: which demands are followed, and who the actors are.

`kind` is state, organisation, bloc, person or group, or any other single lower-case word (party, union,
company, …): only `person` (speaks for the party in `of`) and `bloc` (acts through its `members`) change
how a text is read. `by` and `to` may say `any`. `author` is the text's own voice and cannot be defined.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demarche.inputs.cues import CueError, parse_cue
from demarche.inputs.yaml_forms import Form, nearest, read_form
from demarche.problems import ProblemList
from demarche.records import AUTHOR

KINDS = ("state", "organisation", "bloc", "person", "group")
ANY = "any"

_KEYS = ("title", "actors", "demands")
_FATES = ("replaced_by", "split_into", "retired")
_ACTOR_KEYS = ("name", "kind", "aliases", "of", "members", *_FATES)
_DEMAND_KEYS = (
    "label", "theme", "by", "to", "definition", "cues", "examples", "reference", *_FATES,
)  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KIND = re.compile(r"[a-z]+")
# An alias that opens so names several actors together, so several may have it ('both alliances').
_COLLECTIVE = ("both ", "the two ", "the three ", "the four ", "all ", "either ", "neither ")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What actors and demands have in common: an id that may go out of use, and then says how.

    `replaced_by`: renamed or merged, followed without asking. `split_into`: which of these is meant must be
    looked at again. `retired`: why nobody follows it any more.
    """

    replaced_by: str = ""
    split_into: tuple[str, ...] = ()
    retired: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the id is in use."""
        return not (self.replaced_by or self.split_into or self.retired)


@dataclass(frozen=True, kw_only=True)
class Actor(Entry):
    """Somebody who can hold a position. `of` names the party that a person speaks for."""

    actor_id: str
    name: str
    kind: str = "organisation"
    aliases: tuple[str, ...] = ()
    of: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Demand(Entry):
    """A proposition that somebody wants another party to bring about. `by` is a prior, never evidence."""

    demand_id: str
    label: str
    theme: str = ""
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    definition: str = ""
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """Actors and demands by id, in the order of the file; `sha256` is that of the file."""

    title: str
    actors: dict[str, Actor] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)
    sha256: str = ""

    def party(self, actor_id: str) -> str:
        """The party that an actor counts as: `of`, followed to its end; itself where there is none.

        >>> Codebook("", {"biden": Actor(actor_id="biden", name="Joe Biden", of="usa")}).party("biden")
        'usa'
        """
        return _follow(actor_id, {key: actor.of for key, actor in self.actors.items()})

    def current_actor(self, actor_id: str) -> str:
        """The id that stands for an actor today: `replaced_by`, followed to its end."""
        return _follow(actor_id, {key: actor.replaced_by for key, actor in self.actors.items()})

    def current_demand(self, demand_id: str) -> str:
        """The id that stands for a demand today: `replaced_by`, followed to its end."""
        return _follow(demand_id, {key: demand.replaced_by for key, demand in self.demands.items()})

    def fate(self, name: str) -> str:
        """What became of an id that cannot be followed: split or retired; empty where it is in use."""
        entry = self.demands.get(name) or self.actors.get(name)
        if entry and entry.split_into:
            return f"{name!r} was split into {', '.join(entry.split_into)}"
        return f"{name!r} was retired: {entry.retired}" if entry and entry.retired else ""

    def actor_name(self, actor_id: str) -> str:
        """The name to print for an actor's id."""
        if actor_id == AUTHOR:
            return "the text’s own voice"
        return self.actors[actor_id].name if actor_id in self.actors else actor_id

    def demand_label(self, demand_id: str) -> str:
        """The label to print for a demand's id."""
        return self.demands[demand_id].label if demand_id in self.demands else demand_id


def read_codebook(path: Path) -> Codebook:
    """Read a codebook; problems are reported all at once (InputError)."""
    problems = ProblemList()
    codebook = load_codebook(path, problems)
    problems.raise_if_any()
    return codebook


def load_codebook(path: Path, problems: ProblemList) -> Codebook:
    """The codebook as far as it can be read; every problem is noted."""
    form = read_form(path, problems)
    if form is None:
        return Codebook("")
    form.check_keys(_KEYS)
    actors = form.forms("actors", "actor")
    demands = form.forms("demands", "demand")
    for key in ("actors", "demands"):
        if key not in form or not form.nodes[key].value:
            form.note(f"{key} is {'empty' if key in form else 'missing'}", key=key)
    codebook = Codebook(
        form.required("title"),
        {key: _actor(key, entry) for key, entry in actors.items()},
        {key: _demand(key, entry) for key, entry in demands.items()},
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    _check_actors(codebook, actors)
    _check_demands(codebook, demands)
    return codebook


def _actor(actor_id: str, form: Form) -> Actor:
    form.check_keys(_ACTOR_KEYS)
    _check_id(actor_id, form)
    if actor_id in {AUTHOR, ANY}:
        meaning = "the text's own voice" if actor_id == AUTHOR else "nobody in particular"
        form.note(f"the id {actor_id!r} is reserved for {meaning}; choose another")
    return Actor(
        actor_id=actor_id,
        name=form.required("name") or actor_id,
        kind=_kind(form),
        aliases=form.texts("aliases"),
        of=form.text("of"),
        members=form.texts("members"),
        **_fate(form),
    )


def _demand(demand_id: str, form: Form) -> Demand:
    form.check_keys(_DEMAND_KEYS)
    _check_id(demand_id, form)
    gone = any(key in form for key in _FATES)
    definition = form.text("definition") if gone else form.required("definition")
    return Demand(
        demand_id=demand_id,
        label=form.required("label") or demand_id,
        theme=form.text("theme"),
        by=form.texts("by"),
        to=form.texts("to"),
        definition=definition,
        cues=_cues(form),
        examples=form.texts("examples"),
        reference=form.texts("reference"),
        **_fate(form),
    )


def _fate(form: Form) -> dict[str, Any]:
    """What became of an id that is out of use; one of the three."""
    said = [key for key in _FATES if key in form]
    if len(said) > 1:
        form.note(f"has {' and '.join(said)}; one of them says what became of it", key=said[1])
    return {
        "replaced_by": form.text("replaced_by"),
        "split_into": form.texts("split_into"),
        "retired": form.text("retired"),
    }


def _check_id(name: str, form: Form) -> None:
    if not _ID.fullmatch(name):
        form.note("the id is not lower-case words (a–z, 0–9) joined by hyphens")


def _kind(form: Form) -> str:
    kind = form.text("kind")
    if not kind:
        return Actor.kind
    near = difflib.get_close_matches(kind.lower(), ["person", "bloc"], 1, 0.8)
    if kind not in KINDS and (near or not _KIND.fullmatch(kind)):
        expected = (
            f"did you mean {near[0]!r}?" if near else f"expected {', '.join(KINDS)} or one lower-case word"
        )
        form.note(f"kind is {kind!r}; {expected}", key="kind")
    return kind


def _cues(form: Form) -> tuple[str, ...]:
    items = form.items("cues")
    for cue, line in items:
        try:
            parse_cue(cue)
        except CueError as error:
            form.note(f"cue {cue!r} {error}", line=line)
    return tuple(cue for cue, _ in items)


def _check_actors(codebook: Codebook, forms: Mapping[str, Form]) -> None:
    for key, form in forms.items():
        _check_ids(form, "of", codebook.actors)
        _check_ids(form, "members", codebook.actors)
        _check_ids(form, "replaced_by", codebook.actors)
        _check_ids(form, "split_into", codebook.actors)
        if key in codebook.actors[key].members:
            form.note("is among its own members", key="members")
    _check_circles({key: actor.of for key, actor in codebook.actors.items()}, "of", forms)
    _check_circles({key: actor.replaced_by for key, actor in codebook.actors.items()}, "replaced_by", forms)
    _check_aliases(codebook, forms)


def _check_demands(codebook: Codebook, forms: Mapping[str, Form]) -> None:
    for form in forms.values():
        _check_ids(form, "by", codebook.actors, ANY)
        _check_ids(form, "to", codebook.actors, ANY)
        _check_ids(form, "replaced_by", codebook.demands)
        _check_ids(form, "split_into", codebook.demands)
    _check_circles(
        {key: demand.replaced_by for key, demand in codebook.demands.items()}, "replaced_by", forms
    )


def _check_ids(form: Form, key: str, known: Mapping[str, object], *others: str) -> None:
    """Note each id at a key that is defined nowhere."""
    for item in form.lines_of(key):
        if item.text not in known and item.text not in others:
            form.note(
                f"{key} names {item.text!r}, which is not defined{nearest(item.text, known)}", line=item.line
            )


def _check_circles(links: Mapping[str, str], key: str, forms: Mapping[str, Form]) -> None:
    """Note each id that its own links lead back to."""
    for start in links:
        path, at = [start], links[start]
        while at and at not in path:
            path.append(at)
            at = links.get(at, "")
        if at == start:
            forms[start].note(f"{key} goes in a circle: {' → '.join([*path, start])}", key=key)


def _check_aliases(codebook: Codebook, forms: Mapping[str, Form]) -> None:
    """Note each alias that two actors share; collective ones ('both sides') may be shared."""
    owners: dict[str, str] = {}
    for key, actor in codebook.actors.items():
        if not actor.is_current:
            continue
        for alias, line in [*forms[key].lines_of("name"), *forms[key].lines_of("aliases")]:
            name = " ".join(alias.casefold().split())
            owner = owners.setdefault(name, key)
            if owner != key and not name.startswith(_COLLECTIVE):
                forms[key].note(f"alias {alias!r} is also one of actor {owner!r}", line=line)


def _follow(start: str, links: Mapping[str, str]) -> str:
    seen = set()
    while (after := links.get(start)) and start not in seen:
        seen.add(start)
        start = after
    return start

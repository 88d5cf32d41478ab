"""The command `demarche`: each command calls one function of the library and prints what it made."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from demarche import __version__
from demarche.problems import InputError
from demarche.readers import READERS

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


def _coder(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The name of a coder; empty where none was given, which is not the same as an empty one."""
    if value is not None and not value.strip():
        raise click.BadParameter(
            "is empty; give the name under which decisions are kept, or leave --coder out"
        )
    return (value or "").strip()


def _kinds(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """The kinds that are named, in their order, each once."""
    from demarche.kinds import check_kinds

    names = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    try:
        check_kinds(names)
    except InputError as error:
        raise click.BadParameter("; ".join(problem.message for problem in error.problems)) from error
    return names


class Commands(click.Group):
    """The commands, with one way to end: 0 done, 1 the input has problems, 2 wrong usage."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; problems of the input go to stderr, each on a line of its own."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(f"{len(error.problems)} problem(s); nothing was written.", err=True)
            ctx.exit(1)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}cannot be read or written: {error.strerror or error}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="demarche")
def main() -> None:
    """From a folder of texts about a negotiation to a sourced briefing."""


@main.command()
@click.argument("study", type=FOLDER)
@click.option("--corpus", type=FOLDER, help="Read these texts instead of the study's own.")
@click.option("--coding", type=FOLDER, help="Take the decisions from this folder instead of the study's own.")
@click.option("--out", type=FOLDER, help="Where the briefing goes.  [default: reports/<study>]")
@click.option("--formats", default="html,pdf", show_default=True, help="html, pdf, summary, docx, md.")
@click.option(
    "-p", "--parameter", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter."
)
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Notebooks run at once.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
def report(
    study: Path,
    corpus: Path | None,
    coding: Path | None,
    out: Path | None,
    formats: str,
    parameters: tuple[tuple[str, str], ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Build the briefing of a study: briefing.html, briefing.pdf, tables/ and the executed notebooks."""
    from demarche.report import make_report, report_folder
    from demarche.study import read_study

    _show_progress(quiet)
    wanted: dict[str, Any] = {"formats": _formats(formats), "parameters": _parameters(parameters)}
    chosen = read_study(study).with_inputs(corpus=corpus, coding=coding)
    made = make_report(chosen, out or report_folder(study, corpus=corpus), **wanted, jobs=jobs)
    if not quiet:
        for path in made:
            click.echo(path)


@main.command()
@click.argument("study", type=FOLDER, required=False)
@click.option("--corpus", type=FOLDER, help="A folder of texts, outside any study.")
@click.option("--codebook", type=FILE, help="The codebook to read them with.")
@click.option("--out", type=FOLDER, required=True, help="Where the tables go.")
def code(study: Path | None, corpus: Path | None, codebook: Path | None, out: Path) -> None:
    """Write the tables only, without notebooks: of a STUDY, or of --corpus with --codebook."""
    from demarche.material import read_material, read_proposals
    from demarche.remarks import unanswered_lines
    from demarche.study import read_study
    from demarche.tables import write_tables

    if study and not codebook:
        material = read_material(read_study(study).with_inputs(corpus=corpus, coding=None))
    elif corpus and codebook and not study:
        material = read_proposals(corpus, codebook)
    else:
        raise click.UsageError("give a STUDY, or --corpus DIR with --codebook FILE")
    for path in write_tables(material.tables, out):
        click.echo(path)
    _print(unanswered_lines(material.coding, material.proposals), err=True)


@main.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--from", "corpus", type=FOLDER, required=True, help="The folder of texts; it stays where it is."
)
def new(folder: Path, corpus: Path) -> None:
    """Begin a study in a new FOLDER: study.yaml, and a codebook drafted from the texts, to be rewritten."""
    from demarche.drafting.study_draft import draft_study

    for path in draft_study(folder, corpus):
        click.echo(path)
    click.echo(f"Now rewrite the codebook, then: demarche check {folder}; demarche report {folder}")


@main.command()
@click.argument("study", type=FOLDER)
def check(study: Path) -> None:
    """List everything that is wrong with a study, all at once, and what is worth knowing besides."""
    from demarche.corpus import repeat_lines, unread_files
    from demarche.proposals import propose
    from demarche.prose import counted
    from demarche.readers import reader_named
    from demarche.remarks import unanswered_lines
    from demarche.study import check_study, read_inputs, read_study

    if problems := check_study(study):
        raise InputError(problems)
    chosen = read_study(study)
    documents, codebook, coding = read_inputs(chosen)
    for path in unread_files(chosen.corpus):
        click.echo(f"{path}: not read, no kind of text")
    _print(repeat_lines(documents))
    for note in (*coding.moved, *coding.look_again):
        click.echo(str(note))
    if chosen.reader == "llm":
        reader = reader_named(chosen.reader, llm=chosen.llm, lexicon=chosen.lexicon)
        _print(unanswered_lines(coding, propose(documents, codebook, reader)))
    click.echo(
        f"{study}: nothing is wrong ({counted(len(documents), 'document')}, "
        f"{counted(len(codebook.actors), 'actor')}, {counted(len(codebook.demands), 'demand')}, "
        f"{counted(len(coding.rows), 'decided row')})"
    )


@main.command()
@click.argument("study", type=FOLDER)
@click.option("--document", "named", multiple=True, metavar="ID", help="Ask about this document only.")
@click.option("--all", "coded_too", is_flag=True, help="Ask about documents coded by hand as well.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent, and send nothing.")
@click.option("--yes", is_flag=True, help="Ask without waiting for a confirmation.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
@click.pass_context
def ask(
    ctx: click.Context,
    study: Path,
    named: tuple[str, ...],
    coded_too: bool,
    dry_run: bool,
    yes: bool,
    quiet: bool,
) -> None:
    """Ask a study's language model about its texts, and keep the answers in its folder llm-answers/."""
    from demarche.readers.llm import telling
    from demarche.readers.llm.asking import ask as ask_all
    from demarche.readers.llm.asking import plan
    from demarche.readers.llm.settings import settings_given
    from demarche.remarks import documents_to_ask
    from demarche.study import read_inputs, read_study

    chosen = read_study(study)
    settings = settings_given(chosen.llm)
    documents, codebook, coding = read_inputs(chosen)
    asked = plan(documents_to_ask(documents, coding, named=named, coded_too=coded_too), codebook, settings)
    if dry_run:
        _print(line for question in asked.to_ask for line in telling.prompt_lines(question))
    if not (quiet and yes):
        _print(telling.announcement(asked, settings), err=True)
    if dry_run or not asked.to_ask:
        return
    if not yes:
        click.confirm("Ask?", abort=True, err=True)
    tell = telling.teller(len(asked.to_ask), codebook, settings, None if quiet else click.echo)
    outcome = ask_all(asked.to_ask, settings, tell)
    _print(telling.outcome_lines(outcome, codebook, settings), err=not outcome.is_whole)
    ctx.exit(0 if outcome.is_whole else 1)


@main.command()
@click.argument("study", type=FOLDER)
@click.option("--gold", type=FOLDER, help="Score against these decisions instead of the study's own.")
@click.option("--corpus", type=FOLDER, help="Read these texts instead of the study's own.")
@click.option("--reader", type=click.Choice(READERS), help="Score this reader instead of the study's own.")
def score(study: Path, gold: Path | None, corpus: Path | None, reader: str | None) -> None:
    """Print how often the reader's proposals are right: precision, recall and F1 against what was decided."""
    from demarche.scoring.of_study import score_lines, score_study
    from demarche.study import read_study

    chosen = read_study(study).with_inputs(corpus=corpus, coding=gold)
    for line in score_lines(score_study(replace(chosen, reader=reader or chosen.reader))):
        click.echo(line)


@main.command()
@click.argument("study", type=FOLDER)
@click.option("--sheet", type=FILE, help="Write what there is to decide on to this file (.csv or .xlsx).")
@click.option("--apply", "answered", type=FILE, help="Take the answers out of this sheet.")
@click.option("--coder", callback=_coder, help="Who decides.  [default: the name you are logged in with]")
@click.option("--document", default="", help="Only this text, by its id.")
@click.option("--order", default="value", show_default=True, type=click.Choice(["value", "text"]))
@click.option(
    "--kinds",
    default="",
    callback=_kinds,
    metavar="NAME,…",
    help="Only these, one after the other: statements, events, figures, forecasts.",
)
@click.option("--alone", is_flag=True, help="Show nothing of what other coders decided.")
def review(
    study: Path,
    sheet: Path | None,
    answered: Path | None,
    coder: str,
    document: str,
    order: str,
    kinds: tuple[str, ...],
    alone: bool,
) -> None:
    """Decide on proposals with a sheet; without options, say what is left. (In Jupyter: demarche.review.)"""
    from demarche.reviewing.by_command import apply_answers, check_text, progress_lines, write_questions
    from demarche.reviewing.session import open_session

    session = open_session(study, coder, alone=alone)
    check_text(session, document)
    if answered:
        refused = apply_answers(session, answered, click.echo)
        for problem in refused:
            click.echo(str(problem), err=True)
    if sheet:
        click.echo(write_questions(session, sheet, order=order, doc_id=document, kinds=kinds))
    _print(progress_lines(session, doc_id=document, kinds=kinds))
    if answered and refused:
        sys.exit(1)


@main.command()
@click.argument("study", type=FOLDER)
@click.option("--differences", type=FILE, help="Write what the coders saw differently, with both versions.")
@click.option(
    "--settle", type=FOLDER, help="Write a settled coding into this folder; what differs is marked."
)
def agreement(study: Path, differences: Path | None, settle: Path | None) -> None:
    """Print how well the coders of a study agree, before their differences are settled."""
    import pandas as pd

    from demarche.agreement import agreement_lines, agreement_of_study, read_coders
    from demarche.layer_agreement import layer_agreement_of_study, layer_lines
    from demarche.reviewing.settling import write_settled

    result, layers = agreement_of_study(study), layer_agreement_of_study(study)
    _print(agreement_lines(result))
    _print(layer_lines(layers))
    if differences:
        both = [each.differences for each in (result, layers) if not each.differences.empty]
        (pd.concat(both) if both else result.differences).to_csv(
            differences, index=False, lineterminator="\n"
        )
        click.echo(differences)
    if settle:
        n_open = write_settled(read_coders(study)[1], settle)
        click.echo(f"{settle}: {n_open} row(s) still say ‘decide’ under decision: write accepted or rejected")


def _formats(text: str) -> tuple[str, ...]:
    from demarche.report import FORMATS

    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    if not chosen or set(chosen) - set(FORMATS):
        raise click.BadParameter(f"{text!r}: choose among {', '.join(FORMATS)}", param_hint="--formats")
    return chosen


def _parameters(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    names = [name for name, _ in pairs]
    if twice := {name for name in names if names.count(name) > 1}:
        raise click.BadParameter(f"set twice: {', '.join(sorted(twice))}", param_hint="-p")
    if inputs := {"study", "corpus", "coding"} & set(names):
        options = "STUDY, --corpus and --coding"
        raise click.BadParameter(f"{', '.join(sorted(inputs))}: given as {options}", param_hint="-p")
    return dict(pairs)


def _print(lines: Iterable[str], *, err: bool = False) -> None:
    for line in lines:
        click.echo(line, err=err)


def _show_progress(quiet: bool) -> None:
    progress = logging.getLogger("demarche")
    progress.addHandler(logging.StreamHandler(sys.stderr))
    progress.setLevel(logging.WARNING if quiet else logging.INFO)


if __name__ == "__main__":
    sys.exit(main())

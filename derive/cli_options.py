"""The commands about one problem, declared for typer; what they do is in `cli.py` and `cli_pages.py`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from derive import cli
from derive.cli_choices import (
    AnswerNamesOption, DetailOption, FormatOption, FormOption, JsonOption,
    LanguageOption, NamesOption, OutputOption, Shape, VerifyOption,
)  # fmt: skip
from derive.cli_screen import joined, write
from derive.version import VERSION

app = typer.Typer(name="derive", pretty_exceptions_enable=False, rich_markup_mode=None)
text_first = {"ignore_unknown_options": True}


def _version(asked: bool) -> None:
    if asked:
        print(f"derive {VERSION}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", callback=_version)] = False,
) -> None:
    """Derivatives with every step, explained and checked. `derive TEXT` is `derive solve TEXT`."""


@app.command(context_settings=text_first)
def solve(
    problem: Annotated[
        list[str], typer.Argument(metavar="PROBLEM", help="Such as 'd/dx x^2*sin(x)'; - reads standard input.")
    ],
    wrt: NamesOption = None,
    order: Annotated[int, typer.Option(metavar="N", min=1, help="Differentiate that many times.")] = 1,
    method: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="rules, definition, logarithmic, negative-power, exponential, expand-first or reverse."
        ),
    ] = "rules",
    at: Annotated[str | None, typer.Option(metavar="POINT", help="The value at a point: 2, or 'x = 1, y = 2'.")] = None,
    alternatives: Annotated[
        bool, typer.Option("--alternatives", help="Other methods that apply, with their steps.")
    ] = False,
    form: FormOption = "ready",
    format: FormatOption = None,
    detail: DetailOption = "standard",
    verify: VerifyOption = "quick",
    names: AnswerNamesOption = False,
    lang: LanguageOption = "en",
    output: OutputOption = None,
) -> None:
    """Solve a problem and explain every step."""
    raise typer.Exit(
        cli.solve(
            joined(problem),
            wrt=tuple(wrt or ()),
            order=order,
            method=method,
            at=at,
            alternatives=alternatives,
            form=form,
            format=format,
            detail=detail,
            verify=verify,
            names=names,
            language=lang,
            output=output,
        )
    )


@app.command(context_settings=text_first)
def simplify(
    expression: Annotated[
        list[str], typer.Argument(metavar="EXPRESSION", help="Such as '2x + 3x'; - reads standard input.")
    ],
    form: FormOption = "ready",
    format: FormatOption = None,
    detail: DetailOption = "standard",
    verify: VerifyOption = "quick",
    names: AnswerNamesOption = False,
    lang: LanguageOption = "en",
    output: OutputOption = None,
) -> None:
    """Bring an expression into the form that a book prints, step by step."""
    raise typer.Exit(
        cli.simplify(
            joined(expression),
            form=form,
            format=format,
            detail=detail,
            verify=verify,
            names=names,
            language=lang,
            output=output,
        )
    )


@app.command(context_settings=text_first)
def equal(
    a: Annotated[str, typer.Argument(metavar="A", help="An expression.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    given: Annotated[
        list[str] | None, typer.Option(metavar="RELATION", help="What holds: 'x > 0'; may be repeated.")
    ] = None,
    as_json: JsonOption = False,
    lang: LanguageOption = "en",
) -> None:
    """Say whether two expressions have the same value, and where not."""
    raise typer.Exit(cli.equal(a, b, given=given or [], as_json=as_json, language=lang))


@app.command(context_settings=text_first)
def check(
    problem: Annotated[str, typer.Argument(metavar="PROBLEM", help="A problem, or a claim by itself: 'df/ds = …'.")],
    answer: Annotated[
        list[str] | None,
        typer.Argument(metavar="ANSWER", help="An answer; several are the lines of a worked solution."),
    ] = None,
    form: Annotated[str | None, typer.Option(metavar="NAME", help="The form that is asked for: expanded, …")] = None,
    as_json: JsonOption = False,
    lang: LanguageOption = "en",
) -> None:
    """Say whether an answer is right, or which mistake is in it."""
    raise typer.Exit(cli.check(problem, answer or [], form=form, as_json=as_json, language=lang))


@app.command(context_settings=text_first)
def hint(
    problem: Annotated[str, typer.Argument(metavar="PROBLEM", help="Such as 'd/dx sin(3x)'.")],
    at: Annotated[str | None, typer.Option(metavar="LINE", help="Where you stand: a line on the way.")] = None,
    rungs: Annotated[int, typer.Option(metavar="N", min=0, help="How many hints; 0 for all, with the next line.")] = 1,
    as_json: JsonOption = False,
    lang: LanguageOption = "en",
) -> None:
    """Say where to look next, which rule to use, and so on, as far as you ask."""
    from derive.cli_tutor import hinted

    write(hinted(problem, at, rungs, lang, as_json))


@app.command()
def practice(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="Such as chain-rule or product-rule.")] = "chain-rule",
    difficulty: Annotated[int, typer.Option(metavar="N", help="From 1 to 5.")] = 2,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same exercises.")] = 1,
    count: Annotated[int, typer.Option(metavar="N", help="How many exercises.")] = 5,
    sheet: Annotated[
        Literal["markdown", "html", "latex"] | None, typer.Option(help="Print a worksheet instead.")
    ] = None,
    solutions: Annotated[Literal["none", "answers", "steps"], typer.Option(help="What the worksheet tells.")] = "none",
    as_json: Annotated[bool, typer.Option("--json", help="Print exercises, answers and distractors as JSON.")] = False,
    lang: LanguageOption = "en",
) -> None:
    """Ask exercises, check the answers, help."""
    raise typer.Exit(
        cli.practice(topic, difficulty, seed, count, sheet=sheet, solutions=solutions, as_json=as_json, language=lang)
    )


@app.command(context_settings=text_first)
def parse(
    expression: Annotated[
        list[str], typer.Argument(metavar="EXPRESSION", help="Or a whole problem; - reads standard input.")
    ],
    format: Annotated[Shape, typer.Option(help="Print this instead of the tree and the notes.")] = "page",
    lang: LanguageOption = "en",
) -> None:
    """Show how a text is read."""
    from derive.cli_pages import reading

    write(reading(joined(expression), format, lang))

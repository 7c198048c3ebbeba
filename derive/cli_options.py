"""The options and arguments of every command, declared for typer; what they do is in `cli.py` and `cli_pages.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from derive import cli
from derive.cli_screen import joined, write
from derive.version import VERSION

Format = Literal["text", "unicode", "latex", "markdown", "html", "json"]
Shape = Literal["page", "text", "unicode", "latex", "mathml", "json"]
Detail = Literal["answer", "brief", "standard", "full"]
Language = Literal["en", "ko"]
Verify = Literal["quick", "thorough", "off"]
Form = Literal["ready", "simplified", "expanded", "factored", "single-fraction", "as-derived"]

FormOption = Annotated[Form, typer.Option(help="What the result is brought into.")]
FormatOption = Annotated[Format | None, typer.Option(help="Print this instead of the page for the terminal.")]
DetailOption = Annotated[Detail, typer.Option(help="How much is shown.")]
VerifyOption = Annotated[Verify, typer.Option(help="How the result is checked.")]
LanguageOption = Annotated[Language, typer.Option(help="The language of what is said.")]
AnswerNamesOption = Annotated[
    bool, typer.Option("--names", help="Print the answer alone, with names for what comes again where that is shorter.")
]
OutputOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write to this file; its suffix names the format.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
NamesOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A variable to differentiate by; may be repeated.")
]

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


@app.command()
def graph(
    problem: Annotated[list[str], typer.Argument(metavar="PROBLEM", help="Such as 'df/dt where f(x, y), x(t), y(t)'.")],
    format: Annotated[Literal["text", "dot", "svg"], typer.Option(help="A tree, for Graphviz, or a drawing.")] = "text",
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Draw what depends on what in a chain rule."""
    from derive.explain.graph import dependence

    found = dependence(joined(problem))
    shapes = {"text": found.text, "dot": found.dot, "svg": found.svg}
    write(shapes[format](), output)


@app.command(context_settings=text_first)
def backprop(
    function: Annotated[
        list[str], typer.Argument(metavar="FUNCTION", help="Such as 'x*y + sin(x)'; - reads standard input.")
    ],
    at: Annotated[str, typer.Option(metavar="POINT", help="A value for every letter: 'x = 1, y = pi/4'.")],
    wrt: NamesOption = None,
    format: Annotated[
        Literal["text", "markdown", "latex", "html", "json", "svg"] | None,
        typer.Option(help="Tables in this format, or a drawing."),
    ] = None,
    digits: Annotated[int, typer.Option(metavar="N", min=1, help="Digits of values that are not exact.")] = 8,
    verify: Annotated[Verify, typer.Option(help="How the gradient is checked.")] = "quick",
    lang: LanguageOption = "en",
    output: OutputOption = None,
) -> None:
    """Show backpropagation with numbers: values forward, adjoints back."""
    raise typer.Exit(
        cli.backprop(
            joined(function),
            at,
            wrt=tuple(wrt or ()),
            format=format,
            digits=digits,
            verify=verify,
            language=lang,
            output=output,
        )
    )


@app.command()
def rules(
    rule: Annotated[str | None, typer.Argument(metavar="ID", help="A rule's id, or how it begins.")] = None,
    lang: LanguageOption = "en",
) -> None:
    """List the rules, or explain one."""
    from derive.cli_pages import rules as page

    write(page(rule, lang))


@app.command(context_settings=text_first)
def certify(
    problem: Annotated[
        list[str],
        typer.Argument(metavar="PROBLEM", help="Such as 'd/dx x^2*sin(x)'; - reads standard input, a problem a line."),
    ],
    check: Annotated[bool, typer.Option("--check", help="Let Coq check it, and say what came of it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print certificate and verdict as JSON.")] = False,
    lang: LanguageOption = "en",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.v", help="Write the certificate to this file.")
    ] = None,
) -> None:
    """Write a proof in Coq that the derivation is right, a lemma a step."""
    from derive.cli_certify import certify as certified

    raise typer.Exit(certified(joined(problem), checking=check, output=output, language=lang, as_json=as_json))


@app.command()
def audit(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", exists=True, dir_okay=False, help="JSON Lines: a problem, or input and wrt."),
    ],
    every: Annotated[int, typer.Option(metavar="N", min=1, help="Look at every n-th record only.")] = 1,
) -> None:
    """Derive a set of problems, and count what is wrong with the derivations."""
    raise typer.Exit(cli.audit(files, every))


@app.command()
def batch(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON Lines, a problem each; - reads standard input.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, max=256, help="Processes that work.")] = 1,
    detail: Annotated[Detail, typer.Option(help="How much, where a line does not say.")] = "standard",
    lang: Annotated[Language, typer.Option(help="The language, where a line does not say.")] = "en",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Solve many problems, a line of JSON each; one error never spoils the others."""
    from derive.cli_batch import batch as answered

    chosen = None if file == "-" else Path(file)
    raise typer.Exit(answered(chosen, jobs=jobs, output=output, detail=detail, language=lang))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(metavar="HOST", help="Where to listen (DERIVE_HOST, 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(metavar="PORT", min=0, help="The port (DERIVE_PORT, 8000).")] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Worker processes (DERIVE_WORKERS, 2).")
    ] = None,
) -> None:
    """Serve the JSON API and its page; every limit is a DERIVE_… variable."""
    raise typer.Exit(cli.serve(host, port, workers))

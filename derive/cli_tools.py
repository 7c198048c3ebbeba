"""The other commands, declared for typer: drawings, backpropagation, rules, certificates, sets of problems, serving."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from derive import cli
from derive.cli_choices import (
    Detail, Language, LanguageOption, NamesOption, OutputOption, Verify,
)  # fmt: skip
from derive.cli_options import app, text_first
from derive.cli_screen import joined, write

__all__ = ["app"]


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

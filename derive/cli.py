"""The command line: reads arguments, calls the library, prints; no mathematics and no words of its own.

Exit status: 0 done, 1 stuck or wrong, 2 unreadable input or usage, 3 a limit was hit. What went wrong goes to standard
error, everything else to standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

DONE, STUCK, UNREADABLE, LIMIT, INTERRUPTED = 0, 1, 2, 3, 130
OUTCOMES = {"done": DONE, "stuck": STUCK, "budget": LIMIT}
SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".tex": "latex", ".json": "json", ".txt": "unicode"}

# Commands that take mathematics, which may begin with "-", so that typer lets unknown options pass; with their options.
TAKES_TEXT = {
    "solve": ("--wrt", "--order", "--method", "--format", "--detail", "--lang", "--output", "--help"),
    "parse": ("--format", "--lang", "--help"),
}
COMMANDS = (*TAKES_TEXT, "rules")
ABOUT = ("--help", "--version", "--install-completion", "--show-completion")

Format = Literal["text", "unicode", "latex", "markdown", "html", "json"]
Shape = Literal["page", "text", "unicode", "latex", "mathml", "json"]
Detail = Literal["answer", "brief", "standard", "full"]
Language = Literal["en", "ko"]

app = typer.Typer(name="derive", pretty_exceptions_enable=False, rich_markup_mode=None)
text_first = {"ignore_unknown_options": True}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and answer its exit status; `arguments` as after the program's name."""
    if arguments is None:
        arguments = sys.argv[1:]
        _leave_quietly_when_the_reader_has_left()
    try:
        result = app(with_command(arguments), prog_name="derive", standalone_mode=False)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as request:  # shell completion ends that way
        return request.code if isinstance(request.code, int) else STUCK
    except Exception as error:  # noqa: BLE001 - the last frontier: a message and a status, never a traceback
        return failed(error)
    return result if isinstance(result, int) else DONE


def with_command(arguments: list[str]) -> list[str]:
    """`["x^2"]  →  ["solve", "x^2"]`, nothing at all asks for help; UsageError for a misspelt option."""
    if not arguments or arguments[0] in ("-h", "help"):
        return ["--help"]
    if arguments[0] in ABOUT:
        return arguments
    if arguments[0] not in COMMANDS:
        arguments = ["solve", *arguments]
    known = TAKES_TEXT.get(arguments[0], ())
    for word in arguments if known else ():
        if word == "--":
            break
        name = word.partition("=")[0]
        if name not in known and name[:2] == "--" and len(name) > 3 and name[2:].replace("-", "").isalpha():
            raise _no_such_option(name, known)
    return arguments


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=lambda yes: _version(yes))
    ] = False,
) -> None:
    """Derivatives with every step, explained and checked. `derive TEXT` is `derive solve TEXT`."""


@app.command(context_settings=text_first)
def solve(
    problem: Annotated[
        list[str], typer.Argument(metavar="PROBLEM", help="Such as 'd/dx x^2*sin(x)'; - reads standard input.")
    ],
    wrt: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Differentiate by this variable; may be repeated.")
    ] = None,
    order: Annotated[int | None, typer.Option(metavar="N", min=1, help="Differentiate that many times.")] = None,
    method: Annotated[str | None, typer.Option(metavar="NAME", help="Such as 'definition'.")] = None,
    format: Annotated[Format | None, typer.Option(help="Print this instead of the page for the terminal.")] = None,
    detail: Annotated[Detail, typer.Option(help="How much is shown.")] = "standard",
    lang: Annotated[Language, typer.Option(help="The language of the explanation.")] = "en",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to this file; its suffix names the format.")
    ] = None,
) -> None:
    """Solve a problem and explain every step."""
    import derive

    asked: dict[str, Any] = {"wrt": tuple(wrt or ()), "order": order, "method": method}
    derivation = derive.solve(joined(problem), **{name: value for name, value in asked.items() if value})
    kind = format or (SUFFIXES.get(output.suffix.lower(), "text") if output else None)
    if kind is not None:
        write(derivation.render(kind, detail=detail, language=lang), output)
    else:
        from derive.explain.terminal import show

        show(derivation, detail=detail, language=lang)
    raise typer.Exit(OUTCOMES[str(derivation.outcome)])


@app.command(context_settings=text_first)
def parse(
    expression: Annotated[
        list[str], typer.Argument(metavar="EXPRESSION", help="Or a whole problem; - reads standard input.")
    ],
    format: Annotated[Shape, typer.Option(help="Print this instead of the tree and the notes.")] = "page",
    lang: Annotated[Language, typer.Option(help="The language of the notes.")] = "en",
) -> None:
    """Show how a text is read."""
    from derive.cli_pages import reading

    write(reading(joined(expression), format, lang))


@app.command()
def rules(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="A rule's id, or how it begins.")] = None,
    lang: Annotated[Language, typer.Option(help="The language of the explanation.")] = "en",
) -> None:
    """List the rules, or explain one."""
    from derive.cli_pages import rules as page

    write(page(rule, lang))


def joined(words: list[str]) -> str:
    """The words as one text; `-` alone is standard input."""
    if words == ["-"]:
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    return " ".join(words)


def write(text: str, output: Path | None = None) -> None:
    """To the file, or to standard output, with a newline at its end."""
    text = text if text.endswith("\n") else text + "\n"
    if output is not None:
        output.write_text(text, encoding="utf-8")
        return
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:  # a terminal that knows no UTF-8 shows what it can
        sys.stdout.write(text.encode(sys.stdout.encoding, errors="replace").decode(sys.stdout.encoding))


def failed(error: Exception) -> int:
    """Say on standard error what went wrong; the exit status that belongs to it."""
    from derive.errors import DeriveError, LimitError, ReadError

    match error:
        case ReadError() if error.text:
            caret = "\n".join(f"  {line}" for line in error.caret().splitlines())
            return complain(f"{error}\n{caret}", UNREADABLE)
        case LimitError():
            return complain(str(error), LIMIT)
        case MemoryError() | RecursionError():
            return complain("there is not enough memory for this", LIMIT)
        case DeriveError():
            return complain(str(error), UNREADABLE)
        case typer.TyperException():  # a wrong option or argument
            return complain(f"{error.format_message()} (derive --help lists what there is)", UNREADABLE)
        case OSError():
            what = error.strerror or str(error)
            return complain(f"{error.filename}: {what}" if error.filename else what, UNREADABLE)
        case _:
            return complain(f"an error of ours, please report it: {type(error).__name__}: {error}", STUCK)


def complain(message: str, status: int) -> int:
    """`message` to standard error, under the program's name; `status`."""
    try:
        print(f"derive: {message}", file=sys.stderr)
    except UnicodeEncodeError:
        print(f"derive: {message!a}", file=sys.stderr)
    return status


def _no_such_option(name: str, known: tuple[str, ...]) -> Exception:
    from difflib import get_close_matches

    from derive.errors import UsageError

    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "an expression that begins like that goes after --"
    return UsageError(f"no such option: {name}; {hint}")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"derive {version('derive-steps')}")
        except PackageNotFoundError:
            print("derive (run from a checkout, not installed)")
        raise typer.Exit


def _leave_quietly_when_the_reader_has_left() -> None:
    """`derive … | head -1` ends as other Unix commands do."""
    import signal

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)

"""Which command is meant: `derive TEXT` is `derive solve TEXT`, and a text may begin with a minus sign."""

from __future__ import annotations

# Commands whose text may begin with "-", so that typer has to let unknown options pass; with the options they know.
TAKES_TEXT = {
    "solve": (
        "--wrt",
        "--order",
        "--method",
        "--at",
        "--alternatives",
        "--form",
        "--format",
        "--detail",
        "--verify",
        "--names",
        "--lang",
        "--output",
        "--help",
    ),
    "simplify": ("--form", "--format", "--detail", "--verify", "--names", "--lang", "--output", "--help"),
    "equal": ("--given", "--json", "--lang", "--help"),
    "check": ("--form", "--json", "--lang", "--help"),
    "hint": ("--at", "--rungs", "--json", "--lang", "--help"),
    "backprop": ("--at", "--wrt", "--format", "--digits", "--verify", "--lang", "--output", "--help"),
    "parse": ("--format", "--lang", "--help"),
    "certify": ("--check", "--json", "--lang", "--output", "--help"),
}
COMMANDS = (*TAKES_TEXT, "audit", "batch", "graph", "practice", "rules", "serve")
ABOUT = ("--help", "--version", "--install-completion", "--show-completion")


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


def _no_such_option(name: str, known: tuple[str, ...]) -> Exception:
    from difflib import get_close_matches

    from derive.errors import UsageError

    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "an expression that begins like that goes after --"
    return UsageError(f"no such option: {name}; {hint}")

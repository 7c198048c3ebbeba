"""The command line: arguments to the library, its answer to the screen; no mathematics and no words of its own.

Exit status: 0 done, 1 stuck or wrong, 2 unreadable input or usage, 3 a limit was hit. What went wrong goes to standard
error, everything else to standard output. Options are declared in `cli_options.py` and `cli_tools.py`, loaded only
where there are any: `derive "d/dx x^2"` needs no option parser.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from derive.cli_arguments import COMMANDS, with_command
from derive.cli_screen import DONE, INTERRUPTED, LIMIT, STUCK, failed, joined, write

if TYPE_CHECKING:
    from derive.numeric import Verify
    from derive.trace import Derivation, Detail

OUTCOMES = {"done": DONE, "stuck": STUCK, "unsound": STUCK, "budget": LIMIT}
SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".tex": "latex", ".json": "json", ".txt": "unicode"}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and answer its exit status; `arguments` as after the program's name."""
    if arguments is None:
        arguments = sys.argv[1:]
        _as_a_program()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as request:  # shell completion ends that way
        return request.code if isinstance(request.code, int) else STUCK
    except Exception as error:  # noqa: BLE001 - the last frontier: a message and a status, never a traceback
        return failed(error)
    return status


def _run(arguments: list[str]) -> int:
    plain = arguments and arguments[0] not in (*COMMANDS, "-h", "help")
    if plain and not any(word.startswith("--") for word in arguments) and "_DERIVE_COMPLETE" not in os.environ:
        return solve(joined(arguments))
    if len(arguments) > 1 and arguments[0] == "simplify" and not any(word.startswith("--") for word in arguments):
        return simplify(joined(arguments[1:]))
    from derive.cli_tools import app

    result = app(with_command(arguments), prog_name="derive", standalone_mode=False)
    return result if isinstance(result, int) else DONE


def solve(
    text: str,
    *,
    wrt: tuple[str, ...] = (),
    order: int = 1,
    method: str = "rules",
    at: str | None = None,
    alternatives: bool = False,
    form: str = "ready",
    format: str | None = None,
    detail: Detail = "standard",
    verify: Verify = "quick",
    names: bool = False,
    language: str = "en",
    output: Path | None = None,
) -> int:
    """Solve the problem and show the derivation, on the terminal's page unless a format is asked; the exit status."""
    import derive

    derivation = derive.solve(
        text, wrt=wrt, order=order, method=method, at=at, alternatives=alternatives, form=form, verify=verify
    )
    return told(derivation, format, detail, language, output, names=names)


def simplify(
    text: str,
    *,
    form: str = "ready",
    format: str | None = None,
    detail: Detail = "standard",
    verify: Verify = "quick",
    names: bool = False,
    language: str = "en",
    output: Path | None = None,
) -> int:
    """Simplify an expression and show how, as `solve` shows it; the exit status."""
    import derive

    return told(derive.simplify(text, form=form, verify=verify), format, detail, language, output, names=names)


def equal(a: str, b: str, *, given: list[str], as_json: bool = False, language: str = "en") -> int:
    """Say whether two expressions have the same value, and how that is known; the exit status."""
    import derive

    found = derive.equivalent(a, b, given=given)
    write(found.model_dump_json(indent=2) if as_json else found.message(language))
    return DONE if found else STUCK


def told(
    derivation: Derivation, format: str | None, detail: Detail, language: str, output: Path | None, *,
    names: bool = False,
) -> int:  # fmt: skip
    """The derivation, on the terminal's page unless a format is asked or named by the file; the exit status.

    names  the answer alone, if there is one, with names for the parts that come again
    """
    kind = format or (SUFFIXES.get(output.suffix.lower(), "text") if output else None)
    if names and derivation.outcome == "done":
        write(_with_names(derivation, kind or "text"), output)
    elif kind is not None:
        write(derivation.render(kind, detail=detail, language=language), output)
    else:
        from derive.explain.terminal import show

        show(derivation, detail=detail, language=language)
    return OUTCOMES[str(derivation.outcome)]


def _with_names(derivation: Derivation, kind: str) -> str:
    """let t_1 = sin(x^2), a line each, then the answer in terms of these."""
    from derive.errors import UsageError
    from derive.notation import named

    found = named(derivation.result)
    match kind:
        case "text":
            return found.text()
        case "unicode":
            return found.unicode()
        case "latex":
            return found.latex()
        case _:
            raise UsageError(f"an answer with names is written as text, unicode or latex, not as {kind}")


def check(
    problem: str, answers: list[str], *, form: str | None = None, as_json: bool = False, language: str = "en"
) -> int:
    """Say whether an answer, or every line of a worked solution, is right, and where not; the exit status.

    A claim about a chain rule is compared term by term; one without a problem says itself what it is about.
    """
    from derive.cli_tutor import checked

    if not answers:
        from derive.explain.inline import one_line
        from derive.tutor import check_chain

        found = check_chain(problem)
        write("\n".join([one_line(message) for message in found.messages(language)]))
        return DONE if found.correct else STUCK
    said, right = checked(problem, answers, form, language, as_json)
    write(said)
    return DONE if right else STUCK


def practice(
    topic: str,
    difficulty: int,
    seed: int,
    count: int,
    *,
    sheet: str | None,
    solutions: str,
    as_json: bool,
    language: str,
) -> int:
    """Exercises: asked on the terminal, printed as a worksheet or as JSON; the exit status."""
    from derive import cli_tutor

    if as_json:
        write(cli_tutor.exercises_as_json(topic, difficulty, seed, count))
    elif sheet is not None:
        from derive.tutor.practice import practice as exercises
        from derive.tutor.practice.worksheet import worksheet

        made = exercises(topic, difficulty, seed, count)
        write(worksheet(made, sheet, solutions=solutions, language=language))  # type: ignore[arg-type]
    else:
        cli_tutor.practise(topic, difficulty, seed, count, language)
    return DONE


def audit(files: list[Path], every: int) -> int:
    """Derive every problem of files of JSON Lines, and count what is wrong with the derivations; the exit status."""
    from derive.audit.report import audit as audited

    clean = True
    for file in files:
        report = audited(file, every=every)
        write("\n".join(report.lines()))
        clean = clean and report.clean
    return DONE if clean else STUCK


def serve(host: str | None, port: int | None, workers: int | None) -> int:
    """The JSON API and its page, until a signal stops it; what is not given is taken from the environment."""
    from derive.errors import UsageError
    from derive.service import forking
    from derive.service.settings import Settings

    settings = Settings.from_environment(host=host, port=port, workers=workers)
    forking.begin()
    try:
        from derive.service.server import run
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.startswith("derive"):
            raise
        raise UsageError(f"the server needs {missing.name}: pip install 'derive-steps[server]'") from None
    write(f"derive serves http://{settings.host}:{settings.port}/")
    sys.stdout.flush()
    run(settings)
    return DONE


def backprop(
    text: str,
    at: str,
    *,
    wrt: tuple[str, ...] = (),
    format: str | None = None,
    digits: int = 8,
    verify: Verify = "quick",
    names: bool = False,
    language: str = "en",
    output: Path | None = None,
) -> int:
    """Work out the gradient at a point, forward and back, with every number; the exit status."""
    import derive

    found = derive.backprop(text, wrt, at=at, digits=digits, verify=verify)
    named = {**SUFFIXES, ".txt": "text", ".svg": "svg"}.get(output.suffix.lower(), "text") if output else "text"
    kind = format or named
    write(found.svg(language) if kind == "svg" else found.render(kind, language=language), output)
    return DONE


def _as_a_program() -> None:
    """What suits a process that answers one question: a quick start, and a quiet end in `derive … | head -1`."""
    import gc
    import signal

    gc.disable()  # a derivation makes no cycles worth looking for; a tenth of the time of a short one
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes 20 ms
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)

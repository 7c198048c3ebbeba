"""What is shown: messages with all their slots, LaTeX that compiles and reads back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from derive.errors import DeriveError
from derive.expressions import Expression
from derive.explain import requirements, words
from derive.explain.catalog import LANGUAGES, Segments
from derive.notation import latex, parse
from derive.trace import Derivation, Step

LARGEST = 20_000  # characters of LaTeX that are read back


def word_defects(d: Derivation) -> Iterator[tuple[int | None, str]]:
    """A message that is missing, empty, or has a slot left open, in any language."""
    for language in LANGUAGES:
        for step in d.steps:
            for about, message in (("name", words.name(step.rule, language)), *_said(step, language)):
                fault = _fault(message)
                if fault:
                    yield step.index, f"{language}: {step.rule}.{about}: {fault}"
        for c in d.conditions:
            fault = _fault(requirements.because(c, language))
            if fault:
                yield None, f"{language}: condition {c}: {fault}"


def _said(step: Step, language: str) -> Iterator[tuple[str, Segments | str]]:
    """(which message, the message or what is wrong with it)."""
    for about, said in (
        ("what", lambda: [words.what(step, language, (step.cites or 0) + 1)]),
        ("why", lambda: [words.why(step, language)]),
        ("hints", lambda: words.hints(step, language)),
    ):
        try:
            for message in said():
                yield about, message
        except KeyError as missing:
            yield about, str(missing)


def _fault(message: Segments | str) -> str:
    """What is wrong with a message, or nothing."""
    if isinstance(message, str):
        return message
    if not message:
        return "nothing is said"
    for part in message:
        if isinstance(part.content, str) and ("{" in part.content or "}" in part.content):
            return f"an open slot in {part.content!r}"
    return ""


def latex_defects(d: Derivation) -> Iterator[tuple[int | None, str]]:
    """Every state as LaTeX: it compiles (where math-core is installed), and reads back as the same tree."""
    compiles = _compiler()
    names = _names(d)
    for k, state in enumerate(d.states):
        source = latex(state)
        if len(source) > LARGEST:
            continue
        try:
            again: Expression | None = parse(source, names=names)
        except DeriveError as error:
            yield k - 1, f"LaTeX cannot be read back: {error}: {source[:120]}"
            return
        if again != state:
            yield k - 1, f"LaTeX of {state} reads back as {again}"
            return
        if compiles is not None and not compiles(source):
            yield k - 1, f"LaTeX does not compile: {source[:120]}"
            return


def _names(d: Derivation) -> list[str]:
    from derive.expressions import symbols

    return [n for n in symbols(d.problem) if len(n) > 1]


@cache
def _compiler() -> Callable[[str], bool] | None:
    try:
        import math_core
    except ModuleNotFoundError:
        return None
    made = math_core.LatexToMathML()

    def compiles(source: str) -> bool:
        try:
            return bool(made.convert_with_local_state(source, displaystyle=True))
        except Exception:  # noqa: BLE001 - whatever it says, it does not compile
            return False

    return compiles

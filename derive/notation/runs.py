"""Runs of letters in a text: functions, constants, products of letters, operators, the words of problems."""

from __future__ import annotations

import re

from derive.expressions import OPERATORS, Constant, Number, Symbol, make
from derive.notation.lexed import Lexed, binder, differential, number, tex
from derive.notation.letters import GREEK
from derive.notation.names import GREEK_LETTERS, WORDS, parts, suggestion
from derive.notation.operators import MAX_DEPTH, MAX_OPERATOR, operator_at

LONGEST_PRODUCT = 5  # letters in a run; in the collected textbooks products have at most three

_SUBSCRIPTED = re.compile(r"_\{[ ]*([A-Za-z0-9]+)[ ]*\}|_([A-Za-z0-9]+)|([0-9]+)")
_LOG_BASE = re.compile(r"_([0-9]+|[A-Za-z](?![A-Za-z]))|([0-9]+)(?=\s*\()")


def letters(lexed: Lexed, text: str, match: re.Match[str]) -> int:
    """Adds the names in a run of letters, with the subscript of the last one; returns where it ends."""
    at, end = match.span()
    run = match[0]
    if len(run) > 3 and run in OPERATORS and _is_operator_call(lexed, text, run, end):
        lexed.add("FUNCTION", run, at, end)
        return end
    if lexed.problem and (len(run) > 1 or run == "w") and not text.startswith("Derivative(", at):
        stop = phrase(lexed, text, at)
        if stop:
            return stop
    if run[0] == "d" or run == "D":
        stop = operator_at(lexed, text, at, run)
        if stop:
            return stop
    if run in _BINDERS and run not in lexed.names:
        return _binder(lexed, text, run, at, end)
    if lexed.integrals and "d" in run and run not in lexed.names:
        stop = _differential(lexed, text, match)
        if stop:
            return stop
    if run == "lim":
        lexed.add("LIMIT", None, at, end)
        return end
    following = text[end : end + 1]
    if run in lexed.names or len(run) == 1:
        found = parts(run, lexed.names, lexed.latex)
    elif run in ("at", "piecewise", "diff", "Derivative") and following == "(":
        lexed.add("FUNCTION", "diff" if run == "Derivative" else run, at, end)
        return end
    elif run == "mod" and following != "(":
        lexed.add("MOD", None, at, end)
        return end
    elif run in ("atan", "arctan") and following == "2" and text[end + 1 : end + 2] == "(":
        lexed.add("FUNCTION", "atan2", at, end + 1)
        return end + 1
    else:
        found = parts(run, lexed.names, lexed.latex)
        if len(found) > 1:
            if not lexed.latex and not any(kind == "function" for kind, _, _ in found):
                lexed.notes.append(("letters", at, end, "*".join(name for _, name, _ in found)))
            _refuse_words(lexed, run, at, following)
    for kind, name, length in found[:-1]:
        _add_part(lexed, kind, name, at, at + length)
        at += length
    kind, name, _ = found[-1]
    if lexed.latex and kind != "function":
        if following and following in "_ " and not _is_upper_limit(lexed):
            full, stop = _tex_subscript(text, name, end)
            if stop > end:
                lexed.add("NAME", lexed.leaf(Symbol, full), at, stop)
                return stop
    elif following and following in "_0123456789":
        return _with_subscript(lexed, text, kind, name, at, end)
    if name in ("gamma", "Gamma") and following == "(" and name not in lexed.names:
        kind, name = "function", "gamma"
    _add_part(lexed, kind, name, at, end)
    return end


def _binder(lexed: Lexed, text: str, run: str, at: int, end: int) -> int:
    """int_0^x …, sum_(k=1)^n …; integral(u, t, a, b) and sum(u, k, a, b) are calls."""
    if text[end : end + 1] == "(" and _has_comma(text, end):
        lexed.add("FUNCTION", _BINDERS[run], at, end)
        return end
    return binder(lexed, "SUMMATION" if _BINDERS[run] == "sum" else "INTEGRAL", at, end)


def _differential(lexed: Lexed, text: str, match: re.Match[str]) -> int | None:
    """Where the differential of an open integral ends, if one is there: dt, d t, dtheta, d\\theta, the dt of xdt."""
    at, end = match.span()
    found = _RUNNING.match(text, at)
    if found is None or (found[2] is None and found.end(3) < end):
        return None
    if found[1]:
        if parts(match[0], lexed.names, lexed.latex)[0][2] == len(match[0]):
            return None  # a known name that ends so
        return letters(lexed, text, re.compile("[A-Za-z]+").match(text, at, at + len(found[1])))  # type: ignore[arg-type]
    name, stop = found[2] or found[3], found.end()
    if lexed.latex:
        name, stop = _tex_subscript(text, name, stop)
    else:
        subscript = _SUBSCRIPTED.match(text, stop)
        if subscript:
            name, stop = f"{name}_{subscript[1] or subscript[2] or subscript[3]}", subscript.end()
    if name in GREEK_LETTERS:
        name = GREEK_LETTERS[name]
    return differential(lexed, name, at, stop)


_BINDERS = {"int": "integral", "integral": "integral", "integrate": "integral", "sum": "sum"}
_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_RUNNING = re.compile(
    rf"([A-Za-z]*?)d(?:\s*+\\({_GREEK})(?![A-Za-z])|\s*+({_GREEK}|[A-Za-z\u03b1-\u03c9])(?![A-Za-z]))"
)


def _is_upper_limit(lexed: Lexed) -> bool:
    """Whether what comes now stands above an integral or a sum, so that a mark below it is not its subscript."""
    tokens = lexed.tokens
    return len(tokens) > 1 and tokens[-1].kind == "CARET" and tokens[-2].kind in ("INTEGRAL", "SUMMATION")


def _has_comma(text: str, end: int) -> bool:
    """Whether a comma stands in the bracket that opens at `end`, outside of brackets in it."""
    depth = 0
    for mark in re.compile(r"[][(){},]").finditer(text, end, end + MAX_OPERATOR):
        if mark[0] == "," and depth == 1:
            return True
        depth += {"(": 1, "[": 1, "{": 1, ",": 0}.get(mark[0], -1)
        if depth == 0 or depth > MAX_DEPTH:
            break
    return False


def _is_operator_call(lexed: Lexed, text: str, run: str, end: int) -> bool:
    """Whether `gradient(f, x, y)` stands there; in a problem, `gradient (f)` is the word and its operand."""
    from derive.notation import phrases

    if run in lexed.names or not text.startswith("(", end):
        return False
    return not lexed.problem or run not in phrases.STARTS or _has_comma(text, end)


def phrase(lexed: Lexed, text: str, at: int) -> int | None:
    """The end of the words of a problem that stand at `at`, added as a token."""
    from derive.notation import phrases

    word = re.compile("[A-Za-z]+|[0-9]+").match(text, at)
    if word and word[0] not in lexed.names and (word[0].lower() in phrases.STARTS or word[0].isdigit()):
        return phrases.phrase(lexed, text, at)
    return None


def _tex_subscript(text: str, name: str, end: int) -> tuple[str, int]:
    full, stop = tex().with_subscript(text, name, end)
    return str(full), int(stop)


def _add_part(lexed: Lexed, kind: str, name: str, at: int, end: int) -> None:
    if kind == "symbol":
        lexed.add("NAME", lexed.leaf(Symbol, name), at, end)
    elif kind == "function":
        add_function(lexed, name, at, end)
    else:
        lexed.add("ATOM", lexed.leaf(Constant, name), at, end)


def add_function(lexed: Lexed, name: str, at: int, end: int) -> None:
    """Adds the function `name`; `lg` is the logarithm to the base 10, as ISO 80000-2 has it."""
    if name != "lg":
        lexed.add("FUNCTION", name, at, end)
        return
    lexed.add("FUNCTION", "log", at, end)
    lexed.add("SUB", None, end, end)
    lexed.add("ATOM", lexed.leaf(Number, 10), end, end)
    lexed.notes.append(("decimal-log", at, end))


def _with_subscript(lexed: Lexed, text: str, kind: str, name: str, at: int, end: int) -> int:
    if kind == "function":
        if name == "ln":
            base = _LOG_BASE.match(text, end)
            if base:
                lexed.add("FUNCTION", "log", at, end)
                lexed.add("SUB", None, end, end + 1)
                digits = base[1] or base[2]
                value = number(lexed, digits, end) if digits.isdigit() else make(Symbol, (), digits)
                if digits == "e":
                    value = make(Constant, (), "e")
                lexed.add("ATOM", value, end, base.end())
                return base.end()
        _add_part(lexed, kind, name, at, end)
        return end
    subscript = _SUBSCRIPTED.match(text, end)
    if subscript is None or (kind == "constant" and name != "e" and subscript[3]):
        _add_part(lexed, kind, name, at, end)
        return end
    label = subscript[1] or subscript[2] or subscript[3]
    lexed.add("NAME", lexed.leaf(Symbol, f"{name}_{label}"), at, subscript.end())
    return subscript.end()


def _refuse_words(lexed: Lexed, run: str, at: int, following: str) -> None:
    """ReadError for a run that nobody means as a product of letters."""
    if run in WORDS and not lexed.latex:
        raise lexed.error(f"{_shown(run)} is not a name known here", at, _products(run))
    if len(run) >= 3 and following == "(" and "function" not in [kind for kind, _, _ in parts(run, lexed.names)[-1:]]:
        close = suggestion(run)
        hint = f"did you mean {close}?" if close else _products(run)
        raise lexed.error(f"{_shown(run)} is not a function known here", at, hint)
    if len(run) >= 4 and not any(kind == "function" for kind, _, _ in parts(run, lexed.names)):
        close = suggestion(run)
        if close and len(close) > 2:
            raise lexed.error(f"{_shown(run)} is not a name known here", at, f"did you mean {close}?")
        if len(run) >= LONGEST_PRODUCT and not lexed.latex:
            raise lexed.error(f"{_shown(run)} is not a name known here", at, _products(run))


def _shown(run: str) -> str:
    return repr(run if len(run) <= 40 else run[:40] + "…")


def _products(run: str) -> str:
    if len(run) > 20:
        return "write * between the factors of a product"
    return f"write {'*'.join(run)} for a product, or `{run}` in backquotes for one name"

"""Patterns: expressions with metavariables, compiled once into closures that match and build.

`?u` matches any expression, the same one wherever it stands; `??rest` matches a run of terms, factors
or arguments (at least one, and one run a node); `?f(?u)` matches an abstract function. `d/d?x(?u)` matches
d and ∂ alike, and what is built from the match keeps which it was. No matching up to order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from derive.errors import RuleError
from derive.expressions import ONE, Call, Derivative, Expression, Product, Sum, Symbol, make, product_of, sum_of
from derive.expressions.interner import COMMON
from derive.functions import FUNCTIONS
from derive.notation import parse_pattern
from derive.rules.model import Match

Matcher: TypeAlias = Callable[[Expression, Match], bool]
Builder: TypeAlias = Callable[[Match], Expression]


@cache
def matcher(text: str) -> Matcher:
    """A function that says whether an expression matches the pattern, and fills the match's bindings."""
    return _matcher(parse_pattern(text))


@cache
def builder(text: str) -> Builder:
    """A function that writes the pattern out with the match's bindings."""
    pattern = parse_pattern(text)
    return _builder(pattern)


def _metavariable(pattern: Expression) -> str | None:
    if type(pattern) is Symbol:
        name = pattern.name
        if name.startswith("?") and not name.startswith("??"):
            return name[1:]
    return None


def _run(pattern: Expression) -> str | None:
    return pattern.name[2:] if type(pattern) is Symbol and pattern.name.startswith("??") else None


def _matcher(pattern: Expression) -> Matcher:
    name = _metavariable(pattern)
    if name is not None:
        return _bind(name)
    if not pattern.arguments:
        return lambda e, m: e is pattern or e == pattern
    cls, label = type(pattern), pattern.label
    if cls is Derivative and len(pattern.arguments) == 3 and pattern.arguments[2] == ONE:
        operand = _metavariable(pattern.arguments[0])
        variable = _metavariable(pattern.arguments[1])
        if variable is not None and operand != variable:
            inner = None if operand is not None else _matcher(pattern.arguments[0])
            return _first_derivative(inner, operand or "", variable)
    head: Matcher | None = None
    if cls is Call and isinstance(label, str) and label.startswith("?"):
        head = _abstract(label[1:])
    elif cls is Derivative:
        head = _derivative
    runs = [i for i, a in enumerate(pattern.arguments) if _run(a) is not None]
    if len(runs) > 1:
        raise RuleError(f"a pattern has one run of arguments at most: {pattern}")
    if runs:
        return _with_run(cls, label, head, pattern.arguments, runs[0])
    parts = [_matcher(a) for a in pattern.arguments]
    n = len(parts)
    if n == 1:
        (first,) = parts

        def one(e: Expression, m: Match) -> bool:
            if type(e) is not cls or len(e.arguments) != 1:
                return False
            return (head(e, m) if head else e.label == label) and first(e.arguments[0], m)

        return one

    def several(e: Expression, m: Match) -> bool:
        if type(e) is not cls or len(e.arguments) != n or not (head(e, m) if head else e.label == label):
            return False
        for part, a in zip(parts, e.arguments, strict=True):
            if not part(a, m):
                return False
        return True

    return several


def _bind(name: str) -> Matcher:
    def bind(e: Expression, m: Match) -> bool:
        known = m.bindings.setdefault(name, e)
        return known is e or known == e

    return bind


def _first_derivative(inner: Matcher | None, operand: str, variable: str) -> Matcher:
    """d/d?x(…): what nearly every rule of differentiation begins with, without a closure for each part."""

    def match(e: Expression, m: Match) -> bool:
        arguments = e.arguments
        if type(e) is not Derivative or len(arguments) != 3 or arguments[2].label != 1:
            return False
        m.partial = e.label is True
        if inner is None:
            m.bindings[operand] = arguments[0]
        elif not inner(arguments[0], m):
            return False
        known = m.bindings.setdefault(variable, arguments[1])
        return known is arguments[1] or known == arguments[1]

    return match


def _abstract(name: str) -> Matcher:
    def abstract(e: Expression, m: Match) -> bool:
        if e.name in FUNCTIONS:  # type: ignore[attr-defined]
            return False
        m.bindings[name] = make(Symbol, (), e.name)  # type: ignore[attr-defined]
        return True

    return abstract


def _derivative(e: Expression, m: Match) -> bool:
    m.partial = bool(e.label)
    return True


def _with_run(
    cls: type[Expression], label: object, head: Matcher | None, parts: tuple[Expression, ...], where: int
) -> Matcher:
    before = [_matcher(a) for a in parts[:where]]
    after = [_matcher(a) for a in parts[where + 1 :]]
    name = str(_run(parts[where]))
    least = len(parts)

    def match(e: Expression, m: Match) -> bool:
        arguments = e.arguments
        if type(e) is not cls or len(arguments) < least or not (head(e, m) if head else e.label == label):
            return False
        end = len(arguments) - len(after)
        for part, a in zip(before, arguments, strict=False):
            if not part(a, m):
                return False
        for part, a in zip(after, arguments[end:], strict=True):
            if not part(a, m):
                return False
        m.bindings[name] = arguments[len(before) : end]
        return True

    return match


def _builder(pattern: Expression) -> Builder:
    name = _metavariable(pattern)
    if name is not None:
        return lambda m: m.bindings[name]  # type: ignore[return-value]
    if not pattern.arguments:
        leaf = COMMON.get(pattern, pattern)
        return lambda m: leaf
    cls, label = type(pattern), pattern.label
    if any(_run(a) is not None for a in pattern.arguments):
        return _build_with_run(cls, label, pattern.arguments)
    parts = [_builder(a) for a in pattern.arguments]
    if cls is Derivative and len(parts) == 3:
        operand, variable, order = parts
        return lambda m: make(Derivative, (operand(m), variable(m), order(m)), m.partial)
    if cls is Derivative:
        return lambda m: make(cls, tuple([part(m) for part in parts]), m.partial)
    if cls is Call and isinstance(label, str) and label.startswith("?"):
        return lambda m: make(Call, tuple([part(m) for part in parts]), m[label[1:]].label)
    if not _open(pattern):
        return lambda m: pattern
    if len(parts) == 1:
        (only,) = parts
        return lambda m: make(cls, (only(m),), label)
    if len(parts) == 2:
        first, second = parts
        return lambda m: make(cls, (first(m), second(m)), label)
    return lambda m: make(cls, tuple([part(m) for part in parts]), label)


def _build_with_run(cls: type[Expression], label: object, pattern: tuple[Expression, ...]) -> Builder:
    parts = [(str(_run(a)), None) if _run(a) is not None else ("", _builder(a)) for a in pattern]

    def build(m: Match) -> Expression:
        arguments: list[Expression] = []
        for name, part in parts:
            if part is None:
                arguments.extend(m.run(name))
            else:
                arguments.append(part(m))
        if cls is Sum:
            return sum_of(arguments)
        if cls is Product:
            return product_of(arguments)
        return make(cls, tuple(arguments), label)  # type: ignore[arg-type]

    return build


def _open(pattern: Expression) -> bool:
    """Whether a (small) pattern has a metavariable or an operator in it."""
    return (
        type(pattern) is Derivative
        or (type(pattern) is Symbol and pattern.name.startswith("?"))
        or (type(pattern) is Call and str(pattern.name).startswith("?"))
        or any(_open(a) for a in pattern.arguments)
    )

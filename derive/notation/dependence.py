"""What depends on what: `df/d(s,t)`, `where f(x1, x2), x1(s, t)`; circles and functions used with two arities.

df/d(s,t) where f(x1, x2), x1(s, t), x2(s, t)    the total derivative of f by s and t
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from derive.expressions import (
    OPERATORS, Call, Equation, Expression, Product, Symbol, equation, make, postorder, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation.operators import VARIABLE, variable

_D = r"(?:\\mathrm\s*+\{\s*+d\s*+\}|\\partial(?![A-Za-z])|d|∂)\s*+"
_NAMES = rf"{VARIABLE}(?:\s*+,\s*+(?:\\,)?\s*+{VARIABLE})*"
_OPEN, _CLOSE = r"(?:\\left)?\s*+\(", r"(?:\\right)?\)"
_TOTAL = re.compile(
    rf"\s*+(?:{_D}(?P<f>{VARIABLE})?\s*+/\s*+{_D}{_OPEN}\s*+(?P<vars>{_NAMES})\s*+{_CLOSE}"
    rf"|\\[dt]?frac\s*+\{{\s*+{_D}(?P<tf>{VARIABLE})?\s*+\}}\s*+\{{\s*+{_D}{_OPEN}\s*+(?P<tvars>{_NAMES})\s*+{_CLOSE}\s*+\}})"
)


def total_derivative(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with blanks for `d…/d(s,t)` at its beginning, and the variables: `df/d(s,t)  →  f, (s, t)`."""
    match = _TOTAL.match(text)
    if match is None:
        return text, ()
    group = "f" if match["f"] else "tf"
    blank = [" "] * match.end()
    if match[group]:
        start, end = match.span(group)
        blank[start:end] = match[group]
    names = re.sub(r"\\,", "", match["vars"] or match["tvars"]).split(",")
    found = [variable(name.strip().replace(" ", "")) for name in names]
    return "".join(blank) + text[match.end() :], tuple(str(x.label) for x in found)


def names_its_function(text: str) -> bool:
    """Whether `df/dt where f = …, x = …` says what f is, but not what t is: a chain, and not a curve."""
    found = _ONE.match(text)
    if found is None:
        return False
    f, x = re.escape(found[1]), re.escape(found[2])
    given = text[found.end() :]
    return bool(re.search(rf"(?<![A-Za-z0-9_]){f}\s?[=(]", given)) and not re.search(
        rf"(?<![A-Za-z0-9_]){x}\s?=", given
    )


_ONE = re.compile(rf"\s*+(?:d|∂)\s?({VARIABLE})\s?/\s?(?:d|∂)\s?({VARIABLE})\s+where\s")


def declared(item: Expression) -> Expression:
    """`x1(s, t)` said after `where`: x1 stands for a function of s and t; anything else is itself."""
    name: str | None = None
    arguments: tuple[Expression, ...] = ()
    if type(item) is Call and type(item.label) is str and item.label not in FUNCTIONS and item.label not in OPERATORS:
        name, arguments = item.label, item.arguments
    elif type(item) is Product and len(item.arguments) == 2:  # a(t), read as a product
        first, second = item.arguments
        if type(first) is Symbol and type(second) is Symbol:
            name, arguments = str(first.label), (second,)
    if name is None or not all(type(a) is Symbol for a in arguments) or len(set(arguments)) != len(arguments):
        return item
    return equation(make(Symbol, (), name), "=", make(Call, arguments, name))


def circle(given: Mapping[str, Expression]) -> tuple[str, ...]:
    """Names that stand for each other in a circle, in order; () when there is none."""
    needs = {name: [n for n in sorted(symbols(e)) if n in given] for name, e in given.items()}
    done: set[str] = set()
    for start in given:
        path = [start]
        waiting = [iter(needs[start])]
        while path:
            name = next(waiting[-1], None)
            if name is None:
                done.add(path.pop())
                waiting.pop()
            elif name in path:
                return tuple(path[path.index(name) :])
            elif name not in done:
                path.append(name)
                waiting.append(iter(needs[name]))
    return ()


def two_arities(parts: Iterable[Expression]) -> tuple[str, int, int] | None:
    """The first abstract function that is used with two numbers of arguments, and these."""
    known: dict[str, int] = {}
    for e in parts:
        for node in postorder(e):
            if type(node) is not Call or node.name in FUNCTIONS or node.name in OPERATORS:
                continue
            count = known.setdefault(node.name, len(node.arguments))
            if count != len(node.arguments):
                return node.name, count, len(node.arguments)
    return None


def place_of(text: str, name: str, skip: int = 0) -> int:
    """Where `name` stands in the text as a word, for the (skip + 1)-th time; 0 where it does not."""
    letter, _, subscript = name.partition("_")
    spelled = rf"(?<![A-Za-z\\`])\\?{re.escape(letter)}" + (rf"_?\{{?{re.escape(subscript)}\}}?" if subscript else "")
    found = [m.start() for m in re.finditer(spelled + r"(?![A-Za-z0-9_])", text)]
    return found[min(skip, len(found) - 1)] if found else 0


def defines(item: Expression) -> str | None:
    """The name that `x = …` or `x(t) = …` defines."""
    if type(item) is not Equation or item.label != "=":
        return None
    left = item.arguments[0]
    return str(left.label) if type(left) is Symbol else left.name if type(left) is Call else None

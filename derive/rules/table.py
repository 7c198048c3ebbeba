"""The rules that are rows of functions.py: each derivative alone, inside a chain, and its usual mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from types import MappingProxyType

from derive.expressions import Expression
from derive.functions import FUNCTIONS, Function
from derive.rules import differentiation
from derive.rules.conditions import at_arguments, depends, free_of, jumps_of, not_just
from derive.rules.model import Match, Mistake, Rule

_ARGUMENT = re.compile(r"\b([uv])\b")


def _at(text: str, **names: str) -> str:
    """The text of a row with ?x, ?u … for its u and v."""
    return _ARGUMENT.sub(lambda found: names[found.group(1)], text)


def _conditions(row: Function, **names: str) -> tuple[str, ...]:
    return tuple(_at(text, **names) for text in (*row.domain, *row.smooth))


def _steps(row: Function) -> Callable[[Match], Iterator[Expression]]:
    """What a function that is constant between its steps needs: no step there, and no jump of what stands inside."""

    def needed(m: Match) -> Iterator[Expression]:
        for text in row.smooth:
            yield from at_arguments(text, (m["u"],))
        yield from jumps_of(m["u"])

    return needed


def _times_inner(outer: str, inner: str) -> str:
    """The outer derivative times the inner one, as a book writes it: 1/g becomes u'/g, -g becomes -(g*u')."""
    if outer in ("0", "1"):
        return "0" if outer == "0" else inner
    sign = "-" if outer.startswith("-") else ""
    body = outer.removeprefix("-")
    if body.startswith("1/"):
        return f"{sign}{inner}{body[1:]}"
    if body.startswith("piecewise"):
        return f"{sign}{body}*{inner}"
    return f"{sign}{body}*{inner}"


def _flipped(outer: str) -> str:
    return outer[1:] if outer.startswith("-") else f"-({outer})"


def one_argument(row: Function) -> tuple[Rule, ...]:
    """d/dx(sin(x)) → cos(x), and d/dx(sin(u)) → cos(u)*d/dx(u)."""
    outer = row.derivatives[0]
    assert outer is not None
    name, slug = row.name, row.name
    alone, inside = _at(outer, u="?x"), _at(outer, u="?u")
    chained = _times_inner(inside, "d/d?x(?u)")
    constant = outer == "0"
    table = Rule(
        f"derivative.{slug}", f"d/d?x({name}(?x))", alone,
        assumes=_conditions(row, u="?x"),
        mistakes=() if constant else (Mistake(f"{slug}-wrong-sign", _flipped(alone)), *_lookalike(row)),
        examples=((f"d/dx({name}(x))", _at(outer, u="x")), (f"d/dx({name}(x^2))", None)),
        family=("table", name),
    )  # fmt: skip
    chain = Rule(
        f"derivative.chain-{slug}", f"d/d?x({name}(?u))", chained,
        given=(depends("u", "x"), not_just("u", "x")),
        assumes=_steps(row) if constant else _conditions(row, u="?u"),
        mistakes=() if constant else (
            Mistake(f"{slug}-inner-left-out", inside),
            Mistake(f"{slug}-inner-differentiated-inside", _at(outer, u="(d/d?x(?u))")),
            *((Mistake(f"{slug}-outer-wrong-sign", _flipped(chained)),) if name in _SIGNS_MIXED_UP else ()),
        ),
        examples=(
            (f"d/dx({name}(x^2))", _times_inner(_at(outer, u="(x^2)"), "d/dx(x^2)")),
            (f"d/dx({name}(x))", None),
        ),
        side=f"d/d?w({name}(?w))",
        family=("chain", name),
    )  # fmt: skip
    return table, chain


_SIGNS_MIXED_UP = frozenset("sin cos cot csc acos acot acsc sech csch".split())
"""Functions whose derivative, or that of their twin, begins with a minus sign."""


def two_arguments(row: Function) -> tuple[Rule, ...]:
    """The same for log(u, b), atan2(u, v), mod(u, v), …: along the first argument, the second, or both."""
    first, second = (d and _at(d, u="?u", v="?v") for d in (*row.derivatives, None)[:2])
    name, conditions = row.name, _conditions(row, u="?u", v="?v")
    rules = []
    if first is not None:
        alone = _at(row.derivatives[0] or "", u="?x", v="?v")
        rules.append(Rule(
            f"derivative.{name}", f"d/d?x({name}(?x, ?v))", alone,
            given=(free_of("v", "x"),), assumes=_conditions(row, u="?x", v="?v"),
            mistakes=(Mistake(f"{name}-wrong-sign", _flipped(alone)),),
            examples=(
                (f"d/dx({name}(x, 3))", alone.replace("?x", "x").replace("?v", "3")), (f"d/dx({name}(x^2, 3))", None),
            ),
            family=("table", name),
        ))  # fmt: skip
        rules.append(Rule(
            f"derivative.chain-{name}-first", f"d/d?x({name}(?u, ?v))", _times_inner(first, "d/d?x(?u)"),
            given=(depends("u", "x"), not_just("u", "x"), free_of("v", "x")), assumes=conditions,
            mistakes=(Mistake(f"{name}-first-inner-left-out", first),),
            examples=((f"d/dx({name}(x^2, 3))", _concrete(first, "x^2", "3", "u")), (f"d/dx({name}(x, x))", None)),
            family=("first-argument", name),
        ))  # fmt: skip
    if second is not None:
        rules.append(Rule(
            f"derivative.chain-{name}-second", f"d/d?x({name}(?u, ?v))", _times_inner(second, "d/d?x(?v)"),
            given=(free_of("u", "x"), depends("v", "x")), assumes=conditions,
            mistakes=(Mistake(f"{name}-second-inner-left-out", second),),
            examples=((f"d/dx({name}(3, x^2))", _concrete(second, "3", "x^2", "v")), (f"d/dx({name}(x, x))", None)),
            family=("second-argument", name),
        ))  # fmt: skip
    if first is not None and second is not None:
        both = f"({_times_inner(first, 'd/d?x(?u)')}) + ({_times_inner(second, 'd/d?x(?v)')})"
        rules.append(Rule(
            f"derivative.chain-{name}-both", f"d/d?x({name}(?u, ?v))", both,
            given=(depends("u", "x"), depends("v", "x")), assumes=conditions,
            mistakes=(Mistake(f"{name}-second-argument-forgotten", _times_inner(first, "d/d?x(?u)")),),
            examples=(
                (f"d/dx({name}(x^2, x^3))", _both_at(first, second)), (f"d/dx({name}(3, x))", None),
            ),
            family=("both-arguments", name),
        ))  # fmt: skip
    return tuple(rules)


def _concrete(text: str, u: str, v: str, inner: str) -> str:
    moving = u if inner == "u" else v
    return _times_inner(text.replace("?u", f"({u})").replace("?v", f"({v})"), f"d/dx({moving})")


def _both_at(first: str, second: str) -> str:
    left, right = (text.replace("?u", "(x^2)").replace("?v", "(x^3)") for text in (first, second))
    return f"({_times_inner(left, 'd/dx(x^2)')}) + ({_times_inner(right, 'd/dx(x^3)')})"


_LOOKALIKE = {
    "sin": ("sin-kept", "sin(?x)"),
    "cos": ("cos-kept", "cos(?x)"),
    "tan": ("tan-of-sine-and-cosine", "cos(?x)/(-sin(?x))"),
    "ln": ("ln-becomes-power", "?x^(-2)"),
    "exp": ("exp-as-power", "?x*exp(?x - 1)"),
    "sqrt": ("sqrt-two-forgotten", "1/sqrt(?x)"),
    "atan": ("atan-as-tangent", "1/tan(?x)^2"),
    "asin": ("asin-as-sine", "1/sin(?x)^2"),
}


def _lookalike(row: Function) -> tuple[Mistake, ...]:
    found = _LOOKALIKE.get(row.name)
    return (Mistake(*found),) if found else ()


TABLE: tuple[Rule, ...] = tuple(
    rule
    for row in FUNCTIONS.values()
    if row.arity == (1,) and row.derivatives[0] is not None
    for rule in one_argument(row)
)
"""Two rules for every function of one argument: its derivative, and its chain rule."""

TWO_ARGUMENTS: tuple[Rule, ...] = tuple(
    rule for row in FUNCTIONS.values() if row.arity == (2,) for rule in two_arguments(row)
)
"""Up to three rules for every known function of two arguments."""


@cache
def derivatives() -> MappingProxyType[str, Rule]:
    """The rules of differentiation, the table's and the general ones, by id: all that have a family or a side."""
    general = [r for r in vars(differentiation).values() if isinstance(r, Rule)]
    return MappingProxyType({r.id: r for r in (*general, *TABLE, *TWO_ARGUMENTS)})

"""Right answers in other forms: SymPy's, states on the way, other orders and spellings, more rules of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from derive import differentiate
from derive.engine import Limits
from derive.errors import DeriveError
from derive.expressions import (
    Call,
    Constant,
    Expression,
    Negation,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    integer_value,
    is_operator,
    make,
    natural,
    negation,
    postorder,
    power,
    product_of,
    quotient,
    rebuild,
    replace,
    sum_of,
    symbols,
    tree_size,
)  # fmt: skip
from derive.notation import latex, text, unicode_line
from derive.rules import Facts, apply, assumptions, registry
from derive.rules.model import Rule
from derive.strategy import use
from derive.trace import Derivation
from tests.examples.records import derivative_tasks
from tests.strategies import differentiable
from tests.tutor.within import within

FUNCTIONS = ("sin", "cos", "exp", "ln", "sqrt", "atan")
LARGEST = 80  # nodes of an answer that is rewritten
SYMPY = ("simplify", "expand", "factor", "together", "trigsimp")
ROUNDS = 4  # rewritings one after the other
SECONDS = 2  # of SymPy's work on one answer
LIMITS = Limits(seconds=2.0)


@dataclass(frozen=True)
class Form:
    """One right answer as somebody might type it, and how it was made."""

    made_by: str
    answer: str


def problems(every: int = 1, others: int = 0) -> Iterator[Derivation]:
    """The textbook's functions, every n-th, then random ones, differentiated."""
    for r in derivative_tasks("textbook", every):
        yield from _solved(r["input"], r["wrt"])
    for u in _random_functions(others):
        yield from _solved(u, ["x"])


def forms(d: Derivation, rng: Random, sympy: bool = True) -> list[Form]:
    """Right answers in other forms, no two with the same text."""
    made = [Form("the result", text(d.result)), Form("latex", latex(d.result)), Form("unicode", unicode_line(d.result))]
    made += [Form("a state on the way", text(s)) for s in d.states if not any(map(is_operator, postorder(s)))]
    for _ in range(2):
        made.append(Form("another order", text(_shuffled(d.result, rng))))
    e = d.result
    for _ in range(ROUNDS):
        e = _spelled(e, rng)
        made.append(Form("another spelling", text(e)))
    e = d.result
    for _ in range(ROUNDS):
        e = _by_a_rule(e, rng)
        made.append(Form("rules", text(e)))
    made.append(Form("latex of rules", latex(e)))
    made += [Form("written in LaTeX", latex(s)) for s in d.states[-4:-1] if not any(map(is_operator, postorder(s)))]
    if sympy:
        made += [Form(f"sympy {name}", answer) for name, answer in _of_sympy(text(d.result), sorted(symbols(d.result)))]
    return list({f.answer: f for f in made}.values())


def _solved(u: str | Expression, variables: list[str]) -> Iterator[Derivation]:
    try:
        d = differentiate(u, *variables, limits=LIMITS)
    except DeriveError:
        return
    if d.outcome == "done" and tree_size(d.result) <= LARGEST:
        yield d


def _random_functions(count: int) -> list[Expression]:
    found: dict[Expression, None] = {}
    if not count:
        return []

    @seed(20261123)
    @settings(max_examples=4 * count, phases=[Phase.generate], database=None, deadline=None,
              suppress_health_check=[*HealthCheck])  # fmt: skip
    @given(differentiable(("x",), parameters=("a",), functions=FUNCTIONS, max_leaves=5))
    def draw(u: Expression) -> None:
        if len(found) < count and tree_size(u) > 3:
            found[u] = None

    draw()
    return list(found)


def _shuffled(e: Expression, rng: Random) -> Expression:
    """Terms and factors in another order."""
    made: dict[Expression, Expression] = {}
    for n in postorder(e):
        parts = [made[a] for a in n.arguments]
        if type(n) in (Sum, Product):
            rng.shuffle(parts)
        made[n] = rebuild(n, tuple(parts)) if parts else n
    return made[e]


def _spelled(e: Expression, rng: Random) -> Expression:
    """One place written in another way that needs nothing: u + 0, 1*u, -(-u), u*u, sin/cos, 2 as 1 + 1, …"""
    nodes = [n for n in postorder(e) if type(n) is not Symbol or rng.random() < 0.3] or [e]
    for _ in range(20):
        node = rng.choice(nodes)
        ways = list(_spellings(node))
        if ways:
            return _put(e, node, rng.choice(ways))
    return e


def _put(e: Expression, node: Expression, by: Expression) -> Expression:
    return by if node == e else replace(e, node, by)


def _spellings(u: Expression) -> Iterator[Expression]:
    one, two = natural(1), natural(2)
    yield sum_of([u, natural(0)])
    yield product_of([one, u])
    yield negation(negation(u))
    yield quotient(product_of([two, u]), two)
    yield quotient(u, one)
    n = integer_value(u)
    if type(u) is Number and n is not None and n > 1:
        yield sum_of([natural(n - 1), one])
        yield quotient(natural(2 * n), two)
    if type(u) is Power and integer_value(u.arguments[1]) == 2:
        yield product_of([u.arguments[0], u.arguments[0]])
    if type(u) is Quotient:
        yield product_of([u.arguments[0], power(u.arguments[1], negation(one))])
    if type(u) is Sum and len(u.arguments) == 2:
        yield negation(sum_of([negation(u.arguments[0]), negation(u.arguments[1])]))
    if type(u) is Power and type(u.arguments[0]) is Constant and type(u.arguments[1]) is Sum:
        yield product_of([power(u.arguments[0], t) for t in u.arguments[1].arguments])
    if type(u) is Call and len(u.arguments) == 1:
        v = u.arguments[0]
        others = {
            "tan": lambda: quotient(make(Call, (v,), "sin"), make(Call, (v,), "cos")),
            "sqrt": lambda: power(v, quotient(one, two)),
            "exp": lambda: power(make(Constant, (), "e"), v),
            "sin": lambda: negation(make(Call, (negation(v),), "sin")),
            "cos": lambda: make(Call, (negation(v),), "cos"),
        }
        if u.label in others:
            yield others[str(u.label)]()
    if type(u) is Negation:
        yield product_of([negation(one), u.arguments[0]])


@cache
def _safe_rules() -> Any:
    """The rules that need nothing to hold."""
    return use(*[r for r in registry().values() if r.assumes == () and not r.id.startswith(_APART)])


_APART = ("derivative.", "definition.", "limit.", "sweep.", "edge.", "logarithmic.", "nth.", "integral.", "summation.")


def _by_a_rule(e: Expression, rng: Random) -> Expression:
    """One rule of the book at one place; what needs something to hold is left alone."""
    nodes = postorder(e)
    rng.shuffle(nodes)
    facts = Facts()
    for node in nodes:
        rules: list[Rule] = [rule for _, group in _safe_rules().at(node) for rule in group]
        rng.shuffle(rules)
        for rule in rules:
            found = apply(rule, node, facts)
            if found is not None and not list(assumptions(rule, found[1])):
                return _put(e, node, found[0])
    return e


def _of_sympy(source: str, names: list[str]) -> list[tuple[str, str]]:
    """(function, what SymPy prints) of SymPy's own rewritings over the reals; what it cannot read is left out."""
    import sympy
    from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

    known: dict[str, Any] = {n: sympy.Symbol(n, real=True) for n in names}
    known |= {"ln": sympy.log, "e": sympy.E, "abs": sympy.Abs, "pi": sympy.pi}
    try:
        e = parse_expr(source, local_dict=known, transformations=(*standard_transformations, convert_xor))
    except Exception:  # noqa: BLE001 - whatever it raises, SymPy does not read this
        return []
    found = []
    for name in SYMPY:
        try:
            with within(SECONDS):
                made = str(getattr(sympy, name)(e))
        except Exception:  # noqa: BLE001 - it took too long, or failed on its side
            continue
        if re.search(r"[0-9]\.[0-9]{8}", made):  # rounded: no right answer
            continue
        if not any(word in made for word in ("Piecewise", "I", "re(", "im(", "zoo", "nan", "oo", "arg(", "Derivative")):
            found.append((name, made))
    return found

"""The stages from a line of input to an explained derivative, each over a whole set; SymPy's bare one beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import derive
from derive.engine import work_out
from derive.explain import render, to_json, words
from derive.expressions import Derivative, Expression, call, make, natural, symbol
from derive.notation import latex
from derive.strategy import RULES, Method, use
from tests.examples.records import derivative_tasks

Case: TypeAlias = "tuple[str, tuple[str, ...]]"
"""The input, and what it is differentiated by."""


@dataclass
class Work:
    """What has become of one case so far."""

    source: str
    variables: tuple[str, ...]
    expression: Any = None
    derivation: Any = None


def parse(work: Work) -> None:
    work.expression = derive.parse(work.source)


def differentiate(work: Work) -> None:
    work.derivation = derive.differentiate(work.expression, *work.variables)


def steps(work: Work) -> None:
    _ = work.derivation.steps


def conditions(work: Work) -> None:
    _ = work.derivation.conditions


def formulas(work: Work) -> None:
    memo: dict[Expression, Any] = {}  # neighbouring states are mostly the same
    for state in work.derivation.states:
        latex(state, memo=memo)


def sentences(work: Work) -> None:
    for step in work.derivation.steps:
        words.name(step.rule, "en")
        words.what(step, "en", (step.cites or 0) + 1)
        words.why(step, "en")


def told(work: Work) -> None:
    render(work.derivation, "text", detail="full")


def latex_page(work: Work) -> None:
    render(work.derivation, "latex", detail="full")


def check(work: Work) -> None:
    _ = work.derivation.verification


def json(work: Work) -> None:
    to_json(work.derivation)


Stage: TypeAlias = Callable[[Work], None]
STAGES: dict[str, Stage] = {
    "parse": parse,
    "differentiate and tidy": differentiate,
    "steps with bindings and side calculations": steps,
    "conditions": conditions,
    "LaTeX of every state": formulas,
    "words of every step: name, what, why": sentences,
    "numeric check": check,
    "page in words, every step": told,
    "page in LaTeX, every step": latex_page,
    "JSON": json,
}
"""In order: each needs what the ones before it made."""

WORKED = tuple(list(STAGES)[:6])
"""What is set against SymPy's parse_expr + diff + latex: every step with its bindings, conditions, words and LaTeX."""


def textbook() -> list[Case]:
    """The functions of the textbook set."""
    return [(r["input"], tuple(r["wrt"])) for r in derivative_tasks("textbook")]


def prepared(cases: list[Case], before: str) -> list[Work]:
    """Every case with all stages before `before` done."""
    names = list(STAGES)
    works = [Work(*case) for case in cases]
    for name in names[: names.index(before)]:
        run(works, name)
    return works


def run(works: list[Work], name: str) -> None:
    """One stage over the whole set."""
    stage = STAGES[name]
    for work in works:
        stage(work)


def everything(cases: list[Case], names: tuple[str, ...] = WORKED) -> None:
    """Case by case, the stages one after the other."""
    chosen = [STAGES[name] for name in names]
    for case in cases:
        work = Work(*case)
        for stage in chosen:
            stage(work)


BARE = Method("bare", RULES.operators, use())


def without_tidying(cases: list[tuple[Expression, Expression]]) -> None:
    """The rules of differentiation alone."""
    for e, x in cases:
        work_out(make(Derivative, (e, x, natural(1)), False), BARE)


def nested_sines(n: int) -> Expression:
    """sin(sin(…(x)…)), n deep."""
    e = symbol("x")
    for _ in range(n):
        e = call("sin", e)
    return e


def sympy_cases(cases: list[Case]) -> list[tuple[str, tuple[str, ...]]]:
    """The cases that SymPy's parser reads and differentiates, in its spelling."""
    found = []
    for source, variables in cases:
        try:
            sympy_one(source, variables)
        except Exception:  # noqa: BLE001 - whatever it raises, the case is left out on its side
            continue
        found.append((source, variables))
    return found


def sympy_one(source: str, variables: tuple[str, ...]) -> str:
    """SymPy's way: text to tree, derivative, LaTeX; no steps, nothing cached from the case before."""
    from sympy import Symbol, diff
    from sympy import latex as sympy_latex
    from sympy.core.cache import clear_cache
    from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

    clear_cache()
    names = {name: Symbol(name) for name in variables}
    e = parse_expr(source, local_dict=names, transformations=(*standard_transformations, convert_xor))
    return str(sympy_latex(diff(e, *[names[v] for v in variables])))

"""A claimed chain rule, compared with the right one term by term: which term is wrong, and what belongs there.

df/ds = ∂f/∂x1*∂x1/∂t + ∂f/∂x2*∂x2/∂s    in the first term ∂x1/∂t stands where ∂x1/∂s belongs
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from derive.engine import solve
from derive.engine.vectors import chain_derivation
from derive.errors import UsageError
from derive.explain.catalog import Segments, Slot, message
from derive.expressions import (
    Call, Derivative, Equation, Expression, Matrix, Negation, Product, Substitution, Sum, Symbol, make, postorder,
    replace_all, symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse
from derive.numeric import compare
from derive.trace import Derivation


@dataclass(frozen=True, slots=True)
class Slip:
    """One wrong place: the claimed term and its number, the right one, and the two factors where just one differs."""

    number: int
    found: Expression | None
    wanted: Expression | None
    factor: Expression | None = None
    instead: Expression | None = None

    def message(self, language: str = "en") -> Segments:
        """What is wrong, and what stands there instead."""
        kind = "missing" if self.found is None else "extra" if self.wanted is None else "wrong"
        if kind == "wrong" and self.factor is not None:
            kind = "factor"
        parts = {"found": self.found, "wanted": self.wanted, "factor": self.factor, "instead": self.instead}
        slots: dict[str, Slot] = {name: e for name, e in parts.items() if e is not None}
        return message(language, f"check.term-{kind}", "what", {"number": self.number, **slots})


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """Whether a claim is right; else its slips, or none where only the values say so. `result` is what is right."""

    correct: bool
    slips: tuple[Slip, ...]
    result: Expression

    def messages(self, language: str = "en") -> tuple[Segments, ...]:
        """The answer in words, a line a slip."""
        if self.correct:
            return (message(language, "check.right", "what"),)
        if not self.slips:
            return (message(language, "check.value", "what", {"wanted": self.result}),)
        return tuple(slip.message(language) for slip in self.slips)


def check_chain(problem: str, claim: str | None = None) -> ChainCheck:
    """Whether `claim` answers `problem`; a claim alone, `df/ds = …`, says by its own names what depends on what."""
    said = parse(problem if claim is None else claim)
    d = _own_problem(said) if claim is None else solve(problem)
    return compared(said, d)


def compared(said: Expression, d: Derivation) -> ChainCheck:
    """What was `said` of a chain rule beside its derivation."""
    if d.outcome != "done":
        raise UsageError(f"the problem itself could not be worked out: {d.outcome.reason}")
    full = {str(n.label): n for n in postorder(d.problem) if _is_named_function(n)}
    body, wraps = _unwrapped(d.result)
    right = said.arguments[1] if isinstance(said, Equation) else said
    if isinstance(body, Matrix) and not isinstance(right, Matrix):
        body = _entry(body, said, d)
    claimed = _completed(right, full)
    seen = compare(_wrapped(body, wraps), _wrapped(claimed, wraps))
    if seen.equal:
        return ChainCheck(True, (), body)
    slips = tuple(_slips(claimed, body)) if full else ()
    if seen.verdict == "unknown" and not slips:
        raise UsageError(f"whether this is right could not be decided: {seen.reason}")
    return ChainCheck(False, slips, body)


def _is_named_function(n: Expression) -> bool:
    return type(n) is Call and type(n.label) is str and n.label not in FUNCTIONS and not n.open


def _own_problem(said: Expression) -> Derivation:
    """The problem that `df/ds = ∂f/∂x1*∂x1/∂t + …` speaks of: f by x1, …, these by every other variable."""
    left = said.arguments[0] if isinstance(said, Equation) else None
    if not isinstance(left, Derivative) or not isinstance(left.operand, Call):
        raise UsageError("a claim by itself begins with what it is about: df/ds = …; or give the problem first")
    f, (x, *_) = left.operand.name, left.arguments[1::2]
    slopes = [n for n in postorder(said.arguments[1]) if isinstance(n, Derivative) and isinstance(n.operand, Call)]
    outer = dict.fromkeys(v for n in slopes if n.operand.name == f for v in n.arguments[1::2])  # type: ignore[attr-defined]
    inner = dict.fromkeys([x, *[v for n in slopes if n.operand.name != f for v in n.arguments[1::2]]])  # type: ignore[attr-defined]
    if not outer:
        raise UsageError(f"the claim has no derivative of {f} by another variable")
    by = tuple(sorted(inner, key=str))
    given = {str(v.label): make(Call, by, str(v.label)) for v in outer if v not in inner}
    return chain_derivation(make(Call, tuple(outer), f), given, [str(x.label)])


def _unwrapped(e: Expression) -> tuple[Expression, list[tuple[Expression, ...]]]:
    """The formula without "evaluated at", and what was evaluated, innermost first."""
    wraps: list[tuple[Expression, ...]] = []
    while isinstance(e, Substitution):
        wraps.append(e.arguments[1:])
        e = e.operand
    return e, wraps[::-1]


def _wrapped(e: Expression, wraps: Sequence[tuple[Expression, ...]]) -> Expression:
    for pairs in wraps:
        e = make(Substitution, (e, *pairs))
    return e


def _entry(row: Matrix, said: Expression, d: Derivation) -> Expression:
    """The entry of df/d(s, t) that a claim about df/ds is about."""
    left = said.arguments[0] if isinstance(said, Equation) else None
    variables = [a for a in d.problem.arguments if isinstance(a, Symbol)]
    if isinstance(left, Derivative) and left.arguments[1] in variables and len(row.arguments) == len(variables):
        return row.arguments[variables.index(left.arguments[1])]  # type: ignore[arg-type]
    raise UsageError(
        f"the answer has {len(row.arguments)} entries: claim all of them, or one as df/d{variables[0]} = …"
    )


def _completed(e: Expression, full: Mapping[str, Expression]) -> Expression:
    """∂f/∂x1 of a claim as ∂/∂x1(f(x1, x2)): with the arguments that the problem gives."""
    table: dict[Expression, Expression] = {}
    for n in postorder(e):
        if isinstance(n, Derivative) and isinstance(n.operand, Call) and n.operand.name in full:
            f = full[n.operand.name]
            table[n] = make(Derivative, (f, *n.arguments[1:]), len(f.arguments) > 1)
    return replace_all(e, table) if table else e


def _slips(claimed: Expression, right: Expression) -> Iterator[Slip]:
    pairs = zip(claimed.arguments, right.arguments, strict=False) if isinstance(right, Matrix) else [(claimed, right)]
    for a, b in pairs:
        yield from _terms_compared(_terms(a), _terms(b))


def _terms_compared(claimed: list[Expression], right: list[Expression]) -> Iterator[Slip]:
    """Equal terms belong together, then those that share most factors."""
    wanted = list(right)
    left: list[tuple[int, Expression]] = []
    for number, term in enumerate(claimed, 1):
        same = next((t for t in wanted if _factors(t) == _factors(term)), None)
        if same is None:
            left.append((number, term))
        else:
            wanted.remove(same)
    for number, term in left:
        if not wanted:
            yield Slip(number, term, None)
            continue
        best = max(wanted, key=lambda t: len(set(_factors(t)) & set(_factors(term))))
        wanted.remove(best)
        mine = [f for f in _factors(term) if f not in _factors(best)]
        its = [f for f in _factors(best) if f not in _factors(term)]
        one = len(mine) == len(its) == 1
        yield Slip(number, term, best, mine[0] if one else None, its[0] if one else None)
    for term in wanted:
        yield Slip(0, None, term)


def _terms(e: Expression) -> list[Expression]:
    return list(e.arguments) if isinstance(e, Sum) else [e]


def _factors(term: Expression) -> list[Expression]:
    """The factors up to order; a sign is a factor of its own."""
    found: list[Expression] = []
    while isinstance(term, Negation):
        found.append(symbol("−"))
        term = term.operand
    stack = [term]
    while stack:
        e = stack.pop()
        if isinstance(e, Product):
            stack.extend(e.arguments)
        else:
            found.append(e)
    return sorted(found, key=str)

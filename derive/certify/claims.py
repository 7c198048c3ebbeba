"""What a problem claims: entry by entry, which first derivative equals which result, and the steps between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.certify.reasons import NotExpressible
from derive.certify.terms import MOST_ORDER
from derive.expressions import (
    ONE, Call, Derivative, Expression, Matrix, Substitution, Symbol, integer_value, make, postorder, rebuild, replace,
)  # fmt: skip
from derive.trace import Derivation


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Step `index` of the derivation, with every derivative written as nested first ones."""

    index: int
    before: Expression
    after: Expression


@dataclass(frozen=True, slots=True)
class Claim:
    """`start` equals `result` by `path`: the states after it, each with the rewrite that makes it.

    start is d/dx F with F free of operators where `slope`, else an expression, perhaps with such derivatives in it.
    asked   whether start stands in the problem; else it is the derivative of what another claim ended in
    """

    start: Expression
    path: tuple[tuple[Rewrite, Expression], ...]
    slope: bool
    asked: bool = True

    @property
    def result(self) -> Expression:
        return self.path[-1][1] if self.path else self.start


@dataclass(frozen=True, slots=True)
class Value:
    """What a derivative is at a point: `put` writes the numbers into `formula`, and `path` leads to the result."""

    letters: tuple[Expression, ...]
    numbers: tuple[Expression, ...]
    formula: Expression
    put: Rewrite
    path: tuple[tuple[Rewrite, Expression], ...]

    @property
    def result(self) -> Expression:
        return self.path[-1][1] if self.path else self.put.after


def claims(d: Derivation) -> tuple[list[Claim], list[Rewrite], Value | None]:
    """What has to be proved for a derivation, its steps, and the value at a point where that is asked for."""
    written = [Rewrite(s.index, nested(s.before), nested(s.after)) for s in d.steps]
    rewrites = [r for r in written if r.before != r.after]  # a second derivative is a first one of a first one
    if type(d.problem) is Substitution:
        return _at_a_point(d, rewrites)
    found: list[Claim] = []
    for start, result in _entries(d):
        start, result = nested(start), nested(result)
        made, last = _chain(start, rewrites)
        if last != result:
            raise NotExpressible("way-to-entries")
        found.extend([c for c in made if c not in found])
    return found, rewrites, None


def _at_a_point(d: Derivation, rewrites: list[Rewrite]) -> tuple[list[Claim], list[Rewrite], Value]:
    asked = d.problem.arguments[0]
    k = next((k for k, r in enumerate(rewrites) if type(r.before) is Substitution), None)
    if k is None:
        raise NotExpressible("point")
    made, last = _chain(nested(asked), rewrites[:k])
    if len(made) != 1 or not made[0].slope:
        raise NotExpressible("value-of-other")
    put = rewrites[k]
    if put.before.arguments[0] != last or put.before.arguments[1:] != d.problem.arguments[1:]:
        raise NotExpressible("numbers-in-turn")
    state, path = put.after, list[tuple[Rewrite, Expression]]()
    for rewrite in rewrites[k + 1 :]:
        after = replace(state, rewrite.before, rewrite.after)
        if after != state:
            path.append((rewrite, after))
            state = after
    if state != nested(d.result):
        raise NotExpressible("way")
    return made, rewrites, Value(d.problem.arguments[1::2], d.problem.arguments[2::2], last, put, tuple(path))


def nested(e: Expression) -> Expression:
    """∂²/∂x∂y u → d/dx(d/dy u): every operator is a first derivative."""
    made: dict[Expression, Expression] = {}
    for node in postorder(e):
        parts = tuple([made[c] for c in node.arguments])
        if type(node) is Derivative:
            inner = parts[0]
            for x, order in reversed(list(zip(parts[1::2], parts[2::2], strict=True))):
                n = integer_value(order)
                if n is None or not 0 <= n <= MOST_ORDER:
                    raise NotExpressible("order", order=order)
                for _ in range(n):
                    inner = make(Derivative, (inner, x, ONE), False)
            made[node] = inner
        else:
            made[node] = rebuild(node, parts)
    return made[e]


def _entries(d: Derivation) -> list[tuple[Expression, Expression]]:
    """(what is asked, what came out), entry by entry."""
    p, r = d.problem, d.result
    if type(p) is Call and p.label in ("gradient", "jacobian", "hessian"):
        of, variables = p.arguments[0], p.arguments[1:]
        functions: Sequence[Expression] = of.arguments if type(of) is Matrix else [of]
        if p.label == "hessian":
            functions = [_derivative(of, y) for y in variables]
        asked = [_derivative(f, x) for f in functions for x in variables]
        if type(r) is not Matrix or len(r.arguments) != len(asked):
            raise NotExpressible("shape")
        return list(zip(_mixed(d, asked), r.arguments, strict=True))
    return [(p, r)]


def _mixed(d: Derivation, asked: list[Expression]) -> list[Expression]:
    """The order in which mixed derivatives are taken is that of the first step, which writes the definition down."""
    first = d.steps[0].after if d.steps else None
    if type(first) is not Matrix or len(first.arguments) != len(asked):
        return asked
    written = [nested(e) for e in first.arguments]
    return [w if _same_up_to_order(w, a) else a for w, a in zip(written, asked, strict=True)]


def _same_up_to_order(a: Expression, b: Expression) -> bool:
    letters: list[list[str]] = []
    for e in (a, b):
        names: list[str] = []
        while type(e) is Derivative:
            names.append(str(e.arguments[1]))
            e = e.arguments[0]
        letters.append([*sorted(names), str(e)])
    return letters[0] == letters[1]


def _derivative(f: Expression, x: Expression) -> Expression:
    return make(Derivative, (f, x, ONE), False)


def _chain(start: Expression, rewrites: Sequence[Rewrite]) -> tuple[list[Claim], Expression]:
    """The claims that lead from `start` to its last state: of nested derivatives the inner one comes first."""
    layers: list[Expression] = []  # the letters of the outer derivatives, outermost first
    core = start
    while type(core) is Derivative and type(core.arguments[0]) is Derivative:
        layers.append(core.arguments[1])
        core = core.arguments[0]
    made: list[Claim] = []
    begin, path = core, list[tuple[Rewrite, Expression]]()
    state = core
    for rewrite in rewrites:
        while layers and rewrite.before == _derivative(state, layers[-1]):
            made.append(Claim(begin, tuple(path), type(begin) is Derivative, not made))
            begin = state = _derivative(state, layers.pop())
            path = []
        after = replace(state, rewrite.before, rewrite.after)
        if after is not state and after != state:
            path.append((rewrite, after))
            state = after
    if layers:
        raise NotExpressible("outer")
    made.append(Claim(begin, tuple(path), type(begin) is Derivative, not made))
    for claim in made:
        _check(claim)
    return made, state


def _check(claim: Claim) -> None:
    letters: set[Expression] = set()
    for e in (claim.start, claim.result):
        for node in postorder(e):
            if type(node) is Derivative:
                inner = node.arguments[0]
                if e is claim.result or any(type(n) in (Derivative, Substitution, Matrix) for n in postorder(inner)):
                    raise NotExpressible("term", expression=node)
                letters.add(node.arguments[1])
            elif type(node) in (Substitution, Matrix):
                raise NotExpressible("term", expression=node)
    if any(type(x) is not Symbol for x in letters):
        raise NotExpressible("letter")

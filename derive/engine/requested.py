"""Forms that were asked for: expanded, factored, one fraction; what cannot be brought there is refused, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.engine.islands import islands
from derive.engine.log import Log
from derive.engine.polishing import MAX_ROUNDS, Change, Polishing, after_steps
from derive.engine.tidying import Tidying
from derive.errors import LimitError
from derive.expressions import Equation, Expression, Matrix, Negation, Piecewise, Quotient, Sum, reached
from derive.rules import Facts, Rule
from derive.rules.kernels import MAX_DEGREE, parts, skeleton
from derive.rules.polynomial_expanding import EXPAND, has_bracket
from derive.rules.polynomial_factoring import FACTOR
from derive.rules.rational_fractions import COMMON_DENOMINATOR, LOWEST_TERMS, has_common_factor, has_fraction
from derive.rules.rational_rings import is_too_long, is_unfactored
from derive.strategy.forms import FORMS


def brought(root: Expression, form: str, log: Log, tidying: Tidying, facts: Facts) -> Expression:
    """`root`, which is tidy, in the form of that name; LimitError where that is too long."""
    return _Requested(log, tidying, facts, FORMS[form]).brought(root)


class _Requested(Polishing):
    """Brings one expression into one of the forms that are asked for by name."""

    def brought(self, root: Expression) -> Expression:
        way = _WAYS.get(self.form.name)
        if way is None:
            return self.polish(root)
        seen = {root}
        for _ in range(MAX_ROUNDS):
            plan = list(way(self, root))
            if not plan or self.tidied(after_steps(root, plan)) in seen:  # tidying would undo it
                return root
            root = self.tidying.tidy(self.work(root, plan))
            seen.add(root)
        return root

    def expanded(self, root: Expression) -> Iterator[Change]:
        """Brackets multiplied out, outermost first, in every part of `root`."""
        for island in islands(root):
            changes = [self.must_expand(node) for node in _outermost(island, has_bracket)]
            found = [change for change in changes if change is not None]
            if found:
                yield from found
                return

    def must_expand(self, node: Expression) -> Change | None:
        """The step that multiplies out; LimitError where the result is too long to be written."""
        change = self.change(EXPAND, node)
        if change is None and is_too_long(node, self.facts):
            raise self.too_long("multiplied out")
        return change

    def factored(self, root: Expression) -> Iterator[Change]:
        """Fractions over one line and in lowest terms, then everything in factors."""
        return self.by(root, LOWEST_TERMS, FACTOR)

    def single_fraction(self, root: Expression) -> Iterator[Change]:
        """Sums of fractions over one line, innermost first; then lowest terms."""
        return self.by(root, LOWEST_TERMS)

    def by(self, root: Expression, *rules: Rule) -> Iterator[Change]:
        """The next steps of the first part that has any: fractions over one line, then by one of the rules."""
        for top in tops(root):
            found = list(self.over_one_line(top))
            inner = top.arguments[0] if type(top) is Negation else top
            for rule in rules if not found else ():
                if rule is LOWEST_TERMS and not (type(inner) is Quotient and has_common_factor(inner, self.facts)):
                    continue
                change = self.change(rule, inner)
                if change is not None:
                    found = [change]
                    break
                if rule is FACTOR and _has_sum(inner) and is_unfactored(inner, self.facts):
                    raise LimitError("it is too long to be factored", limit="terms", value=self.facts.terms)
            if found:
                yield from found
                return

    def over_one_line(self, top: Expression) -> Iterator[Change]:
        """The first sum with fractions in it, innermost first, as one fraction."""
        sums = [n for n in skeleton(top) if type(n) is Sum and any(has_fraction(t) for t in n.arguments)]
        for s in sorted(sums, key=lambda s: s.depth):
            change = self.change(COMMON_DENOMINATOR, s)
            if change is not None:
                yield change
                return
            raise self.too_long("over one line")

    def too_long(self, how: str) -> LimitError:
        """The error for what is written in no form, for its length."""
        most = self.facts.terms
        reason = f"{how}, it has more than {most:,} terms, or a degree above {MAX_DEGREE}"
        return LimitError(reason, limit="terms", value=most)


def _has_sum(e: Expression) -> bool:
    return any(type(n) is Sum for n in skeleton(e))


def tops(root: Expression) -> list[Expression]:
    """The parts that a form of the whole is about: itself, the entries of a matrix, the sides of an equation."""
    found: list[Expression] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, (Matrix, Equation)):
            stack.extend(reversed(node.arguments))
        elif type(node) is Piecewise:
            stack.extend(reversed(node.arguments[0::2]))
        else:
            found.append(node)
    return found


def _outermost(island: Expression, test: Callable[[Expression], bool]) -> Iterator[Expression]:
    """The distinct nodes of an island that pass a test and do not stand in another such node."""
    return (node for node in reached(island, lambda e: () if test(e) else parts(e)) if test(node))


_WAYS: dict[str, Callable[[_Requested, Expression], Iterator[Change]]] = {
    "expanded": _Requested.expanded,
    "factored": _Requested.factored,
    "single-fraction": _Requested.single_fraction,
}

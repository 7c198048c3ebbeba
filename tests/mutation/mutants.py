"""Mutants of rules: the right side with one slip in it, or the rule without one of its conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from derive.expressions import (
    Derivative,
    Expression,
    Negation,
    Number,
    Path,
    Power,
    Product,
    Quotient,
    Sum,
    at,
    make,
    natural,
    negation,
    product_of,
    rebuild,
    sum_of,
)  # fmt: skip
from derive.rules import Match, Rule
from derive.rules.apply import right_side

PLACES = 12  # nodes of a right side that are mutated; the longest example has 60
Slip = Callable[[Expression], Expression | None]


def _negated(e: Expression) -> Expression:
    return e.arguments[0] if type(e) is Negation else negation(e)


def _dropped(which: int) -> Slip:
    """Without a factor or a term."""

    def slip(e: Expression) -> Expression | None:
        if type(e) not in (Product, Sum) or which >= len(e.arguments):
            return None
        rest = [a for k, a in enumerate(e.arguments) if k != which]
        return product_of(rest) if type(e) is Product else sum_of(rest)

    return slip


def _exponent(e: Expression) -> Expression | None:
    return make(Power, (e.arguments[0], sum_of((e.arguments[1], natural(1))))) if type(e) is Power else None


def _number(e: Expression) -> Expression | None:
    return natural(e.label + 1) if type(e) is Number and type(e.label) is int else None


def _turned(e: Expression) -> Expression | None:
    """Upside down, or base and exponent in the other order."""
    return make(type(e), (e.arguments[1], e.arguments[0])) if type(e) in (Quotient, Power) else None


def _undone(e: Expression) -> Expression | None:
    """The function in place of its derivative."""
    return e.arguments[0] if type(e) is Derivative else None


SLIPS: dict[str, Slip] = {
    "sign": _negated,
    "first part dropped": _dropped(0),
    "second part dropped": _dropped(1),
    "third part dropped": _dropped(2),
    "exponent": _exponent,
    "number": _number,
    "order": _turned,
    "not differentiated": _undone,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one slip: which, at which place of the right side (or which condition), and the changed rule."""

    rule: Rule
    slip: str
    place: Path
    mutated: Rule

    def __str__(self) -> str:
        where = f" at {list(self.place)}" if self.place else ""
        return f"{self.rule.id}: {self.slip}{where}"


def slipped(rule: Rule, after: Expression) -> Iterator[Mutant]:
    """Every slip at every place of a right side `after`, as rules that make it there in any right side."""
    for path in _places(after):
        for name, slip in SLIPS.items():
            if name == "sign" and (_inside_exponent(after, path) or type(at(after, path)) is Negation):
                continue
            changed = slip(at(after, path))
            if changed is not None and changed != at(after, path):
                yield Mutant(rule, name, path, replace(rule, rhs=_with(rule, slip, path), mistakes=()))


def without_conditions(rule: Rule) -> Iterator[Mutant]:
    """The rule without each of its checks, and without each of the relations that it assumes."""
    for k, given in enumerate(rule.given):
        rest = (*rule.given[:k], *rule.given[k + 1 :])
        yield Mutant(rule, f"not asked: {given.words}", (), replace(rule, given=rest))
    if isinstance(rule.assumes, tuple):
        for k, relation in enumerate(rule.assumes):
            rest_of = (*rule.assumes[:k], *rule.assumes[k + 1 :])
            yield Mutant(rule, f"not assumed: {relation}", (), replace(rule, assumes=rest_of))
    else:
        yield Mutant(rule, "nothing assumed", (), replace(rule, assumes=()))


def _with(rule: Rule, slip: Slip, path: Path) -> Callable[[Match], Expression | None]:
    def rhs(m: Match) -> Expression | None:
        after = right_side(rule.rhs, m)
        if after is None:
            return None
        return _replaced(after, path, slip)

    return rhs


def _replaced(e: Expression, path: Path, slip: Slip) -> Expression | None:
    """e with the node at the path changed; None where there is no such place."""
    above: list[tuple[Expression, int]] = []
    for k in path:
        if k >= len(e.arguments):
            return None
        above.append((e, k))
        e = e.arguments[k]
    changed = slip(e)
    if changed is None:
        return None
    for parent, k in reversed(above):
        changed = rebuild(parent, (*parent.arguments[:k], changed, *parent.arguments[k + 1 :]))
    return changed


def _places(e: Expression) -> list[Path]:
    """The first places of an expression, from the top down; variables of operators stay."""
    found: list[Path] = []
    queue: list[tuple[Path, Expression]] = [((), e)]
    while queue and len(found) < PLACES:
        path, e = queue.pop(0)
        found.append(path)
        bound = type(e).__name__ in ("Derivative", "Limit", "Substitution", "Integral", "Summation")
        queue += [((*path, k), a) for k, a in enumerate(e.arguments[:1] if bound else e.arguments)]
    return found


def _inside_exponent(e: Expression, path: Path) -> bool:
    """Whether the place is in an exponent, where another slip says the same."""
    for k in path:
        if type(e) is Power and k == 1:
            return True
        e = e.arguments[k]
    return False

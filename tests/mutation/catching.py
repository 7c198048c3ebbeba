"""Is a mutant caught? By the value of its examples, by how they are written, by a close call, or by a point."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Literal

from derive.audit.sampling import ROUND
from derive.errors import DeriveError
from derive.expressions import Derivative, Equation, Expression, put_in, symbol, symbols
from derive.notation import parse
from derive.numeric import NoValue, Undefined, ball, compare
from derive.numeric.points import sample
from derive.rules import Facts, Match, Rule, apply, assumptions, registry
from derive.rules.apply import matched, right_side
from tests.mutation.cases import CLOSE, PLACES
from tests.mutation.mutants import Mutant

POINTS = 8
FAR = 30  # usual points at which a condition is looked at
Caught = str
"""By what: judge · written · close call · elsewhere · point; no harm: sound · refused · domain · implied; else ""."""
Y = symbol("y")
MORE = (
    "d/dx(x^(1/2))", "d/dx(x^(2/3))", "d/dx(a^x)", "d/dx(a^sin(x))",
    "d/dx(sin(x)^(1/2))", "d/dx(x^(2 + 1/3))", "d/dx(abs(x)*abs(y))", "d/dx(floor(x))",
    "(x*y)^(1/2)", "(x/y)^(1/2)", "(x^2)^(1/2)", "(x^3)^(1/3)",
    "sqrt(x)*sqrt(y)", "sqrt(x)/sqrt(y)", "ln(x*y)", "ln(x/y)",
    "ln(x^2)", "e^(ln(x))", "x^y*x^z", "x^a/x^b", "x/x", "x^2/x", "(x^a)^b", "0/x", "0^x", "x^0", "tan(x)*cos(x)",
)  # fmt: skip
"""Left sides at which conditions matter that the examples of some rules do not ask for."""


@cache
def befores() -> tuple[Expression, ...]:
    """Left sides of every example of the book, and the same with a constant under the derivative."""
    found: dict[Expression, None] = {}
    for rule in registry().values():
        for before, _ in rule.examples:
            e = parse(before)
            found[e] = None
            if type(e) is Derivative and len(e.arguments) == 3:
                found[e.replace(e.operand, put_in(e.operand, {e.arguments[1]: Y}))] = None
    found.update(dict.fromkeys([parse(e) for e in MORE]))
    return tuple(found)


def caught_value(mutant: Mutant) -> Caught:
    """A slip in the right side: the judge sees another value, or else the registry's test another expression."""
    written = ""
    for before, after in mutant.rule.examples:
        if after is None:
            continue
        e = parse(before)
        right, wrong = apply(mutant.rule, e, Facts()), apply(mutant.mutated, e, Facts())
        if right is None or (wrong is not None and wrong[0] == right[0]):
            continue
        written = "written"
        if wrong is not None and _judged(mutant.rule, e, wrong[0], right[1]) == "different":
            return "judge"
    return written


def caught_condition(mutant: Mutant) -> Caught:
    """A condition left out: a close call matches, another expression is changed wrongly, or a point shows why."""
    if mutant.slip.startswith("not asked"):
        calls = [parse(before) for before, after in mutant.rule.examples if after is None] + _close(mutant.rule)
        if any([_applies(mutant.mutated, e) is not None for e in calls]):
            return "close call"
        return _asked(mutant) or ("refused" if any([_refused(mutant, e) for e in calls]) else "")
    return _assumed(mutant)


def _close(rule: Rule) -> list[Expression]:
    """The close calls of a rule beyond its examples, at which it must not apply."""
    found = [parse(e) for e in CLOSE.get(rule.id, ())]
    for e in found:
        assert apply(rule, e, Facts()) is None, f"{rule.id} applies to {e}"
    return found


def _refused(mutant: Mutant, e: Expression) -> bool:
    """Whether only the check kept the rule from e, and without it the right side answers nothing: it asks the same."""
    there = matched(mutant.mutated, e, Facts())
    return (
        there is not None and matched(mutant.rule, e, Facts()) is None and right_side(mutant.mutated.rhs, there) is None
    )


def _asked(mutant: Mutant) -> Caught:
    """A check left out, on everything to which the rule applies without it only."""
    sound = 0
    for e in befores():
        if apply(mutant.rule, e, Facts()) is not None:
            continue
        wrong = _applies(mutant.mutated, e)
        if wrong == "failed":
            return "elsewhere"
        if wrong:
            verdict = _judged(mutant.mutated, e, *wrong)
            if verdict == "different":
                return "elsewhere"
            sound += verdict == "equal"
    return "sound" if sound else ""


def _assumed(mutant: Mutant) -> Caught:
    """A relation left out, at points where it fails and all others hold."""
    fails = implied = 0
    own = [before for before, after in mutant.rule.examples if after is not None]
    for e in [*[parse(before) for before in (*own, *PLACES.get(mutant.rule.id, ()))], *befores()]:
        found = apply(mutant.rule, e, Facts())
        if found is None:
            continue
        needed, failing, also = _shown_needed(mutant, e, *found)
        if needed:
            return "point"
        fails += failing
        implied += also
        if fails > 3 * FAR:
            break
    return "domain" if fails else "implied" if implied else ""


def _applies(rule: Rule, e: Expression) -> tuple[Expression, Match] | Literal["failed"] | None:
    """What the rule makes of e; "failed" where its right side is asked what it cannot answer, as a test sees."""
    try:
        return apply(rule, e, Facts())
    except (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError, ZeroDivisionError):
        return "failed"


def _judged(rule: Rule, before: Expression, after: Expression, m: Match) -> str:
    single = [a[0] for a in assumptions(rule, m) if len(a) == 1]
    try:
        return compare(before, after, points=POINTS, conditions=single, seconds=1.0).verdict
    except DeriveError:
        return "unknown"


def _shown_needed(mutant: Mutant, before: Expression, after: Expression, m: Match) -> tuple[bool, int, int]:
    """(needed, domain, implied): whether at some point where only the left-out relation fails just one side has a
    value, or they differ; how many such points leave both without one; at how many another relation fails, too."""
    fails = implied = 0
    kept = list(assumptions(mutant.mutated, m))
    lost = [a for a in assumptions(mutant.rule, m) if a not in kept]
    names = tuple(sorted(symbols(before) | symbols(after)))
    points = [dict.fromkeys(names, q) for q in ROUND] + list(sample(names, FAR)) if names else [{}]
    for base in points[: len(ROUND)]:
        points += [{**base, name: Fraction(3, 7)} for name in names[1:]]
    for point in points:
        if all([_true(a, point) is not False for a in lost]):
            continue
        if not all([_true(a, point) for a in kept]):
            implied += any([_true(a, point) is False for a in kept])
            continue
        left, right = _at(before, point), _at(after, point)
        if left is None and right is None:
            fails += 1
        elif left is None or right is None or not left.overlaps(right):
            return True, fails, implied
    return False, fails, implied


def _true(alternatives: tuple[Expression, ...], point: dict[str, Fraction]) -> bool | None:
    """Whether one of the relations holds; an undefined one does not."""
    known: list[bool | None] = []
    for a in alternatives:
        try:
            held = ball(a, point) if isinstance(a, Equation) else None
        except Undefined:
            held = False
        except (DeriveError, NoValue):
            held = None
        known.append(held if isinstance(held, bool) else None)
    return True if True in known else False if all([k is False for k in known]) else None


def _at(e: Expression, point: dict[str, Fraction]):  # type: ignore[no-untyped-def]
    """The value at the point, None where there is none."""
    try:
        value = ball(e, point)
    except (Undefined, NoValue, DeriveError):
        return None
    return value if hasattr(value, "overlaps") else None

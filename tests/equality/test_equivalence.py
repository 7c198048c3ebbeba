"""Equivalent: the verdict is right, the same both ways round, and its witness is a true one."""

from __future__ import annotations

import time
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import derive
from derive.equality import Equivalence
from derive.expressions import (
    Equation,
    Expression,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    call,
    fold,
    make,
    natural,
    negation,
    power,
    product_of,
    quotient,
    rebuild,
    sum_of,
    symbol,
)  # fmt: skip
from tests.equality.test_similarity import pairs
from tests.strategies import differentiable
from tests.work import work

X = symbol("x")

VERDICTS = {
    "identical": """
x + 1               x+1
f(x)                f(x)
ln(-1)              ln(-1)
""",
    "similar": """
2x/3                2/3*x
[x + 1, y]          [1 + x, y]
y = x               x = y
x > 2               2 < x
""",
    "equivalent": """
(x + 1)^2           x^2 + 2x + 1
tan(x)              sin(x)/cos(x)
sqrt(x^2)           abs(x)
sin(x)^2 + cos(x)^2  1
2 + 3               5
2^(3x)              8^x
cos(2x)             1 - 2*sin(x)^2
x^(6 - 1/2)         x^5*sqrt(x)
e^x/(1 + e^(2x))    1/(e^x + e^(-x))
f(x + 1) - f(1 + x)  0
x^n*x^m             x^(n + m)
[(x + 1)^2, 1]      [x^2 + 2x + 1, 1]
y = 2x - 1          2x - y = 1
x > 2               2x > 4
1/(1/x)             1/(1/x)*2/2
""",
    "agrees": """
ln(x^2)             2*ln(abs(x))
ln(x^4)             2*ln(x^2)
sqrt(3 + 2*sqrt(2))  1 + sqrt(2)
piecewise(x, x > 0, -x)  abs(x)
d/dx(x^2*f(x))      2*x*f(x) + x^2*f'(x)
d/dx(abs(x))        x/abs(x)
d/dx(sin(x^2))      2*x*cos(x^2)
atan(1)*4           pi
sqrt(5 + 2*sqrt(6))  sqrt(2) + sqrt(3)
x > 2               e^x > e^2
""",
    "under-conditions": """
ln(x^2)             2*ln(x)
x/x                 1
x^2/x               x
sqrt(x)^2           x
e^(ln(x))           x
tan(x)*cos(x)       sin(x)
1/tan(x)            cot(x)
(x^2 - 2)/(x^2 - 2)  1
(x - 1/3)/(x - 1/3)  1
(x^2 - y^2)/(x - y)  x + y
x/sqrt(x)           sqrt(x)
asin(x) + acos(x)   pi/2
sin(x)/x            sinc(x)
ln(x*y)             ln(x) + ln(y)
sqrt(x*y)           sqrt(x)*sqrt(y)
[1, x/x]            [1, 1]
""",
    "different": """
x + 1               x + 2
sqrt(x^2)           x
sin(x)              cos(x)
f(x)                g(x)
f(x + 1)            f(x)
x                   y
2 + 3               6
abs(x)              x
sign(x)^2           1
atan(x) + atan(1/x)  pi/2
cos(n*pi)           (-1)^n
(x + y)^2           x^2 + y^2
ln(x + y)           ln(x) + ln(y)
d/dx(x^3)           x^2
y = 2x - 1          y = 2x + 1
y = x^2             2y = 3x^2
x^2 + y^2 = 25      y = sqrt(25 - x^2)
x > 2               x > 3
x > 2               x >= 2
x > 2               -x > -2
[x, 1]              [x, 2]
[x, 1]              [[x], [1]]
[x, 1]              x
x = 1               x
10^40 + x           x + 10^40 + 1/10^30
pi                  3.14159265358979323846264338327950288419716939937510
""",
    "unknown": """
ln(x)               ln(-x)
1/0                 2/0
ln(-1 - x^2)        sqrt(-1 - x^2)
acos(2)             1
""",
}


@pytest.mark.parametrize(("verdict", "a", "b"), [(v, a, b) for v, table in VERDICTS.items() for a, b in pairs(table)])
def test_verdicts(verdict: str, a: str, b: str) -> None:
    found = derive.equivalent(a, b)
    assert found.verdict == verdict, found
    assert bool(found) == (verdict not in ("different", "unknown"))
    assert derive.equivalent(b, a).verdict == verdict
    assert found.message()
    assert found.message("ko")
    check_witness(derive.parse(a), derive.parse(b), found)


def check_witness(a: Expression, b: Expression, found: Equivalence) -> None:
    """At the point of the witness the expressions have the values it says, found by another way of evaluating."""
    w = found.witness
    if found.verdict == "different" and found.evidence.method == "place":
        assert w is not None
    if w is None or any(v.startswith("≈") for v in w.point.values()) or "true" in (w.left, w.right):
        return
    if w.entry is not None:
        (row, column), n = w.entry, a.label
        assert isinstance(n, int)
        a, b = (e.arguments[(row - 1) * n + column - 1] for e in (a, b))
    if isinstance(a, Equation) or isinstance(b, Equation) or w.functions:
        return
    for side, e, said in (("left", a, w.left), ("right", b, w.right)):
        if w.lacks == side:
            with pytest.raises(derive.DomainError):
                derive.evaluate(e, w.point, digits=20)
        elif said is not None:
            value = derive.evaluate(e, w.point, digits=60)
            assert isinstance(value, Decimal)
            top, _, bottom = said.partition("/")
            gap = abs(value - Decimal(top) / Decimal(bottom or 1))
            assert gap <= abs(value) * Decimal("1e-9") + Decimal("1e-40")
    if found.verdict == "different" and w.left is not None:
        assert w.left != w.right


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("x + 1", "x + 2", "Different: at x = 2 the first is 3 and the second is 4."),
        ("sqrt(x^2)", "x", "Different: at x = -1 the first is 1 and the second is -1."),
        ("ln(x^2)", "2ln(x)", "Equal where x > 0; at x = -1 only the first has a value."),
        ("1", "x/x", "Equal where x ≠ 0; at x = 0 only the first has a value."),
        ("1/tan(x)", "cot(x)", "Equal where cos(x) ≠ 0, tan(x) ≠ 0; at x ≈ 1.5708 only the second has a value."),
        ("2 + 3", "6", "Different: the first is 5 and the second is 6."),
        ("[1, 2x]", "[1, 3x]", "Row 1, column 2. Different: at x = 2 the first is 4 and the second is 6."),
        ("x > 2", "x > 3", "Different: at x = 3 the first is true and the second is false."),
        ("[1, x]", "[[1], [x]]", "Different: they do not have the same shape."),
        ("(x - sqrt(2))/(x - sqrt(2))", "1", "Equal where x − √2 ≠ 0; at x ≈ 1.41421 only the second has a value."),
    ],
)  # fmt: skip
def test_what_is_said(a: str, b: str, said: str) -> None:
    assert derive.equivalent(a, b).message() == said


def test_evidence_says_how_it_is_known() -> None:
    proof = derive.equivalent("(x+1)^2", "x^2+2x+1")
    assert proof.proved
    assert proof.evidence.method == "identity"
    seen = derive.equivalent("ln(x^2)", "2ln(abs(x))")
    assert not seen.proved
    assert (seen.evidence.method, seen.evidence.points) == ("points", 12)
    assert seen.evidence.digits >= 30
    assert "no proof" in seen.message()
    assert derive.equivalent("x", "x + 1").proved


def test_conditions_that_are_given_are_used() -> None:
    assert derive.equivalent("sqrt(x^2)", "x").verdict == "different"
    assert derive.equivalent("sqrt(x^2)", "x", given=["x >= 0"])
    assert derive.equivalent("ln(x^2)", "2ln(x)", given=["x > 0"]).verdict == "agrees"
    assert derive.equivalent("x/x", "1", given=["x != 0"]).verdict == "equivalent"
    with pytest.raises(derive.UsageError, match="no condition"):
        derive.equivalent("x", "x + 1", given=["x"])


def test_conditions_name_what_one_needs_beyond_the_other() -> None:
    found = derive.equivalent("x*ln(x)/x", "ln(x)")
    assert found.verdict == "equivalent"  # x > 0 is needed by both, and implies x != 0
    assert derive.equivalent("x*ln(y)/x", "ln(y)").conditions == ("x != 0",)
    assert derive.equivalent("ln(x^2)", "2ln(x)").conditions == ("x > 0",)


def test_functions_that_are_only_named_say_what_was_put_in() -> None:
    found = derive.equivalent("f(x)", "f(-x)")
    assert found.witness is not None
    assert list(found.witness.functions) == ["f(slot1)"]
    assert found.message().endswith("Smooth examples were taken for f.")


def test_text_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(derive.ReadError):
        derive.equivalent("x +", "x")
    with pytest.raises(derive.ReadError):
        derive.similar("x", "(")


def test_verdicts_are_values() -> None:
    found = derive.equivalent("x", "x + 1")
    assert Equivalence.model_validate_json(found.model_dump_json()) == found
    with pytest.raises(ValidationError):
        found.verdict = "equivalent"  # type: ignore[misc]


# ── large ones ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_deep_ones_are_compared() -> None:
    a = b = X
    for _ in range(3_000):
        a, b = call("sin", sum_of([a, a])), call("sin", product_of([natural(2), b]))
    assert derive.equivalent(a, b)
    assert derive.equivalent(a, call("sin", sum_of([b, natural(1)]))).verdict == "different"


def test_a_limit_is_kept() -> None:
    e = derive.parse(" + ".join(f"gamma(sin(x*{k}) + 2)^x" for k in range(1, 400)))
    start = time.process_time()
    zero = derive.parse("ln(abs(x)) - ln(x^2)/2")
    found = derive.equivalent(e, sum_of([e, zero]), limits=derive.Limits(seconds=0.2))
    assert found.verdict in ("agrees", "unknown", "under-conditions")
    assert time.process_time() - start < 10  # 0.22 s


def test_nothing_is_begun_that_would_go_beyond_the_limit() -> None:
    a = X
    for _ in range(30_000):
        a = call("sin", sum_of([a, natural(1)]))
    start = time.process_time()
    found = derive.equivalent(a, call("cos", a), limits=derive.Limits(seconds=0.05))
    assert (found.verdict, found.reason) == ("unknown", "budget")
    assert time.process_time() - start < 10  # 0.35 s
    assert found.message() == "Not decided within the time."


def test_most_answers_take_a_few_thousand_lines() -> None:
    """A millisecond or two."""
    asked = [(derive.parse(a), derive.parse(b)) for v in ("similar", "different") for a, b in pairs(VERDICTS[v])[:4]]
    for a, b in asked:
        derive.equivalent(a, b)
    for a, b in asked:
        assert work(partial(derive.equivalent, a, b)) < 20_000, (a, b)


# ── random ones ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _equal_forms(e: Expression) -> list[Expression]:
    """e in other words that have its value wherever e has one."""
    found = [sum_of([e, X, negation(X)]), product_of([natural(2), quotient(e, natural(2))]), negation(negation(e))]
    match e:
        case Product() if isinstance(e.arguments[0], Sum):
            found.append(sum_of([product_of([t, *e.arguments[1:]]) for t in e.arguments[0].arguments]))
        case Sum() | Product():
            found.append(rebuild(e, e.arguments[::-1]))
        case Quotient() if isinstance(e.numerator, Sum):
            found.append(sum_of([quotient(t, e.denominator) for t in e.numerator.arguments]))
        case Power() if e.exponent == natural(2):
            found.append(product_of([e.base, e.base]))
        case Power() if isinstance(e.exponent, Number) and isinstance(e.exponent.label, int) and e.exponent.label > 2:
            found.append(product_of([e.base, power(e.base, natural(e.exponent.label - 1))]))
    return found


@given(differentiable(("x", "y"), abstract=("f",), max_leaves=7), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_an_equivalent_rewriting_is_never_different(e: Expression, random: st.Random) -> None:  # type: ignore[name-defined]
    def other(node: Expression, parts: list[Expression]) -> Expression:
        node = rebuild(node, tuple(parts))
        return random.choice(_equal_forms(node)) if random.random() < 0.4 else node

    rewritten = fold(e, other)
    for found in (derive.equivalent(e, rewritten), derive.equivalent(rewritten, e)):
        assert found or found.verdict == "unknown", (str(e), str(rewritten), found)


@given(differentiable(("x",), max_leaves=7), st.integers(0, 5), st.integers(0, 10**6))
@settings(deadline=None)
def test_a_changed_value_is_different_with_a_true_witness(e: Expression, kind: int, at: int) -> None:
    """A sum, factor, sign, exponent or function changed at one place: where the values change, it is seen."""
    changed = _mutated(e, kind, at)
    try:
        values = [[Decimal(derive.evaluate(u, {"x": x}, digits=25)) for u in (e, changed)] for x in ("1.37", "2.81")]
    except derive.DeriveError:
        assume(False)
    assume(all(v.adjusted() < 40 for pair in values for v in pair))
    assume(all(abs(p - q) > Decimal("1e-15") for p, q in values))
    found = derive.equivalent(e, changed)
    assert found.verdict == "different", (str(e), str(changed), found)
    check_witness(e, changed, found)
    assert derive.equivalent(changed, e).verdict == "different"


def _mutated(e: Expression, kind: int, at: int) -> Expression:
    """A slip made in one of the nodes."""
    nodes = [n for n in derive.expressions.postorder(e) if not isinstance(n, Symbol)] or [e]
    node = nodes[at % len(nodes)]
    slips = (
        sum_of([node, natural(1)]), product_of([node, natural(2)]), negation(node), power(node, natural(2)),
        make(type(node), node.arguments, "cos") if node.kind == "call" else call("sin", node), X,
    )  # fmt: skip
    return e.replace(node, slips[kind])

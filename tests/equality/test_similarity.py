"""Similar: order and trivia make no difference, everything that a student does makes one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derive
from derive.equality.forms import form
from derive.expressions import (
    ONE,
    ZERO,
    Equation,
    Expression,
    Negation,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
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
from tests.strategies import expressions
from tests.work import growth

X = symbol("x")

ALIKE = """
x + 1                       1 + x
(a + b) + c                 c + (b + a)
a*(b*c)                     (c*a)*b
a - b                       a + (-b)
a - (b - c)                 a + -(b - c)
-(-x)                       x
-(-(a + b)) + c             a + b + c
(-a)*b                      -(a*b)
(-a)*(-b)                   a*b
a*(-2)                      -2*a
(-a)/b                      a/(-b)
-(a/b)                      (-a)/b
x + 0                       x
0 + x + 0                   x
1*x                         x
1*x*1                       x
x/1                         x
x^1                         x
-0                          0
2/3*x                       2x/3
x*(2/3)                     2*x/3
-2/3*x                      -(2*x)/3
(1/2)*x*y                   x*y/2
a*(1/b)                     a/b
a/b/c                       a/(b*c)
(a/b)*(c/d)                 a*c/(b*d)
0.5*x                       x/2
1.50                        3/2
2.0*x                       2*x
sqrt(x)                     x^(1/2)
sqrt(x)                     x^0.5
cbrt(x)                     x^(1/3)
root(x, 3)                  cbrt(x)
exp(2x)                     e^(2x)
sin(1 + x)*cos(x)           cos(x)*sin(x + 1)
f(x + 1, y*z)               f(1 + x, z*y)
min(a, b)                   min(b, a)
x = y + 1                   1 + y = x
a < b                       b > a
a <= b + 1                  1 + b >= a
[x + 1, y]                  [1 + x, y]
d/dx(d/dx(sin(x)))          d^2/dx^2 sin(x)
d/dx(x*sin(x)) + 1          1 + d/dx(sin(x)*x)
e^(-(-x))                   e^x
piecewise(1 + x, x > 0, 2)  piecewise(x + 1, 0 < x, 2)
at(x^2, x = 1, y = 2)       at(x^2, y = 2, x = 1)
"""

UNLIKE = """
x*x                         x^2
x^2*x^3                     x^5
2*3                         6
2 + 3                       5
2/4                         1/2
x + x                       2*x
2*(x + 1)                   2*x + 2
-(a - b)                    b - a
1/x                         x^(-1)
1/sqrt(x)                   x^(-1/2)
sec(x)                      1/cos(x)
tan(x)                      sin(x)/cos(x)
a/(b/c)                     a*c/b
x/x                         1
0*x                         0
0/x                         0
x^0                         1
a - a                       0
a - b                       b - a
a/b                         b/a
a^b                         b^a
a + b*c                     (a + b)*c
a*b + c                     a + b + c
-x^2                        (-x)^2
f(x, y)                     f(y, x)
f(x)                        g(x)
sin(x)                      cos(x)
x                           y
x                           -x
2                           3
log(x, 2)                   ln(x)/ln(2)
a < b                       a > b
a = b                       a < b
a < b                       a <= b
[x, y]                      [y, x]
[x, y]                      [[x], [y]]
d/dx(f(x))                  d/dy(f(x))
f'(x)                       f''(x)
sqrt(x)                     cbrt(x)
mod(a, b)                   mod(b, a)
e^x                         x^e
1e3999*x                  1e3998*x
"""


def pairs(table: str) -> list[tuple[str, str]]:
    rows = [tuple(part.strip() for part in line.split("  ") if part.strip()) for line in table.strip().splitlines()]
    return [(a, b) for a, b in rows]


@pytest.mark.parametrize(("a", "b"), pairs(ALIKE))
def test_order_and_trivia_make_no_difference(a: str, b: str) -> None:
    assert derive.similar(a, b)
    assert derive.similar(b, a)
    assert derive.similar(a, b).witness is None


@pytest.mark.parametrize(("a", "b"), pairs(UNLIKE))
def test_what_a_student_does_makes_a_difference(a: str, b: str) -> None:
    found = derive.similar(a, b)
    assert not found
    assert not derive.similar(b, a)
    assert found.verdict == "different"


def test_the_same_tree_is_identical() -> None:
    assert derive.similar("x + 1", "x+1").verdict == "identical"
    assert derive.similar("x + 1", derive.parse("1 + x")).verdict == "similar"


@pytest.mark.parametrize(
    ("a", "b", "path", "left", "right"),
    [
        ("x + sin(2x)", "sin(3x) + x", (1, 0, 0), "2", "3"),
        ("2*x", "3*x", (0,), "2", "3"),
        ("x^2", "x^3", (1,), "2", "3"),
        ("[x, x + y]", "[x, x - y]", (1, 1), "y", "-y"),
        ("x", "y", (), "x", "y"),
        ("x + y", "x*y", (), "x + y", "x*y"),
        ("sin(a) + cos(b)", "sin(c) + cos(d)", (), "sin(a) + cos(b)", "sin(c) + cos(d)"),
    ],
)
def test_the_smallest_parts_that_differ(a: str, b: str, path: tuple[int, ...], left: str, right: str) -> None:
    witness = derive.similar(a, b).witness
    assert witness is not None
    assert (witness.path, witness.left, witness.right) == (path, left, right)
    assert str(derive.parse(a).at(witness.path)) == left


def test_the_message_names_the_parts() -> None:
    found = derive.similar("2*x", "3*x")
    assert found.message() == "Not only the order differs: the first has 2 where the second has 3."
    assert "2" in found.message("ko")
    assert derive.similar("x", "x").message() == "They are written alike."


# ── random expressions: rewriting by trivia keeps the form, in any place ─────────────────────────────────────────────


def _rewritings(e: Expression) -> list[Expression]:
    """e in other spellings."""
    found = [
        sum_of([e, ZERO]), product_of([ONE, e]), quotient(e, ONE), power(e, ONE), negation(negation(e)),
        make(Product, (negation(ONE), negation(e))),
    ]  # fmt: skip
    match e:
        case Sum() | Product():
            found.append(rebuild(e, e.arguments[::-1]))
            if len(e.arguments) > 2:
                found.append(make(type(e), (make(type(e), e.arguments[:2]), *e.arguments[2:])))
                found.append(make(type(e), (e.arguments[0], make(type(e), e.arguments[1:]))))
        case Quotient():
            found.append(product_of([e.numerator, quotient(ONE, e.denominator)]))
            found.append(negation(quotient(e.numerator, negation(e.denominator))))
        case Power() if e.exponent == quotient(ONE, natural(2)):
            found.append(call("sqrt", e.base))
        case Equation() if e.relation in ("=", "!="):
            found = [rebuild(e, e.arguments[::-1])]
        case Number() if isinstance(e.label, int) and e.label < 1000:
            found.append(make(Number, (), f"{e.label}.0"))
    return [r for r in found if not isinstance(e, Equation)] or found


@given(expressions(10), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_rewriting_by_trivia_keeps_the_form(e: Expression, random: st.Random) -> None:  # type: ignore[name-defined]
    def other(node: Expression, parts: list[Expression]) -> Expression:
        node = rebuild(node, tuple(parts))
        fixed = node.kind in ("symbol", "equation", "matrix", "number", "piecewise", "derivative")
        return node if fixed or random.random() < 0.5 else random.choice(_rewritings(node))

    rewritten = fold(e, other)
    if all(n.arguments == () or n.kind != "derivative" for n in (rewritten, e)):
        assert derive.similar(e, rewritten), (str(e), str(rewritten))


@given(expressions(8), expressions(8))
@settings(max_examples=100, deadline=None)
def test_similarity_is_symmetric_and_says_where(a: Expression, b: Expression) -> None:
    found = derive.similar(a, b)
    assert bool(found) == bool(derive.similar(b, a))
    if found.witness is not None:
        part = a.at(found.witness.path)
        assert not found.witness.left or str(part) == found.witness.left


# ── large ones ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _towers(n: int) -> Callable[[], object]:
    """Two towers of n sums, each level a term of the next, compared."""
    a = b = X
    for k in range(n):
        a = make(Sum, (call("sin", a), a, natural(k)))
        b = make(Sum, (natural(k), make(Sum, (b, call("sin", b)))))
    assert derive.similar(a, b)
    return lambda: derive.similar(a, b)


def test_towers_of_sums_cost_in_proportion() -> None:
    """Flattening them would cost n^2."""
    assert growth(_towers, 500, 2_000) < 1.1


def test_tens_of_thousands_of_levels() -> None:
    a = b = X
    for _ in range(20_000):
        a, b = call("sin", sum_of([a, ONE])), call("sin", sum_of([ONE, b]))
    assert derive.similar(a, b)
    assert not derive.similar(a, call("cos", b))


def test_doubled_sums_do_not_come_to_nothing() -> None:
    """x + x, twice that, and so on: 2^300 terms are not 0 of them, nor 2^299."""
    sums = [X]
    for _ in range(300):
        sums.append(make(Sum, (sums[-1], sums[-1])))
    forms = {form(e) for e in sums}
    assert len(forms) == len(sums)
    assert form(ZERO) not in forms


def test_negation_is_no_trivia_of_a_sum() -> None:
    assert not derive.similar(negation(sum_of([X, ONE])), make(Sum, (make(Negation, (X,)), negation(ONE))))

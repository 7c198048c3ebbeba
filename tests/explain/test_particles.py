"""Particles follow what is heard last when a formula is read aloud."""

from __future__ import annotations

import pytest

from derive.explain.catalog import PRIME
from derive.explain.particles import PAIRS, last_sound, particle, spoken_end
from derive.expressions import Expression, power
from derive.notation import parse

HEARD = """
0  영  을
1  일  을
2  이  를
3  삼  을
4  사  를
5  오  를
6  육  을
7  칠  을
8  팔  을
9  구  를
10  십  을
12  이  를
20  십  을
100  백  을
305  오  를
1000  천  을
10000  만  을
0.5  오  를
0.50  영  을
1e-3  삼  을
x  x  를
y  y  를
n  n  을
m  m  을
l  l  을
r  r  을
h  h  를
z  z  를
w  w  를
a  a  를
theta  세타  를
epsilon  엡실론  을
x_1  일  을
x_n  n  을
x_ab  ab  를
pi  파이  를
e  이  를
infinity  무한대  를
x + 1  일  을
1 + x  x  를
x - n  n  을
-x  x  를
2*n  n  을
n*x  x  를
x/3  x  를
3/x  삼  을
(x + 1)/y  일  을
x^2  제곱  을
e^x  제곱  을
x^(1/2)  제곱  을
sin(x)^2  x  를
sin(n)^2  n  을
exp(x)^2  제곱  을
f(x)^2  제곱  을
sin(x)  x  를
sin(3)  삼  을
sin(x + 1)  일  을
sqrt(x)  x  를
sqrt(2)  이  를
abs(n)  n  을
log(x, 3)  x  를
root(n, 4)  n  을
factorial(x)  팩토리얼  을
f(x, n)  n  을
max(n, x)  x  를
f'(x)  x  를
d/dx(x^2)  제곱  을
d/dx(sin(x))  x  를
x = 3  삼  을
x > 0  영  을
at(x^2, x = 3)  삼  을
lim h->0 (h)  h  를
[[1, 2]]  행렬  을
piecewise(1, x < 0, x)  x  를
"""

KINDS = """
3  으로  으로
1  으로  로
7  로  로
8  로  로
2  으로  로
l  으로  로
r  으로  로
n  으로  으로
x^2  로  으로
factorial(x)  으로  로
x  와  와
n  와  과
x  은  는
1  는  은
x  이  가
6  가  이
x  이다  다
1  이다  이다
x  이므로  므로
3  므로  이므로
"""

WORDS = """
사인함수  를
절댓값  을
1/2*x  를
sin(x)  를
(x + 1)  을
x²  을
f′  을
'n'  을
"""


def rows(table: str) -> list[list[str]]:
    return [line.split("  ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("shown", "heard", "object"), rows(HEARD))
def test_what_is_heard_last(shown: str, heard: str, object: str) -> None:
    e = parse(shown)
    assert spoken_end(e) == heard
    assert particle(e, "을") == particle(e, "를") == object


@pytest.mark.parametrize(("content", "wanted", "expected"), rows(KINDS))
def test_every_kind_of_particle(content: str, wanted: str, expected: str) -> None:
    assert particle(parse(content), wanted) == expected


@pytest.mark.parametrize(("word", "expected"), rows(WORDS))
def test_words(word: str, expected: str) -> None:
    assert particle(word, "을") == expected


def test_nothing_is_an_open_sound() -> None:
    assert particle("", "을") == "를"


def test_a_book_formula_with_a_prime() -> None:
    assert spoken_end(power(parse("u"), PRIME)) == "프라임"


def test_both_forms_of_a_particle_are_known() -> None:
    assert all(PAIRS[name] == (closed, open_) for closed, open_ in PAIRS.values() for name in (closed, open_))


def test_depth() -> None:
    e: Expression = parse("x")
    for _ in range(100_000):
        e = type(parse("-x"))((e,))
    assert last_sound(e) == ""

"""What depends on which of many letters: the same answers as for a few, and what is free of a letter is left alone."""

from __future__ import annotations

from random import Random

from derive.expressions import Expression, call, postorder, power, product_of, sum_of, symbol
from derive.notation import parse
from derive.rules import Facts
from derive.rules.facts import FEW
from derive.rules.letters import BITS, Letters

MANY = 3 * BITS
XS = [symbol(f"x_{k}") for k in range(MANY)]


def some(draw: Random) -> Expression:
    """A function of some of the letters, with shared parts."""
    made: list[Expression] = draw.sample(XS, 40)
    for _ in range(200):
        a, b = draw.sample(made, 2)
        made.append(draw.choice((sum_of, product_of))([a, b]) if draw.random() < 0.7 else power(call("sin", a), b))
    return sum_of(made[-50:])


def test_many_letters_get_the_answers_of_one() -> None:
    draw = Random(7)
    f = some(draw)
    facts = Facts.within(postorder(f))
    for x in draw.sample(XS, MANY):
        assert facts.depends(f, x) is (x in postorder(f)) is Facts().depends(f, x)
    for e in draw.sample(postorder(f), 60):
        for x in draw.sample(XS, 10):
            assert facts.depends(e, x) is (x in postorder(e))


def test_a_letter_that_is_bound_does_not_occur() -> None:
    facts = Facts()
    for name in "abcdefg"[: FEW + 3]:
        facts.depends(parse(name), symbol(name))
    e = parse("int_0^a cos(t)*y dt + b")
    assert [facts.depends(e, symbol(name)) for name in "abtyz"] == [True, True, False, True, False]


def test_a_bit_says_that_a_letter_may_stand_there() -> None:
    letters = Letters()
    assert [letters.may_stand(x, XS[0]) for x in XS[: BITS + 1]] == [True, *[False] * (BITS - 1), True]
    assert letters.needed(sum_of([XS[0], XS[1]]), XS[1], ()) == [XS[1], sum_of([XS[0], XS[1]])]


def test_only_where_a_letter_may_stand_is_looked() -> None:
    f = sum_of([call("sin", power(x, x)) for x in XS[:BITS]])
    letters = Letters()
    assert [len(letters.needed(f, x, ())) for x in XS[:BITS]] == [4] * BITS
    assert not letters.may_stand(XS[BITS - 1], f.arguments[0])

"""No answer to a shared example is silently wrong, and textbook answers are about as long as the book's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

import derive
from tests.benchmarks.answering import SETS, Answer, answered, fault, rows, size
from tests.benchmarks.answers import LONG, Measured, page, share
from tests.benchmarks.sympy_answers import Theirs

EVERY = {"rubi": 20, "suites": 2, "polynomials": 4, "multivariable": 3, "simplify": 2}  # the quick run: 2 s
LONG_SHARE = 0.95  # of 100 textbook answers may have up to 1.5 times the book's nodes; 97.8 have


@cache
def textbook() -> tuple[Answer, ...]:
    """All textbook records, answered once."""
    return tuple(answered(record) for record in rows("textbook"))


def no_answer_is_silently_wrong(name: str, every: int) -> None:
    found = textbook() if name == "textbook" else tuple(answered(record) for record in rows(name, every))
    assert found
    assert not [(a.id, a.asked, a.ours, a.said) for a in found if a.verdict in ("wrong", "crashed")]


@pytest.mark.parametrize("name", SETS)
def test_none_is_silently_wrong(name: str) -> None:
    no_answer_is_silently_wrong(name, EVERY.get(name, 1))


@pytest.mark.nightly
@pytest.mark.parametrize("name", EVERY)
def test_none_of_all_is_silently_wrong(name: str) -> None:
    no_answer_is_silently_wrong(name, 1)


def test_textbook_answers_are_short() -> None:
    found = Measured("textbook", textbook(), {})
    assert len(found.ratios) >= 250
    assert share(found.ratios, LONG) >= LONG_SHARE


def test_a_wrong_value_is_found() -> None:
    """The judge of this page can say no: a digit, a sign, a missing value."""
    record = next(r for r in rows("textbook") if len(r["points"][0]["value"]) > 25)
    right = derive.differentiate(derive.parse(record["input"]), *record["wrt"]).result
    assert fault(record, right) == ""
    assert "instead of" in fault(record, derive.parse(f"-({right})"))
    assert fault(record, derive.parse(f"({right}) + ln(-1)"))
    value = Decimal(record["points"][0]["value"])
    off = value + value.copy_abs() * Decimal("1e-27")
    assert fault({**record, "points": [{**record["points"][0], "value": str(off)}]}, right)


def test_sizes_are_those_a_reader_counts() -> None:
    assert size(derive.parse("-exp(x)")) == size(derive.parse("e^x")) == 3
    assert size(derive.parse("[x^2, 1]")) == 4


def test_a_crash_is_an_answer_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(derive, "differentiate", broken)
    assert answered(rows("textbook")[0]).verdict == "crashed"


def test_the_page_lists_what_is_not_right() -> None:
    """Made-up answers: one wrong, one long; both are listed, and shares are of what was compared."""
    right = answered(rows("textbook")[0])
    wrong = replace(right, id="wrong-1", verdict="wrong", said="at x = 1: 2 instead of 3")
    long = replace(right, id="long-1", nodes=10 * right.book)
    text = page([Measured("textbook", (right, wrong, long), {right.id: Theirs((right.ours,), 1.0)})])
    assert "| wrong-1 |" in text
    assert "| 10.00 | long-1 |" in text
    assert "| 2 (66.7%) | 1 | 0 |" in text

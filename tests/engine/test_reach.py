"""How far a limit without brackets reaches: over the whole only where that is what it can mean, and with a note."""

from __future__ import annotations

import pytest

import derive


def test_a_limit_takes_the_quotient_whose_letter_it_binds() -> None:
    source = "lim x->2 (x^2 - 4)/(x - 2)"
    d = derive.solve(source)
    assert str(d.problem) == "lim x->2 ((x^2 - 4)/(x - 2))"
    assert str(d.result) == "4"
    (note,) = d.interpretation
    assert (note.kind, note.column, note.text) == ("limit-takes-all", 1, source)
    assert note.alternatives == ("lim x->2 (x^2 - 4)/(x - 2)",)


@pytest.mark.parametrize(
    ("problem", "read", "result"),
    [
        ("5*(lim x->2 x) + 3", "5*lim x->2 (x) + 3", "13"),  # nothing else holds its letter
        ("3*lim x->x x", "3*lim x->x (x)", "3*x"),  # its letter is also where it goes to
        ("lim x->2 x^2/(x + 1)", "lim x->2 (x^2/(x + 1))", "4/3"),  # it stands over everything as it is read
        ("(lim x->2 x^2)/y + lim x->3 x", "lim x->2 (x^2)/y + lim x->3 (x)", "4/y + 3"),  # one of two
    ],
)
def test_other_limits_stay_as_they_are_read(problem: str, read: str, result: str) -> None:
    d = derive.solve(problem)
    assert (str(d.problem), str(d.result)) == (read, result)
    assert not d.interpretation

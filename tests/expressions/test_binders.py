"""Letters that integrals and sums bind: they are not free, not replaced, and never capture."""

from __future__ import annotations

import pickle

import pytest

from derive.expressions import Integral, Number, Summation, from_rows, put_in, symbols, to_rows
from derive.notation import parse
from derive.rules import Facts

PUT_IN = [
    ("integral(sin(x*t), t, 0, x)", {"x": "y^2"}, "integral(sin(y^2*t), t, 0, y^2)"),
    ("integral(sin(x*t), t, 0, x)", {"t": "3"}, "integral(sin(x*t), t, 0, x)"),
    ("integral(t, t, 0, t)", {"t": "3"}, "integral(s, s, 0, 3)"),
    ("integral(sin(x*t), t, 0, x)", {"x": "t"}, "integral(sin(t*s), s, 0, t)"),
    ("integral(integral(s*t*x, s, 0, t), t, 0, x)", {"x": "s + t"},
     "integral(integral(u*v*(s + t), u, 0, v), v, 0, s + t)"),
    ("sum(x^k, k, 1, n)", {"x": "k"}, "sum(k^j, j, 1, n)"),
    ("sum(x^k, k, 1, k)", {"k": "4"}, "sum(x^j, j, 1, 4)"),
    ("lim h->0 (x*h)", {"x": "h"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "table", "expected"), PUT_IN)
def test_values_come_in_without_capture(text: str, table: dict[str, str], expected: str | None) -> None:
    e = parse(text)
    made = put_in(e, {parse(name): parse(value) for name, value in table.items()})
    if expected is None:
        assert symbols(made) == {"h"}
        assert made.arguments[1] != parse("h")
    else:
        assert str(made) == expected


def test_bound_letters_are_not_free() -> None:
    assert symbols(parse("integral(sin(x*t), t, a, b)")) == {"x", "a", "b"}
    assert symbols(parse("sum(x^k, k, k, n)")) == {"x", "k", "n"}
    facts, t = Facts(), parse("t")
    assert not facts.depends(parse("integral(sin(x*t), t, 0, x)"), t)
    assert facts.depends(parse("integral(sin(x*t), t, 0, t)"), t)


def test_a_binder_needs_a_letter() -> None:
    one = Number((), 1)
    for kind in (Integral, Summation):
        with pytest.raises(ValueError, match="binds a symbol"):
            kind((one, one, one, one))
        with pytest.raises(ValueError, match="needs"):
            kind((one, one))


def test_stored_and_read_back() -> None:
    for text in ("integral(sin(x*t), t, 0, x^2)", "sum(x^k, k, 1, n)"):
        e = parse(text)
        assert from_rows(to_rows([e])[0]) == e
        assert pickle.loads(pickle.dumps(e)) == e


def test_whole_numbers_are_known() -> None:
    from derive.expressions import postorder

    facts = Facts.within(postorder(parse("sum(x^k, k, 1, n)")))
    assert facts.is_whole(parse("2*k - n + 1"))
    assert not facts.is_whole(parse("k/2"))
    assert not facts.is_whole(parse("x"))

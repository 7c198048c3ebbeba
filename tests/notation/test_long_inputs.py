"""Long texts: tokens are let go as they are read, equal leaves are one object, and errors still have their place."""

from __future__ import annotations

import pytest

from derive import ReadError, parse
from derive.expressions import Symbol, postorder
from derive.notation import parser
from derive.notation.lexer import again, lex

LONG = "x*sin(y)^2 - 3/x + " * 4_000


def test_a_long_text_is_read_as_a_short_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    used_up = parse(LONG + "1")
    monkeypatch.setattr(parser, "MANY", 10**9)
    assert parse(LONG + "1") == used_up


@pytest.mark.parametrize(
    ("end", "message"),
    [(")", "expected a number, a name"), ("sin(x", r'"\(" is never closed'), ("sinn(x)", "sinn")],
)
def test_errors_in_long_texts_have_their_column(end: str, message: str) -> None:
    with pytest.raises(ReadError, match=message) as long:
        parse(LONG + end)
    with pytest.raises(ReadError) as short:
        parse("x + " + end)
    assert long.value.column - len(LONG) == short.value.column - len("x + ")


def test_a_relation_in_a_long_text_is_told_where_none_is_read() -> None:
    with pytest.raises(ReadError, match="a relation is not an expression") as found:
        parse(LONG + "1 = 2", relations=False)
    assert found.value.column == len(LONG) + 3


def test_equal_letters_and_numbers_are_one_object() -> None:
    e = parse("x + 2*x^2 + x_1*sin(x) + 0.5*pi*x_1 + 0.5 + pi")
    leaves: dict[tuple[type, object], set[int]] = {}
    stack = [e]
    while stack:
        node = stack.pop()
        stack += node.arguments
        if not node.arguments:
            leaves.setdefault((type(node), node.label), set()).add(id(node))
    assert all(len(objects) == 1 for objects in leaves.values())
    assert [n.label for n in postorder(e) if type(n) is Symbol] == ["x", "x_1"]


def test_the_tokens_of_a_text_are_the_same_again() -> None:
    lexed = lex(r"\frac{x}{2} + \sin x", latex=None)
    assert [repr(t) for t in again(lexed).tokens] == [repr(t) for t in lexed.tokens]

"""The grammars: no conflicts, an action for every alias, and a cache that may fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derive.notation import table as tables
from derive.notation.actions import ACTIONS


def test_grammar_has_one_reading_for_each_line() -> None:
    lark = pytest.importorskip("lark")

    class Unused(lark.lexer.Lexer):  # type: ignore[name-defined,misc]
        def __init__(self, conf: object) -> None: ...

        def lex(self, *_: object) -> object: ...

    lark.Lark(tables.grammar_text(), parser="lalr", lexer=Unused, start=list(tables.STARTS), strict=True)


def test_every_alias_has_its_action() -> None:
    aliases = set(re.findall(r"->\s+([a-z_]+)", re.sub(r"//.*", "", tables.grammar_text())))
    assert aliases <= set(ACTIONS), aliases - set(ACTIONS)


def test_cached_table_is_the_made_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = tables.table.__wrapped__()
    assert list(tmp_path.rglob("grammar-*.json"))
    assert tables.table.__wrapped__() == made


@pytest.mark.parametrize("broken", ["", "{}", "[1", '{"rules": 3}'])
def test_broken_cache_is_made_again(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = tables.table.__wrapped__()
    next(tmp_path.rglob("grammar-*.json")).write_text(broken)
    again = tables.table.__wrapped__()  # states are numbered anew
    assert (len(again.rules), len(again.shifts)) == (len(made.rules), len(made.shifts))


def test_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert tables.table.__wrapped__().rules

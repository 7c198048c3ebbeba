"""A reader of the part of Coq's language that statements of certificates use, for who does not trust the writer.

A term is read as nested tuples: ("+", a, b), ("sin", u), ("fun", v, body), ("^", u, n), a name or a Fraction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from derive.errors import DeriveError

Read: TypeAlias = "str | Fraction | tuple[Read, ...]"

_TOKEN = re.compile(r"\s*(\d+|[A-Za-z_][A-Za-z0-9_']*|<>|=>|->|/\\|\\/|[()+\-*/^<=:,])")
_BINDING = (("\\/",), ("/\\",), ("<>", "<", "="), ("+", "-"), ("*", "/"))


class Unreadable(DeriveError):
    """The text is not in the part of the language that certificates use."""


def read(text: str) -> Read:
    """The term or proposition that a text states: "0 < v_1"  →  ("<", 0, "v_1")."""
    groups: list[list[Read | _Sign]] = [[]]
    for word in tokens(text):
        if word == "(":
            groups.append([])
        elif word == ")":
            if len(groups) == 1:
                raise Unreadable("a bracket too many")
            inner = _whole(groups.pop())
            groups[-1].append(inner)
        elif word.isdigit():
            groups[-1].append(Fraction(word))
        elif word[0].isalpha() or word[0] == "_":
            groups[-1].append(word)
        else:
            groups[-1].append(_Sign(word))
    if len(groups) > 1:
        raise Unreadable("a bracket is missing")
    return _whole(groups[0])


def tokens(text: str) -> list[str]:
    """The words and signs of a text."""
    found: list[str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(f"unexpected {text[at : at + 10]!r}")
        found.append(match[1])
        at = match.end()
    return found


@dataclass(frozen=True, slots=True)
class _Sign:
    """An operator between the items of a bracket."""

    text: str


def _whole(items: list[Read | _Sign]) -> Read:
    """What the items of one bracket mean: fun first, then the operators from the loosest to the closest."""
    if len(items) > 3 and items[0] == "fun" and items[2] == _Sign("=>") and isinstance(items[1], str):
        return ("fun", items[1], _operators(items[3:]))
    return _operators(items)


def _operators(items: list[Read | _Sign], level: int = 0) -> Read:
    if level == len(_BINDING):
        return _prefixed(items)
    pieces: list[list[Read | _Sign]] = [[]]
    signs: list[str] = []
    for item in items:
        if isinstance(item, _Sign) and item.text in _BINDING[level] and pieces[-1]:
            signs.append(item.text)
            pieces.append([])
        else:
            pieces[-1].append(item)
    read_pieces = [_operators(piece, level + 1) for piece in pieces]
    if signs == ["<", "<"]:
        a, b, c = read_pieces
        return ("/\\", ("<", a, b), ("<", b, c))
    if len(signs) > 1 and level == 2:
        raise Unreadable("a chain of relations")
    total = read_pieces[0]
    for sign, piece in zip(signs, read_pieces[1:], strict=True):
        total = (sign, total, piece)
    return total


def _prefixed(items: list[Read | _Sign]) -> Read:
    """- u, / u ^ n, u ^ n, f u v or an atom."""
    match items:
        case [_Sign(text="-" | "/" as sign), *rest] if rest:
            return (sign, _prefixed(list(rest)))
        case [base, _Sign(text="^"), Fraction() as n] if not isinstance(base, _Sign):
            return ("^", base, n)
        case [one] if not isinstance(one, _Sign):
            return one
        case [str() as head, *rest] if rest and not any(isinstance(r, _Sign) for r in rest):
            return (head, *[r for r in rest if not isinstance(r, _Sign)])
    raise Unreadable("a term of an unknown shape")

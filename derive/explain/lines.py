"""Styled lines of a screen, and how words and formulas are broken to its width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from derive.notation.block import columns

MARKS = ("\ue000", "\ue001")  # characters of private use around the changed part


class Span(NamedTuple):
    """Text in one style: "", "number", "title", "quiet", "changed", "answer", "frame"."""

    text: str
    style: str = ""


Line: TypeAlias = list[Span]


def plain(line: Line) -> str:
    """A line without its styles."""
    return "".join([span.text for span in line]).rstrip()


def width_of(line: Line) -> int:
    return sum([columns(span.text) for span in line])


def styled(text: str, regions: list[tuple[int, int]], style: str) -> Iterator[Span]:
    """A row of a block, cut where its marked regions begin and end."""
    column, begin = 0, 0
    cuts: list[tuple[str, bool]] = []
    marked = False
    for index, c in enumerate(text):
        now = any([start <= column < end for start, end in regions])
        if now != marked:
            cuts.append((text[begin:index], marked))
            begin, marked = index, now
        column += columns(c)
    cuts.append((text[begin:], marked))
    return (Span(part, "changed" if on else style) for part, on in cuts if part)


def wrapped(text: str, room: int) -> Iterator[str]:
    """Words on lines of at most `room` columns, broken at blanks; a longer word stands by itself."""
    line, used = "", 0
    for word in text.split(" "):
        size = columns(word)
        if line and used + 1 + size > room:
            yield line
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    if line:
        yield line


def broken(text: str, room: int, style: str) -> Iterator[Line]:
    """A long formula on several lines, broken at blanks or after a dot; mark characters become a style."""
    pieces = _pieces(text)
    line: list[tuple[str, bool]] = []
    used = 0
    for piece, marked in pieces:
        size = columns(piece)
        if line and used + size > room:
            yield _spans(line, style)
            line, used = [], 0
            piece = piece.lstrip(" ")
            size = columns(piece)
        line.append((piece, marked))
        used += size
    if line:
        yield _spans(line, style)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    depth = 0
    piece = ""
    for c in text:
        if c in MARKS:
            if piece:
                yield piece, depth > 0
            piece = ""
            depth += 1 if c == MARKS[0] else -1
            continue
        if c == " " and piece:
            yield piece, depth > 0
            piece = ""
        piece += c
        if c in "·/" or len(piece) >= 24:
            yield piece, depth > 0
            piece = ""
    if piece:
        yield piece, depth > 0


def _spans(pieces: Iterable[tuple[str, bool]], style: str) -> Line:
    line: Line = []
    for text, marked in pieces:
        wanted = "changed" if marked else style
        if line and line[-1].style == wanted:
            line[-1] = Span(line[-1].text + text, wanted)
        else:
            line.append(Span(text, wanted))
    return line

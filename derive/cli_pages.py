"""The plain pages of `derive parse` and `derive rules`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from inspect import getdoc

from derive.errors import UsageError
from derive.expressions import Call, Expression, to_rows
from derive.explain import words
from derive.explain.catalog import Segments
from derive.explain.reference import example, mistaken
from derive.notation import Note, parse, read
from derive.rules import Mistake, Rule, registry

MOST_NODES = 60  # a screen or two; the tree of a page-long formula is read in JSON
WIDEST = 60  # columns for the text beside a node


def reading(text: str, shape: str, language: str) -> str:
    """How `text` is read, in one of the shapes of `derive parse --format`."""
    found = read(text)
    e = found.expression
    shapes: dict[str, Callable[[], str]] = {
        "text": lambda: str(e),
        "unicode": e.unicode,
        "latex": e.latex,
        "mathml": e.mathml,
        "json": lambda: json.dumps(_table(e), ensure_ascii=False),
    }
    if shape in shapes:
        return shapes[shape]()
    return "\n".join([str(e), "", *tree(e), *_notes(found.notes, language)])


def tree(root: Expression) -> Iterator[str]:
    """One line a node: its kind, and its text; children under it."""
    stack: list[tuple[Expression, str, str]] = [(root, "", "")]
    shown = 0
    while stack:
        e, before, below = stack.pop()
        shown += 1
        if shown > MOST_NODES:
            yield f"… and {len(stack) + 1} more; --format json has all"
            return
        yield before + _named(e)
        last = len(e.arguments) - 1
        for index in range(last, -1, -1):
            branch, under = ("└ ", "  ") if index == last else ("├ ", "│ ")
            stack.append((e.arguments[index], below + branch, below + under))


def rules(wanted: str | None, language: str) -> str:
    """All rules, a line each, or those whose id begins like `wanted`; the page of the one that has this id."""
    book = registry()
    if wanted is not None and wanted in book:
        return "\n".join(_page(book[wanted], language))
    chosen = [rule for rule in book.values() if rule.id.startswith(wanted or "")]
    if not chosen:
        raise UsageError(_no_such_rule(wanted or "", list(book)))
    width = max(len(rule.id) for rule in chosen)
    return "\n".join(f"{rule.id:{width}}  {_line(rule)}" for rule in chosen)


def _named(e: Expression) -> str:
    """`sum  x^2 + 1`, and `x` for a leaf."""
    text = str(e)
    short = text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
    return short if not e.arguments else f"{f'{e.kind} {e.name}' if isinstance(e, Call) else e.kind}  {short}"


def _notes(notes: Sequence[Note], language: str) -> Iterator[str]:
    """Under a blank line, each decision with its place."""
    for number, note in enumerate(notes):
        if not number:
            yield ""
        yield f"{note.line}:{note.column}  {_said(words.note(note, language))}"


def _table(e: Expression) -> dict[str, object]:
    rows, roots = to_rows([e])
    return {"nodes": rows, "root": roots[0]}


def _page(rule: Rule, language: str) -> Iterator[str]:
    """What a rule says, why, what it needs and assumes, its examples, and how it is often got wrong."""
    step = example(rule)
    yield f"{_said(words.name(rule.id, language))}  ·  {rule.id}"
    yield ""
    yield f"  {_line(rule)}"
    if step is not None:
        yield f"  {_said(words.why(step, language))}"
    yield from _section("where", [given.words for given in rule.given])
    yield from _section("assuming", _assumed(rule))
    yield from _section("examples", [_example(before, after) for before, after in rule.examples])
    yield from _section("mistakes", [line for mistake in rule.mistakes for line in _wrong(rule, mistake, language)])


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _line(rule: Rule) -> str:
    """`d/dx(u*v)  →  d/dx(u)*v + u*d/dx(v)`; for a function as right side, what it says of itself, or an example."""
    if isinstance(rule.rhs, str):
        return f"{_plain(rule.lhs)}  →  {_plain(rule.rhs)}"
    said = _first_line(rule.rhs)
    return said if "→" in said else next((_example(*pair) for pair in rule.examples if pair[1] is not None), "")


def _assumed(rule: Rule) -> list[str]:
    if isinstance(rule.assumes, tuple):
        return [_plain(text) for text in rule.assumes]
    return [_first_line(rule.assumes)]


def _example(before: str, after: str | None) -> str:
    shown = str(parse(before))
    return f"{shown}  →  {parse(after)}" if after is not None else f"{shown}  is not a case of it"


def _wrong(rule: Rule, mistake: Mistake, language: str) -> Iterator[str]:
    """A mistake, what it makes of the first example that it can be made in, and what to do instead."""
    found = mistaken(rule, mistake)
    if found is None:
        yield mistake.id
        return
    match, right, wrong = found
    yield f"{match.node}  →  {wrong}  ·  {mistake.id}"
    for sentence in words.mistake(rule.id, mistake.id, language, match.node, right, match.bindings):
        yield f"  {_said(sentence)}"


def _said(segments: Segments) -> str:
    """The segments of a message as plain text; the book's (u*v)' is kept as a power with a prime as its exponent."""
    return "".join([str(segment.content) for segment in segments]).replace("^`′`", "'")


def _first_line(function: object) -> str:
    return (getdoc(function) or "").partition("\n")[0]


def _plain(pattern: str) -> str:
    """A pattern as people write it: `?u*??rest  →  u*rest`."""
    return pattern.replace("??", "").replace("?", "")


def _no_such_rule(wanted: str, ids: list[str]) -> str:
    from difflib import get_close_matches

    near = (
        get_close_matches(wanted, ids, n=3, cutoff=0.5) or [name for name in ids if wanted.split(".")[-1] in name][:3]
    )
    return f"no rule {wanted}; " + (f"near it are {', '.join(near)}" if near else "derive rules lists them all")

"""Runs the LALR table over tokens: one stack, no recursion, values built as rules are recognized."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from derive.notation.table import table
from derive.notation.tokens import Token

Action = Callable[..., Any]


class Unexpected(Exception):
    """The token at `index` fits no rule; `expected` are the terminals that would."""

    def __init__(self, index: int, expected: frozenset[str]) -> None:
        super().__init__(index)
        self.index = index
        self.expected = expected


class Machine(NamedTuple):
    """The table for one start symbol, with the functions in place of their names."""

    shifts: list[dict[str, int]]
    reductions: list[dict[str, tuple[int, Action | None, tuple[int, ...], str]]]
    first: int
    last: int


def machine(start: str, actions: Mapping[str, Action]) -> Machine:
    """The machine that reads `start` and builds values with `actions`."""
    made = table()
    rules = [  # what is kept counts from the top of the stack
        (rule.size, actions[rule.action] if rule.action else None, tuple(i - rule.size for i in rule.kept), rule.origin)
        for rule in made.rules
    ]
    reductions = [{kind: rules[i] for kind, i in row.items()} for row in made.reductions]
    return Machine(made.shifts, reductions, made.starts[start], made.ends[start])


def run(tokens: Sequence[Token], machine: Machine) -> Any:
    """The value of `tokens`, whose last must be of kind $END; Unexpected where they fit no rule."""
    return value_of(tokens, tokens, machine)


def run_using_up(tokens: list[Token], machine: Machine) -> Any:
    """The same; each token is let go when it has been read, so that tokens and values are not there all at once."""
    tokens.reverse()

    def read() -> Iterator[Token]:
        while tokens:
            yield tokens.pop()

    return value_of(read(), (), machine)


def value_of(read: Iterable[Token], tokens: Sequence[Token], machine: Machine) -> Any:
    """The value of the tokens that are `read`; of `tokens` is said which of them fits no rule."""
    shifts, reductions, first, last = machine
    states = [first]
    values: list[Any] = []
    state = first
    for token in read:
        kind = token.kind
        while True:
            target = shifts[state].get(kind)
            if target is not None:
                values.append(token.value)
                states.append(target)
                state = target
                break
            rule = reductions[state].get(kind)
            if rule is None:
                raise Unexpected(_index(tokens, token), frozenset(k for k in (*shifts[state], *reductions[state])))
            size, action, kept, origin = rule
            if action is not None:
                value = action(*[values[i] for i in kept])
                if size:
                    del values[-size:], states[-size:]
                values.append(value)
            elif size != 1:
                raise AssertionError(f"a rule of {size} parts for {origin} needs an alias")
            else:
                states.pop()
            state = shifts[states[-1]][origin]
            states.append(state)
            if state == last and kind == "$END":
                return values[0]
    raise AssertionError("the tokens do not end with $END")


def _index(tokens: Sequence[Token], token: Token) -> int:
    return next((i for i, t in enumerate(tokens) if t is token), -1)

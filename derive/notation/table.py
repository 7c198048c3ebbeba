"""The LALR table that Lark makes of grammar/*.lark, compiled once a version and kept in the user's cache as JSON.

Only compiling imports Lark; what is read back is plain numbers and names, never code. A cache that cannot be read or
written is no error: the table is made again (about 0.1 s).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

GRAMMARS = ("expression", "latex", "pattern", "problem")
STARTS = ("expression", "pattern", "problem")


class Reduction(NamedTuple):
    """One rule as the machine runs it: pop `size` values, keep those at `kept`, call `action`, go to `origin`."""

    origin: str
    action: str | None
    size: int
    kept: tuple[int, ...]


class Table(NamedTuple):
    """`shifts[state][terminal]` is a state, `reductions[state][terminal]` an index into `rules`."""

    starts: dict[str, int]
    ends: dict[str, int]
    shifts: list[dict[str, int]]
    reductions: list[dict[str, int]]
    rules: list[Reduction]


def grammar_folder() -> Path:
    """Where the .lark files are: in the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parents[1]
    packaged = here / "grammar"
    return packaged if packaged.is_dir() else here.parent / "grammar"


def grammar_text() -> str:
    return "\n".join((grammar_folder() / f"{name}.lark").read_text(encoding="utf-8") for name in GRAMMARS)


@cache
def table() -> Table:
    """The table of the grammars as they are now."""
    source = grammar_text()
    own = Path(__file__).read_bytes()
    key = hashlib.sha256(own + source.encode() + sys.version.encode()).hexdigest()[:16]
    path = cache_folder() / f"grammar-{key}.json"
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        made = _compile(source)
        _store(path, made)
        return made


def _compile(source: str) -> Table:
    from lark import Lark
    from lark.lexer import Lexer

    class Unused(Lexer):  # our tokens come ready-made; Lark wants a class all the same
        def __init__(self, conf: object) -> None: ...

        def lex(self, *_: object) -> Any:
            return iter(())

    lark = Lark(source, parser="lalr", lexer=Unused, start=list(STARTS), maybe_placeholders=False)
    parse_table = lark.parser.parser._parse_table  # there is no public way to the table
    numbers: dict[Any, int] = {}
    rules: list[Reduction] = []
    shifts: list[dict[str, int]] = []
    reductions: list[dict[str, int]] = []
    for state in range(len(parse_table.states)):
        shifts.append({})
        reductions.append({})
        for terminal, (_, target) in parse_table.states[state].items():
            if isinstance(target, int):
                shifts[state][str(terminal)] = target
                continue
            if target not in numbers:
                numbers[target] = len(rules)
                rules.append(_reduction(target))
            reductions[state][str(terminal)] = numbers[target]
    starts = {str(k): v for k, v in parse_table.start_states.items()}
    ends = {str(k): v for k, v in parse_table.end_states.items()}
    return Table(starts, ends, shifts, reductions, rules)


VALUED = frozenset({
    "ATOM", "NAME", "FUNCTION", "DERIVATIVE", "RELATION", "DIRECTION", "PRIMES", "TASK", "WRT", "METAVARIABLE",
})  # fmt: skip
"""Terminals whose values reach the actions; the others only shape the tree."""


def _reduction(rule: Any) -> Reduction:
    kept = tuple(i for i, s in enumerate(rule.expansion) if not s.is_term or s.name in VALUED)
    return Reduction(str(rule.origin.name), rule.alias and str(rule.alias), len(rule.expansion), kept)


def _from_json(data: Any) -> Table:
    rules = [Reduction(origin, action, size, tuple(kept)) for origin, action, size, kept in data["rules"]]
    return Table(data["starts"], data["ends"], data["shifts"], data["reductions"], rules)


def _store(path: Path, made: Table) -> None:
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(made._asdict(), file, separators=(",", ":"))
        Path(file.name).replace(path)
    except OSError:
        return


def cache_folder() -> Path:
    """Where the user's programs keep what can be made again; it need not be there, nor be writable."""
    if os.name == "nt" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "derive"
    root = os.environ.get("XDG_CACHE_HOME")
    if root and Path(root).is_absolute():
        return Path(root) / "derive"
    try:
        return Path.home() / ".cache" / "derive"
    except RuntimeError:
        return Path(os.devnull) / "derive"  # no home: every read and write fails, and the table is made each time

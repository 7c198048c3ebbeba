"""The same records by `sympy.simplify(sympy.diff(…))`, from text, with its cache cleared before each; kept in a file.

SymPy takes up to ten seconds for one record, so what it said is kept in the user's cache folder, by its version and
the question: a second run measures only what it has not seen.
"""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any

import derive
from derive.errors import DeriveError
from tests.benchmarks.answering import Record, asked_for, flat, size

SECONDS = 10  # for one record; then it is left out
_SPELLINGS = (("Abs", "abs"), ("E", "e"), ("Max", "max"), ("Min", "min"), ("loggamma", "lngamma"))


@dataclass(frozen=True)
class Theirs:
    """What SymPy made of one record: its texts, or why there are none."""

    texts: tuple[str, ...] = ()
    seconds: float = 0.0
    failed: str = ""

    @property
    def nodes(self) -> int | None:
        """The size of its result, read by us; None where there is none, or none that we read."""
        if self.failed:
            return None
        try:
            return sum(size(derive.parse(_respelled(text))) for text in self.texts)
        except DeriveError:
            return None


class Kept:
    """The file of what is known, read when opened, written by `keep`."""

    def __init__(self, fresh: bool = False) -> None:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "derive-benchmarks"
        self.path = folder / f"sympy-{version('sympy')}.json"
        self.known: dict[str, Any] = {}
        if self.path.exists() and not fresh:
            self.known = json.loads(self.path.read_text("utf-8"))

    def answer(self, record: Record) -> Theirs:
        """What SymPy makes of the record, asked when it is not known."""
        key = asked_for(record)
        if key not in self.known:
            self.known[key] = asdict(asked(record))
        found = self.known[key]
        return Theirs(tuple(found["texts"]), found["seconds"], found["failed"])

    def keep(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.known, ensure_ascii=False, indent=0), "utf-8")


def asked(record: Record) -> Theirs:
    """SymPy's answer to a record, within its time."""
    from sympy.core.cache import clear_cache

    clear_cache()
    start = process_time()
    try:
        with _time_limit(SECONDS):
            texts = _simplified(record)
    except _TooLong:
        return Theirs(failed=f"more than {SECONDS} s", seconds=process_time() - start)
    except Exception as error:  # noqa: BLE001 - whatever it raises, the record is left out on its side
        return Theirs(failed=f"{type(error).__name__}", seconds=process_time() - start)
    return Theirs(tuple(texts), process_time() - start)


def _simplified(record: Record) -> list[str]:
    from sympy import E, Symbol, diff, hessian, simplify
    from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

    by = record.get("wrt", [])
    names: dict[str, Any] = {n: Symbol(n, real=True) for n in (*record["variables"], *by, *(record.get("subs") or {}))}
    names.setdefault("e", E)

    def read(text: str) -> Any:
        return parse_expr(text, local_dict=names, transformations=(*standard_transformations, convert_xor))

    parts = [read(text) for text in flat(record["input"])]
    variables = [names[v] for v in by]
    match record.get("task", "simplify"):
        case "simplify":
            found = parts
        case "diff":
            found = [diff(parts[0], *variables)]
        case "gradient" | "jacobian":
            found = [diff(f, v) for f in parts for v in variables]
        case "hessian":
            found = list(hessian(parts[0], variables))
        case _:
            inner = {names[name]: read(text) for name, text in record["subs"].items()}
            found = [diff(parts[0].subs(inner), v) for v in variables]
    return [str(simplify(e)) for e in found]


class _TooLong(BaseException):
    """No `except Exception` on SymPy's side stops it."""


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _respelled(text: str) -> str:
    for theirs, ours in _SPELLINGS:
        text = re.sub(rf"\b{theirs}\b", ours, text)
    return text

"""Changed code in place of a module's own, while the program runs: every reference to its functions sees the change."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

Place = tuple[str, int]
"""The qualified name of a function, and the line where it begins."""


class Living:
    """The functions and caches of a module that has been imported."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.functions: list[FunctionType] = []
        self.caches: list[Any] = []
        gc.unfreeze()  # what is frozen is not told
        for thing in gc.get_objects():
            if isinstance(thing, _lru_cache_wrapper):
                if _file(thing.__wrapped__) == self.path:
                    self.caches.append(thing)
            elif isinstance(thing, FunctionType) and _file(thing) == self.path:
                self.functions.append(thing)

    def note(self, tree: ast.Module, name: str, what: Any) -> None:
        """Give the functions the code they have in `tree`, which calls `what` by this name."""
        for f in self.functions:
            f.__globals__[name] = what
        self.swap(tree)

    def swap(self, tree: ast.Module) -> int:
        """Give the functions the code they have in `tree`, and answer how many have other code now."""
        new = {_place(code): code for code in _codes(compile(tree, self.path, "exec", dont_inherit=True))}
        swapped = 0
        for f in self.functions:
            code = new.get(_place(f.__code__))
            if code is None or code == f.__code__ or code.co_freevars != f.__code__.co_freevars:
                continue
            f.__code__ = code
            swapped += 1
        for cache in self.caches:
            cache.cache_clear()
        return swapped


def _file(thing: Any) -> str:
    code = getattr(thing, "__code__", None)
    return "" if code is None else str(code.co_filename)


def _place(code: CodeType) -> Place:
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a module and of everything in it."""
    waiting = [code]
    while waiting:
        code = waiting.pop()
        yield code
        waiting.extend([c for c in code.co_consts if isinstance(c, CodeType)])

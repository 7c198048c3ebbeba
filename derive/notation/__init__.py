"""Notation: reading what people write, and printing it in every form; each part is loaded when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.notation.naming import Named, named
    from derive.notation.parser import parse, parse_pattern
    from derive.notation.print_block import line_block, unicode, unicode_block
    from derive.notation.print_latex import latex
    from derive.notation.print_line import unicode_line
    from derive.notation.print_mathml import mathml, mathml_inner
    from derive.notation.print_text import text
    from derive.notation.problems import Problem, read_problem
    from derive.notation.reading import Note, Reading, read

__all__ = [
    "Named",
    "Note",
    "Problem",
    "Reading",
    "latex",
    "line_block",
    "mathml",
    "mathml_inner",
    "named",
    "parse",
    "parse_pattern",
    "read",
    "read_problem",
    "text",
    "unicode",
    "unicode_block",
    "unicode_line",
]

_HOMES = {
    "Named": "naming",
    "Note": "reading",
    "Problem": "problems",
    "Reading": "reading",
    "latex": "print_latex",
    "line_block": "print_block",
    "mathml": "print_mathml",
    "mathml_inner": "print_mathml",
    "named": "naming",
    "parse": "parser",
    "parse_pattern": "parser",
    "read": "reading",
    "read_problem": "problems",
    "text": "print_text",
    "unicode": "print_block",
    "unicode_block": "print_block",
    "unicode_line": "print_line",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value

"""Notation: reading what people write, and printing it in every form."""

from derive.notation.parser import parse, parse_pattern
from derive.notation.print_block import unicode, unicode_block
from derive.notation.print_latex import latex
from derive.notation.print_line import unicode_line
from derive.notation.print_mathml import mathml, mathml_inner
from derive.notation.print_text import text

__all__ = [
    "latex",
    "mathml",
    "mathml_inner",
    "parse",
    "parse_pattern",
    "text",
    "unicode",
    "unicode_block",
    "unicode_line",
]

"""Notation: reading what people write, and printing it in every form."""

from derive.notation.print_latex import latex
from derive.notation.print_text import text

__all__ = ["latex", "text"]

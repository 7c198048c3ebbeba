"""Notation: reading what people write, and printing it in every form."""

from derive.notation.print_text import text

__all__ = ["text"]

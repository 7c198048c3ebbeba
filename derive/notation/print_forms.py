"""The forms of books drawn in LaTeX, on one line of Unicode, and in MathML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from derive.notation import forms
from derive.notation.forms import Form, Fraction, Lowered, Name, Names, Raised, Sign, form
from derive.notation.letters import GREEK, is_plain, split_name
from derive.notation.line_names import raised, symbol_line
from derive.notation.rope import Piece, Render, join

_LATEX = {
    "∂": r"\partial ", "∇": r"\nabla ", "Δ": r"\Delta ", "⊤": r"\top", "div": r"\operatorname{div}",
    "curl": r"\operatorname{curl}", " = ": " = ", ",  ": r",\quad ",
}  # fmt: skip


def in_latex(plain: Render) -> Render:
    """A LaTeX printer of a kind of node, with the forms of books where there is one."""
    return lambda node, parts: _latex(found, parts) if (found := form(node)) else plain(node, parts)


def on_line(plain: Render) -> Render:
    """The same for one line of Unicode."""
    return lambda node, parts: form_line(found, parts) if (found := form(node)) else plain(node, parts)


def in_mathml(plain: Render) -> Render:
    """The same for MathML."""
    return lambda node, parts: _mathml(found, parts) if (found := form(node)) else plain(node, parts)


def _latex(pieces: Form, parts: list[Piece]) -> Piece:
    from derive.notation.latex_names import symbol_latex

    def names(of: Sequence[str]) -> str:
        return ",".join([symbol_latex(n) for n in of])

    def one(piece: forms.Piece) -> Piece:
        match piece:
            case Sign(text):
                return _LATEX.get(text, text)
            case Name(name):
                return symbol_latex(name)
            case forms.Part(index, bracketed):
                return join((r"\left(", parts[index], r"\right)")) if bracketed else parts[index]
            case Fraction(top, bottom):
                return join((r"\frac{", *[one(p) for p in top], "}{", *[one(p) for p in bottom], "}"))
            case Raised(base, power):
                return join((one(base), "^{", _LATEX.get(power, power), "}"))
            case Lowered(base, below):
                return join((one(base), "_{", names(below), "}"))
            case Names(of):
                return names(of) if len(of) == 1 else f"({names(of)})"

    return join([one(p) for p in pieces])


def form_line(pieces: Form, parts: list[Piece]) -> Piece:
    def names(of: Sequence[str]) -> str:
        return ", ".join([symbol_line(n) for n in of])

    def one(piece: forms.Piece) -> Piece:
        match piece:
            case Sign(text):
                return text
            case Name(name):
                return symbol_line(name)
            case forms.Part(index, bracketed):
                return join(("(", parts[index], ")")) if bracketed else parts[index]
            case Fraction(top, bottom):
                return join((*[one(p) for p in top], "/", *[one(p) for p in bottom]))
            case Raised(base, power):
                return join((one(base), "ᵀ" if power == "⊤" else raised(power) or f"^{power}"))
            case Lowered(base, below):
                return join((one(base), f"[{names(below)}]"))
            case Names(of):
                return names(of) if len(of) == 1 else f"({names(of)})"

    return join([one(p) for p in pieces])


def _mathml(pieces: Form, parts: list[Piece]) -> Piece:
    def name(of: str) -> str:
        letter, subscript = split_name(of) if is_plain(of) else (of, "")
        shown = f"<mi>{escape(GREEK.get(letter, letter))}</mi>"
        kind = "mn" if subscript.isdigit() else "mi"
        return f"<msub>{shown}<{kind}>{escape(subscript)}</{kind}></msub>" if subscript else shown

    def names(of: Sequence[str]) -> str:
        return "<mo>,</mo>".join([name(n) for n in of])

    def one(piece: forms.Piece) -> Piece:
        match piece:
            case Sign(text):
                if text in (" = ", ",  "):
                    return f"<mo>{text.strip()}</mo>" + ('<mspace width="1em"/>' if text == ",  " else "")
                return f'<mi mathvariant="normal">{text}</mi>' if text.isalpha() else f"<mo>{text}</mo>"
            case Name(of):
                return name(of)
            case forms.Part(index, bracketed):
                return join(("<mrow><mo>(</mo>", parts[index], "<mo>)</mo></mrow>")) if bracketed else parts[index]
            case Fraction(top, bottom):
                above, below = [one(p) for p in top], [one(p) for p in bottom]
                return join(("<mfrac><mrow>", *above, "</mrow><mrow>", *below, "</mrow></mfrac>"))
            case Raised(base, power):
                return join(("<msup>", one(base), f"<mn>{power}</mn></msup>"))
            case Lowered(base, below_names):
                return join(("<msub>", one(base), f"<mrow>{names(below_names)}</mrow></msub>"))
            case Names(of):
                return f"<mrow>{names(of)}</mrow>" if len(of) == 1 else f"<mrow><mo>(</mo>{names(of)}<mo>)</mo></mrow>"

    return join(("<mrow>", *[one(p) for p in pieces], "</mrow>"))

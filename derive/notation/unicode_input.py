"""Unicode as people type and paste it: ·, ×, −, π, θ, x², x₁, √, ½, ≤, ∇ and letters in fancy alphabets."""

from __future__ import annotations

import re
import unicodedata

from derive.errors import ReadError
from derive.expressions import Constant, Number, Symbol, make, natural, quotient
from derive.notation.lexed import Lexed, binder, number
from derive.notation.names import CONSTANT_NAMES, GREEK_LETTERS

_SAME = str.maketrans({
    **dict.fromkeys("−–—‒﹣", "-"), **dict.fromkeys("×·⋅∙∗✕✖•", "*"), **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u2061\u2062\u2060\ufeff", " "), **dict.fromkeys("′’‘ʹ", "'"), **dict.fromkeys("∣│｜", "|"),
    **dict.fromkeys("＝", "="), "ℎ": "h", "ⅆ": "d", "ⅇ": "e", "ℯ": "e", "𝜕": "∂", "ˆ": "^",
})  # fmt: skip
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵃᵇᵏᵐᵗ", "0123456789+-()nixyabkmt", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₖₗₘₙₚₛₜᵢⱼ", "0123456789aeoxklmnpstij", strict=True))
_RAISED = re.compile(f"[{''.join(map(re.escape, _SUPERSCRIPTS))}]+")
_LOWERED = re.compile(rf"[{''.join(_SUBSCRIPTS)}]+|_\{{[A-Za-z0-9]+\}}|_[A-Za-z0-9]+")
_INDEXED = re.compile(r"\s*+(?:_|\^).{0,40}=")
_SIMPLE = {
    "≤": ("RELATION", "<="), "≥": ("RELATION", ">="), "≠": ("RELATION", "!="), "⩽": ("RELATION", "<="),
    "⩾": ("RELATION", ">="), "→": ("TO", None), "⟶": ("TO", None), "⌊": ("FLOOR_OPEN", None),
    "⌋": ("FLOOR_CLOSE", None), "⌈": ("CEIL_OPEN", None), "⌉": ("CEIL_CLOSE", None), "√": ("RADICAL", None),
    "″": ("PRIMES", 2), "‴": ("PRIMES", 3), "∇": ("NABLA", None), "⟨": ("LSQB", None), "⟩": ("RSQB", None),
}  # fmt: skip


def plain(text: str) -> str:
    """`text` with characters that only look different replaced, one for one, so that columns stay."""
    text = text.translate(_SAME)
    if any("\U0001d400" <= c <= "\U0001d7ff" or "！" <= c <= "～" for c in text):
        text = "".join(_folded(c) for c in text)
    return text


def _folded(character: str) -> str:
    if "\U0001d400" <= character <= "\U0001d7ff" or "！" <= character <= "～":
        same = unicodedata.normalize("NFKC", character)
        return same if len(same) == 1 else character
    return character


def add_character(lexed: Lexed, text: str, at: int) -> int:
    """Adds what the non-ASCII character at `at` means; returns where it ends. ReadError for one that means nothing."""
    character = text[at]
    if character in "∫∑" or (character == "Σ" and _INDEXED.match(text, at + 1)):
        return binder(lexed, "INTEGRAL" if character == "∫" else "SUMMATION", at, at + 1)
    if character == "∏":
        raise lexed.error("products over an index are not read here", at)
    if character in GREEK_LETTERS:
        return _greek(lexed, text, at)
    if character in _SIMPLE:
        kind, value = _SIMPLE[character]
        lexed.add(kind, value, at, at + 1)
        return at + 1
    raised = _RAISED.match(text, at)
    if raised:
        return _superscript(lexed, raised)
    lowered = _LOWERED.match(text, at)
    if lowered and lexed.tokens and lexed.tokens[-1].end == at:
        return _subscript(lexed, lowered)
    if character in "∛∜":
        lexed.add("ROOT", 3 if character == "∛" else None, at, at + 1)
        if character == "∜":
            lexed.add("LSQB", None, at, at + 1)
            lexed.add("ATOM", make(Number, (), 4), at, at + 1)
            lexed.add("RSQB", None, at, at + 1)
        return at + 1
    if unicodedata.category(character) == "No" and "⁄" in unicodedata.normalize("NFKC", character):
        return _vulgar(lexed, character, at)
    raise _unknown(lexed, at)


def _greek(lexed: Lexed, text: str, at: int) -> int:
    name = GREEK_LETTERS[text[at]]
    end = at + 1
    following = text[end : end + 1]
    if name in CONSTANT_NAMES and name not in lexed.names:
        lexed.add("ATOM", make(Constant, (), CONSTANT_NAMES[name]), at, end)
        return end
    if name == "Gamma" and following == "(":
        lexed.add("FUNCTION", "gamma", at, end)
        return end
    lowered = _LOWERED.match(text, end)
    if lowered:
        label = "".join(_SUBSCRIPTS.get(c, c) for c in lowered[0]).strip("_{}")
        name, end = f"{name}_{label}", lowered.end()
    elif following.isdigit() and following.isascii():
        digits = re.compile("[0-9]+").match(text, end)
        assert digits is not None
        name, end = f"{name}_{digits[0]}", digits.end()
    lexed.add("NAME", make(Symbol, (), name), at, end)
    return end


def _superscript(lexed: Lexed, match: re.Match[str]) -> int:
    """x²  →  x^2,  x⁻¹  →  x^(-1),  x²ⁿ  →  x^(2n)"""
    at, end = match.span()
    inside = "".join(_SUPERSCRIPTS[c] for c in match[0])
    lexed.add("CARET", None, at, at + 1)
    if inside.isdigit():
        lexed.add("ATOM", number(lexed, inside, at), at, end)
        return end
    lexed.add("LBRACE", None, at, at + 1)
    for piece in re.finditer(r"[0-9]+|.", inside):
        start, stop = at + piece.start(), at + piece.end()
        sort = {"+": "PLUS", "-": "MINUS", "(": "LPAR", ")": "RPAR"}.get(piece[0])
        if sort:
            lexed.add(sort, None, start, stop)
        elif piece[0].isdigit():
            lexed.add("ATOM", number(lexed, piece[0], at), start, stop)
        else:
            lexed.add("NAME", make(Symbol, (), piece[0]), start, stop)
    lexed.add("RBRACE", None, end - 1, end)
    return end


def _subscript(lexed: Lexed, match: re.Match[str]) -> int:
    """x₁  →  x_1,  log₂ x  →  log_2 x"""
    at, end = match.span()
    label = "".join(_SUBSCRIPTS.get(c, c) for c in match[0]).strip("_{}")
    before = lexed.tokens[-1]
    if before.kind == "NAME" and "_" not in before.value.label:
        before.value = make(Symbol, (), f"{before.value.label}_{label}")
        before.end = end
        return end
    if before.kind == "FUNCTION" and before.value == "ln":
        before.value = "log"
        lexed.add("SUB", None, at, at + 1)
        base = number(lexed, label, at) if label.isdigit() else make(Symbol, (), label)
        lexed.add("ATOM", base, at, end)
        return end
    if before.kind in ("INTEGRAL", "SUMMATION"):
        lexed.add("SUB", None, at, at + 1)
        digits = label.isdigit()
        lexed.add(
            "ATOM" if digits else "NAME", number(lexed, label, at) if digits else make(Symbol, (), label), at, end
        )
        return end
    if before.kind == "ATOM" and before.value.label == "e":
        before.kind, before.value, before.end = "NAME", make(Symbol, (), f"e_{label}"), end
        return end
    raise _unknown(lexed, at)


def _vulgar(lexed: Lexed, character: str, at: int) -> int:
    top, bottom = unicodedata.normalize("NFKC", character).split("⁄")
    lexed.add("ATOM", quotient(natural(int(top or 1)), natural(int(bottom))), at, at + 1)  # one number, no bracket
    return at + 1


def _unknown(lexed: Lexed, at: int) -> ReadError:
    character = lexed.text[at]
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    return lexed.error(f"{character!r} ({name}) is not read here", at)

"""Korean particles after a formula or a word: 을/를, 이/가, 은/는, 과/와, 으로/로 follow the sound that is spoken last.

A formula is read as teachers read it aloud: x² 엑스 제곱, a/b "b 분의 a", sin x 사인 엑스, 10 십.
"""

from __future__ import annotations

from derive.expressions import (
    Call, Constant, Derivative, Expression, Limit, Matrix, Number, Piecewise, Power, Quotient, Symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS

_PAIRS = (
    "을/를 이/가 은/는 과/와 으로/로 으로서/로서 으로부터/로부터 이다/다 이고/고 이며/며 이면/면 이므로/므로 이라/라 "
    "이라고/라고 이라는/라는 이란/란 이나/나 이든/든 이어서/여서 이지만/지만 이에요/예요"
)
PAIRS = {
    name: (closed, open_) for closed, _, open_ in [p.partition("/") for p in _PAIRS.split()] for name in (closed, open_)
}
"""By either of its forms: what follows a closed syllable, what follows an open one."""


def particle(content: Expression | str, wanted: str) -> str:
    """The form of the particle `wanted` that fits after `content`: `particle("수학", "를")  →  "을"`."""
    closed, open_ = PAIRS[wanted]
    final = last_sound(content)
    if not final or (final == "ㄹ" and closed.startswith("으로")):
        return open_
    return closed


def last_sound(content: Expression | str) -> str:
    """The final consonant that is spoken last, "" after a vowel: 3 → "ㅁ", x → "", l → "ㄹ"."""
    return _final(content if isinstance(content, str) else spoken_end(content))


def spoken_end(e: Expression) -> str:
    """The last word when a formula is read aloud: `(x + 1)/(2*y)  →  일`, `x^2  →  제곱`, `sin(n)  →  엔`."""
    while True:
        kind = type(e)
        if kind is Number:
            return _number(str(e.label))
        if kind is Symbol:
            return _name(str(e.label))
        if kind is Constant:
            return {"e": "이", "pi": "파이", "infinity": "무한대"}[str(e.label)]
        if kind is Matrix:
            return "행렬"
        if kind is Quotient:
            e = e.arguments[0]  # 분모 분의 분자
        elif kind is Power:
            base, exponent = e.arguments
            if type(exponent) is Symbol and str(exponent.label).startswith("′"):
                return "프라임"
            if not (type(base) is Call and base.label in _RAISED and type(exponent.label) is int):
                return "제곱"
            e = base.arguments[0]  # sin²x: 사인 제곱 엑스
        elif kind is Call and e.label == "factorial":
            return "팩토리얼"
        elif kind in (Call, Derivative, Limit) and _first_last(e):
            e = e.arguments[0]
        elif kind is Piecewise:
            e = e.arguments[-1]
        else:
            e = e.arguments[-1]


_RAISED = frozenset(n for n, row in FUNCTIONS.items() if row.latex and row.arity == (1,) and n not in ("exp", "gamma"))


def _first_last(e: Expression) -> bool:
    """Whether the first argument is the one spoken last: the operand of d/dx, x in log_b x and the n-th root of x."""
    return type(e) is not Call or e.label in ("log", "root")


_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_PLACES = ("", "십", "백", "천", "만", "만", "만", "만", "억")


def _number(digits: str) -> str:
    """How the end of a number is spoken: 12 이, 30 십, 200 백, 0.5 오."""
    if not digits.isdigit() or digits == "0":
        return _DIGITS.get(digits[-1], digits[-1])
    whole = digits.rstrip("0")
    zeros = len(digits) - len(whole)
    if zeros >= len(_PLACES):
        return "억" if zeros < 12 else "조"
    return _PLACES[zeros] or _DIGITS[digits[-1]]


_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트"
        ).split(),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
            "phi chi psi omega"
        ).split(),
        (
            "알파 베타 감마 델타 엡실론 제타 에타 세타 요타 카파 람다 뮤 뉴 크시 오미크론 파이 로 시그마 타우 입실론 "
            "파이 카이 프시 오메가"
        ).split(),
        strict=True,
    )
)


def _name(name: str) -> str:
    """How the end of a variable's name is spoken: x_1 일, theta 세타."""
    end = name.rpartition("_")[2]
    if end.lower() in _GREEK:
        return _GREEK[end.lower()]
    if end.isdigit():
        return _number(end)
    return end


def _final(word: str) -> str:
    """The final consonant of a word's last letter, digit or syllable; closing brackets and marks are not spoken."""
    for c in reversed(word):
        if "가" <= c <= "힣":
            return _FINALS[(ord(c) - ord("가")) % 28]
        if c in _DIGITS:
            return _final(_number(c))
        if c in _SUPERSCRIPTS:
            return "ㅂ"  # 제곱
        if c.lower() in _LETTERS:
            return _final(_LETTERS[c.lower()])
        if c in _SIGNS:
            return _final(_SIGNS[c])
    return ""


_SUPERSCRIPTS = "²³⁴⁵⁶⁷⁸⁹ⁿ⁰¹"
_SIGNS = {"′": "프라임", "'": "프라임", "π": "파이", "∞": "무한대", "θ": "세타", "α": "알파", "β": "베타"}
_FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

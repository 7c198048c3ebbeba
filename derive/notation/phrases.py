"""The words of a problem: `derivative of`, `with respect to`, `gradient`, `where`, `at`."""

from __future__ import annotations

import re
from functools import cache

from derive.notation.lexed import Lexed, binder

_ORDERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_LEAD = (
    r"(?:(?:please\s+)?(?:find|compute|calculate|determine|evaluate|give|work\s+out|take|what\s+is|what's|whats|show|let)"
    r"(?:\s+me)?(?:\s+the)?|the)\s+"
)
_OF = r"(?:\s*(?:of|:)(?![A-Za-z]))?"
_ORDER = rf"(?:(?P<order>{'|'.join(_ORDERS)}|[0-9]+(?:st|nd|rd|th))[-\s]+(?:order\s+)?)?"
_PHRASES = (
    ("directional", rf"directional\s+derivatives?(?![A-Za-z]){_OF}"),
    ("divergence", rf"div(?:ergence)?(?![A-Za-z]){_OF}"),
    ("curl", rf"curl(?![A-Za-z]){_OF}"),
    ("laplacian", rf"laplacian(?![A-Za-z]){_OF}"),
    ("derivative", rf"{_ORDER}(?:(?P<partial>partial)\s+)?derivatives?(?![A-Za-z]){_OF}"),
    ("derivative", rf"slopes?(?:\s+of\s+(?:the\s+)?tangent(?:\s+line)?\s+(?:to|of))?(?![A-Za-z]){_OF}"),
    ("derivative", r"(?:implicitly\s+)?differentiate(?![A-Za-z])"),
    ("gradient", rf"grad(?:ient)?(?:\s+vector)?(?![A-Za-z]){_OF}"),
    ("jacobian", rf"jacobian(?:\s+matrix)?(?![A-Za-z]){_OF}"),
    ("hessian", rf"hessian(?:\s+matrix)?(?![A-Za-z]){_OF}"),
    ("limit", r"limit(?:\s+of)?(?![A-Za-z])"),
    ("INTEGRAL", r"(?:the\s+)?(?:(?:in)?definite\s+)?integral(?:\s+of)?(?![A-Za-z(_])|integrate(?![A-Za-z(_])"),
    ("INTEGRAL", r"(?:the\s+)?anti-?derivatives?(?:\s+of)?(?![A-Za-z])"),
    ("SUMMATION", r"(?:the\s+)?sum(?:\s+of)?(?![A-Za-z(_^])"),
    ("FROM", r"from(?![A-Za-z])"),
    ("UPTO", r"to(?![A-Za-z])"),
    ("simplify", r"simplify(?![A-Za-z])"),
    ("BY", r"(?:with\s+respect\s+to|wrt|w\.r\.t\.?)(?![A-Za-z])"),
    ("WHERE", r"(?:in\s+(?:the\s+)?direction(?:\s+of)?|along)(?:\s+(?:the\s+)?vector)?(?![A-Za-z])"),
    ("WHERE", r"(?:where|given(?:\s+that)?|if|when|for)(?![A-Za-z])"),
    ("AT", r"at(?:\s+the\s+point)?(?![A-Za-z(])"),
    ("TO", r"(?:approaches|(?:tends|goes)\s+to)(?![A-Za-z])"),
    ("AS", r"as(?![A-Za-z])"),
    ("OF", r"of(?![A-Za-z])"),
    ("SEMICOLON", r"(?:then|hence)(?![A-Za-z])(?:\s+(?:find|compute|calculate|evaluate|determine))?"),
    ("COMMA", r"and(?:\s+then)?(?![A-Za-z])"),
    ("", r"(?:function|curve|graph|expression|equation)s?(?:\s*(?:of|:))?(?![A-Za-z])"),
    ("", _LEAD.removesuffix(r"\s+") + r"(?![A-Za-z])"),
)
STARTS = frozenset(
    "find compute calculate determine evaluate give work take what whats show let the please first second third fourth "
    "fifth sixth seventh eighth ninth tenth partial derivative derivatives implicitly differentiate grad gradient "
    "jacobian hessian divergence div curl laplacian directional in along limit simplify with wrt w where given if when "
    "for at as of then hence and integral integrate definite indefinite antiderivative antiderivatives anti sum "
    "from to slope function curve graph expression equation approaches "
    "tends goes".split()
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The phrases, compiled when the first word of a problem is no mathematics."""
    return tuple((kind, re.compile(rf"(?:{_LEAD})?(?:{pattern})", re.IGNORECASE)) for kind, pattern in _PHRASES)


def phrase(lexed: Lexed, text: str, at: int) -> int | None:
    """Adds the token of the phrase that begins at `at`; returns where it ends, None where there is none."""
    for kind, pattern in _patterns():
        match = pattern.match(text, at)
        if match is None or match.end() == at:
            continue
        if _says_nothing(lexed, kind):
            return match.end()
        if kind in ("INTEGRAL", "SUMMATION"):
            return binder(lexed, kind, at, match.end())
        if kind.isupper():
            lexed.add(kind, None, at, match.end())
        elif kind:
            groups = match.groupdict()
            order = groups.get("order")
            number = _ORDERS.get(order.lower(), 0) or int(re.sub("[^0-9]", "", order)) if order else 1
            lexed.add("TASK", (kind, number, bool(groups.get("partial"))), at, match.end())
        return match.end()
    return None


def _says_nothing(lexed: Lexed, kind: str) -> bool:
    """`if y = x^2, …` begins with a definition all the same; `d/dx of` is d/dx."""
    last = lexed.tokens[-1].kind if lexed.tokens else "SEMICOLON"
    return (kind == "WHERE" and last == "SEMICOLON") or (kind == "OF" and last == "DERIVATIVE")

"""The order in which a textbook writes factors and terms."""

from __future__ import annotations

from derive.expressions import (
    Call, Constant, Derivative, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, integer_value,
    rational_value,
)  # fmt: skip

_NUMBER, _CONSTANT, _LETTER, _ROOT, _BRACKET, _EXPONENTIAL, _FUNCTION, _LONG_BRACKET, _OPERATOR = range(9)
_ROOTS = frozenset(("sqrt", "cbrt", "root"))
_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega".split()
)


def factor_key(e: Expression) -> tuple[int, str]:
    """2 < π < a < x^2 < √x < (x + 1) < e^x < sin x: letters, roots, brackets, exponentials, functions."""
    rank = _rank(e)
    if rank != _LETTER:
        return _BY_RANK[rank]
    letter = e.arguments[0] if type(e) is Power else e
    if type(letter) is not Symbol:
        return rank, "2"
    name = str(letter.label)
    if type(e) is Power and rational_value(e.arguments[1]) is None:
        return rank, "3" + name
    return rank, ("0" if name[0] < "t" or name in _GREEK else "1") + name


_BY_RANK = [(rank, "") for rank in range(9)]


def _rank(e: Expression) -> int:
    kind = type(e)
    if kind is Number or ((kind is Negation or kind is Quotient) and rational_value(e) is not None):
        return _NUMBER
    if kind is Constant:
        return _CONSTANT
    if kind is Symbol:
        return _OPERATOR if is_step(str(e.label)) else _LETTER
    if kind is Power:
        base = e.arguments[0]
        if type(base) is Constant or type(base) is Number:
            return _CONSTANT if rational_value(e.arguments[1]) is not None else _EXPONENTIAL
        if rational_value(e.arguments[1]) is None and type(base) is not Symbol:
            return _ROOT  # u^v
        return _rank(base)
    if kind is Call:
        if e.name in _ROOTS:  # type: ignore[attr-defined]
            return _CONSTANT if type(e.arguments[0]) is Number else _ROOT
        if e.name == "abs":  # type: ignore[attr-defined]
            return _LETTER
        if e.name == "exp":  # type: ignore[attr-defined]
            return _EXPONENTIAL
        return _FUNCTION
    if kind is Sum:
        return _BRACKET if all(_is_plain(f) for t in e.arguments for f in _factors(t)) else _LONG_BRACKET
    return _OPERATOR if kind is Derivative else _FUNCTION


def is_step(name: str) -> bool:
    """Whether the name is that of a small step of a variable: dx, dtheta; they stand last."""
    return len(name) > 1 and name[0] == "d" and name[1] != "_" and name not in _GREEK


def _factors(term: Expression) -> tuple[Expression, ...]:
    while type(term) is Negation:
        term = term.arguments[0]
    return term.arguments if type(term) is Product else (term,)


def _is_plain(factor: Expression) -> bool:
    """Whether a factor is no function and no exponential: brackets of such stand before functions."""
    base = factor.arguments[0] if type(factor) is Power else factor
    return type(base) is not Call and not (type(factor) is Power and type(base) in (Constant, Number))


def degree(term: Expression) -> tuple[str, int] | None:
    """(variable, exponent) of a monomial in one letter, ("", 0) for a number, None for anything else."""
    while type(term) is Negation:
        term = term.arguments[0]
    if type(term) is Quotient:
        if type(term.arguments[1]) is not Number:
            return None
        term = term.arguments[0]
    found = ("", 0)
    for factor in term.arguments if type(term) is Product else (term,):
        if type(factor) is Number or type(factor) is Constant:
            continue
        base, exponent = (
            (factor.arguments[0], integer_value(factor.arguments[1])) if type(factor) is Power else (factor, 1)
        )
        if type(base) is not Symbol or exponent is None or exponent < 0 or found[0]:
            return None
        found = (base.name, exponent)
    return found


def in_order(terms: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Polynomials by falling degree (or rising, when they come so); otherwise as they come, a positive term first."""
    known: list[tuple[str, int]] = []
    for t in terms:
        found = degree(t)
        if found is None:
            break
        known.append(found)
    if len(known) == len(terms) and len({name for name, _ in known if name}) == 1:
        exponents = [n for _, n in known]
        if exponents == sorted(exponents) and type(terms[0]) is not Negation:
            return terms
        falling = tuple(t for _, t in sorted(zip(exponents, terms, strict=True), key=lambda pair: -pair[0]))
        if type(falling[0]) is Negation and len(terms) == 2 and type(falling[1]) is not Negation:
            return falling[::-1]  # 1 - x^2
        return falling
    if type(terms[0]) is Negation:
        for i, t in enumerate(terms):
            if type(t) is not Negation:
                return (t, *terms[:i], *terms[i + 1 :])
    return terms

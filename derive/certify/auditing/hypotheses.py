"""Whether every hypothesis is one that the input needs, or a condition that the derivation states."""

from __future__ import annotations

from fractions import Fraction

from derive.certify.auditing.readings import alike, extreme, term
from derive.certify.auditing.sentences import text_of
from derive.certify.auditing.statement import entries
from derive.certify.reader import Read, read
from derive.certify.reasons import Reason
from derive.expressions import Call, Expression, Piecewise, Power, Quotient, postorder
from derive.trace import Derivation


def hypotheses(text: str, name: str, d: Derivation, letters: dict[str, str]) -> Reason | None:
    """Every hypothesis is a condition of the derivation, or about a part of the input that has edges."""
    typed = f" ({' '.join(letters.values())} : R)" if letters else ""
    stated = text_of(text, f"Definition {name}_given{typed} : Prop := ")
    if stated is None:
        return Reason("hypotheses")
    allowed: set[str] = {repr("True")}
    for asked, _ in entries(d):
        for node in postorder(asked):
            allowed.update([repr(p) for p in _edges(node, letters)])
    for condition in d.conditions:
        for e in condition.alternatives:
            a, b = (term(side, letters) for side in e.arguments)
            relation = str(e.label)
            strict = {"!=": ("<>", a, b), "<": ("<", a, b), "<=": ("<", a, b)}.get(relation, ("<", b, a))
            allowed.add(repr(strict))
    pending: list[Read] = [alike(read(stated))]
    while pending:
        p = pending.pop()
        if isinstance(p, tuple) and p[0] in ("/\\", "\\/"):
            pending.extend(p[1:])
        elif repr(p) not in allowed:
            return Reason("need-of-hypothesis")
    return None


def _edges(e: Expression, letters: dict[str, str]) -> list[Read]:
    """What may be asked of the parts of a node: no zero below a bar, a positive argument of ln, …"""
    zero, one, minus = Fraction(0), Fraction(1), ("-", Fraction(1))
    if type(e) is Quotient:
        return [("<>", term(e.arguments[1], letters), zero)]
    if type(e) is Power:
        base = term(e.arguments[0], letters)
        return [("<>", base, zero), ("<", zero, base)]
    if type(e) is Piecewise:
        borders = [[term(side, letters) for side in relation.arguments] for relation in e.arguments[1::2]]
        return [("<>", *pair) for a, b in borders for pair in ((a, b), (b, a))]
    if type(e) is not Call or e.label in ("gradient", "jacobian", "hessian"):
        return []
    arguments = [term(u, letters) for u in e.arguments]
    if e.label in ("min", "max"):
        rest = [extreme(str(e.label), arguments[k:]) for k in range(1, len(arguments))]
        return [("<>", *pair) for u, v in zip(arguments, rest, strict=False) for pair in ((u, v), (v, u))]
    if e.label == "mod":
        arguments = [("/", arguments[0], arguments[1]), *arguments]
    found: list[Read] = [
        ("<>", v, (step, v))
        for u in arguments
        for v in (u, ("+", u, ("/", one, one + 1)))
        for step in ("Rfloor", "Rceil")
    ]
    for u in [*arguments, *[("ln", u) for u in arguments[1:]]]:
        for inner in (u, ("cos", u), ("sin", u)):
            found.append(("<>", inner, zero))
        for low in (zero, one, minus):
            found += [("<", low, u), ("<", u, one), ("<", low, ("Rabs", u))]
    return found

"""What the theorem states, read back and compared with the input and the result of the derivation."""

from __future__ import annotations

from fractions import Fraction

from derive.certify.auditing.readings import alike, closed, term
from derive.certify.auditing.sentences import INTERVALS, text_of
from derive.certify.reader import Read, Unreadable, read
from derive.certify.reasons import Reason
from derive.expressions import (
    Call, Derivative, Expression, Integral, Matrix, Number, Substitution, integer_value, postorder,
)  # fmt: skip
from derive.trace import Derivation


def statement(text: str, name: str, d: Derivation, letters: dict[str, str]) -> Reason | None:
    """Why the theorem of the file is not about the derivation; None where it is."""
    fixed = _fixed(d.problem, letters)
    variables = [v for v in letters.values() if v not in fixed]
    binder = f"forall {' '.join(variables)} : R, " if variables else ""
    given = " ".join([f"{name}_given", *[fixed[v][1] if v in fixed else v for v in letters.values()]])
    start = f"Theorem {name} : {binder}{given} -> "
    stated = text_of(text, start)
    if stated is None:
        return Reason("theorem")
    if INTERVALS in " ".join(text.split()).partition(start)[0]:
        return Reason("early-loading")
    exists = f"exists {' '.join(variables)} : R, " if variables else ""
    if text_of(text, f"Lemma {name}_witness : {exists}{given}") != "":
        return Reason("witness-in-it")
    parts: list[Read] = []
    rest = read(stated)
    while isinstance(rest, tuple) and rest[0] == "/\\":
        parts.append(rest[2])
        rest = rest[1]
    parts = [alike(p) for p in (rest, *reversed(parts))]
    if type(d.problem) is Substitution:
        return _at_a_point(d, parts, letters, fixed)
    for asked, answered in entries(d):
        why = _follows(asked, answered, parts, letters)
        if why:
            return why
    return None


def _fixed(problem: Expression, letters: dict[str, str]) -> dict[str, tuple[Fraction, str]]:
    """The variables that are numbers in the theorem, with their values as they have to be written."""
    found: dict[str, tuple[Fraction, str]] = {}
    if type(problem) is not Substitution:
        return found
    for letter, number in zip(problem.arguments[1::2], problem.arguments[2::2], strict=True):
        q = closed(term(number, letters))
        if q is None:
            raise Unreadable("a point that is no rational number")
        shown = str(abs(q.numerator)) if q.denominator == 1 else f"({abs(q.numerator)} / {q.denominator})"
        found[letters[str(letter)]] = q, f"(- {shown})" if q < 0 else shown
    return found


def _at_a_point(
    d: Derivation, parts: list[Read], letters: dict[str, str], fixed: dict[str, tuple[Fraction, str]]
) -> Reason | None:
    """Whether the statement is about the derivative at the point that was asked for."""
    asked = d.problem.arguments[0]
    if type(asked) is not Derivative or integer_value(asked.arguments[2]) != 1 or len(asked.arguments) != 3:
        return Reason("value-of-other")
    v = letters[str(asked.arguments[1])]
    others = {name: read(fixed[x][1]) if x in fixed and x != v else x for name, x in letters.items()}
    function = ("fun", v, term(asked.arguments[0], others))
    stated = ("is_derive", function, read(fixed[v][1]) if v in fixed else v, term(d.result, letters))
    return None if stated in parts else Reason("such-value")


def entries(d: Derivation) -> list[tuple[Expression, Expression]]:
    """(what is asked, what came out); the entries of a gradient, Jacobian or Hessian one by one."""
    p, r = d.problem, d.result
    if type(p) is Call and p.label in ("gradient", "jacobian", "hessian") and type(r) is Matrix:
        f, letters = p.arguments[0], p.arguments[1:]
        rows: list[Expression] = list(f.arguments) if type(f) is Matrix else [f]
        one = Number((), 1)
        if p.label == "hessian":
            asked = [Derivative((Derivative((f, y, one), False), x, one), False) for y in letters for x in letters]
        else:
            asked = [Derivative((row, x, one), False) for row in rows for x in letters]
        return list(zip(asked, r.arguments, strict=True))
    return [(p, r)]


def _follows(asked: Expression, answered: Expression, parts: list[Read], letters: dict[str, str]) -> Reason | None:
    """Whether the statements say that `asked` has the value `answered`; a chain of them for higher orders."""
    for node in postorder(asked):
        if type(node) is Integral:
            read_so = term(node, letters)
            if not isinstance(read_so, tuple) or ("ex_RInt", *read_so[1:]) not in parts:
                return Reason("proved-existence", {"expression": node})
    taken: list[str] = []
    f: Expression = asked
    while isinstance(f, Derivative):
        for variable, order in zip(f.arguments[1::2], f.arguments[2::2], strict=True):
            taken += [letters[str(variable)]] * (integer_value(order) or 0)
        f = f.arguments[0]
    target = term(answered, letters)
    if not taken:
        for node in postorder(asked):
            if type(node) is Derivative:
                v = letters[str(node.arguments[1])]
                if ("ex_derive", ("fun", v, term(node.arguments[0], letters)), v) not in parts:
                    return Reason("proved-derivative", {"expression": node})
        return None if ("=", term(f, letters), target) in parts else Reason("such-equation")
    known: dict[tuple[str, tuple[str, ...]], Read] = {(repr(term(f, letters)), ()): term(f, letters)}
    for _ in taken:
        reached: dict[tuple[str, tuple[str, ...]], Read] = {}
        for (_, done), body in known.items():
            for part in parts:
                if isinstance(part, tuple) and part[0] == "is_derive" and len(part) == 4:
                    _, function, letter, value = part
                    if function == ("fun", letter, body) and isinstance(letter, str):
                        reached[repr(value), tuple(sorted([*done, letter]))] = value
        known = reached
    if (repr(target), tuple(sorted(taken))) in known:
        return None
    return Reason("such-theorem")

"""The auditor of a certificate: what does the file really state, and on what does it rest? It trusts no writer.

It reads the theorem back by a reader of its own, compares it with the input and the result of the derivation, sees
that a witness stands there, that nothing is assumed beside the steps that are named, and that the libraries which the
file loads take nothing for granted but the axioms of the reals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction

from derive.certify.reader import Read, Unreadable, read
from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Matrix, Negation, Number, Piecewise, Power, Product, Quotient,
    Substitution, Sum, Symbol, integer_value, postorder,
)  # fmt: skip
from derive.trace import Derivation

AXIOMS = frozenset((
    "Coq.Reals.ClassicalDedekindReals.sig_not_dec", "Coq.Reals.ClassicalDedekindReals.sig_forall_dec",
    "Coq.Logic.FunctionalExtensionality.functional_extensionality_dep", "Coq.Logic.Classical_Prop.classic",
))  # fmt: skip
"""What Coq's real numbers are built on; nothing else may be assumed."""

SEALED = (
    "Coq.Reals.Rdefinitions.RbaseSymbolsImpl.", "Coq.Reals.Rdefinitions.RinvImpl.", "Coq.ssr.ssrunder.Under_rel."
)  # fmt: skip
"""Modules of Coq whose definitions are hidden behind a signature: its checker lists them, though they are defined."""

_SENTENCE = re.compile(r"\.(?=\s|$)")
_COMMANDS = ("Definition", "Lemma", "Theorem", "Proof", "Qed", "Print Assumptions", "Section", "End", "Hypothesis")
INTERVALS = "From Interval Require Import Tactic"  # for the witness alone: the theorem stands before it
_IMPORTS = (
    "From Coq Require Import Reals Psatz Lra", "From Coquelicot Require Import Coquelicot",
    "Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Rules",
    "Require Import Certified.Algebra Certified.Limits",
    "Open Scope R_scope",
    INTERVALS,
)  # fmt: skip
_NEVER = re.compile(
    r"\b(Axioms?|Admitted|Parameters?|admit|give_up|Conjecture|Variables?|Context|Notation|Ltac|Module|"
    r"Hint|Instance|Arguments|Coercion|Set|Unset|Load|Abort|Extraction|Declare|Canonical|Bypass)\b"
)
_NAMES = {
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "acoth": "arccoth", "asech": "arcsech",
    "acsch": "arccsch", "abs": "Rabs", "floor": "Rfloor", "ceil": "Rceil", "fract": "Rfract", "round": "Rround",
}  # fmt: skip


def audit(
    text: str, name: str, d: Derivation, names: Collection[str], assumed: Collection[int], axioms: Collection[str]
) -> str:
    """Why a file that Coq accepted is no certificate of the derivation; "" where it is one.

    axioms  what the libraries that it may load take for granted
    """
    letters = {n: f"v_{k}" for k, n in enumerate(names, 1)}
    try:
        return (
            _sentences(text, name, assumed)
            or _statement(text, name, d, letters)
            or _hypotheses(text, name, d, letters)
            or _axioms(axioms)
        )
    except (Unreadable, RecursionError) as problem:
        return f"its statement cannot be read: {problem}"


def _sentences(text: str, name: str, assumed: Collection[int]) -> str:
    bare = re.sub(r"\(\*[^*]*\*\)", " ", text)
    if "(*" in bare or '"' in bare:
        return "a comment or a string that is none of ours"
    found = _NEVER.search(bare)
    if found:
        return f"it contains {found[0]}"
    steps = {f"{name}_step_{k + 1}" for k in assumed}
    inside = False
    defined: set[str] = set()
    for part in _SENTENCE.split(bare):
        sentence = " ".join(part.split())
        if not sentence or sentence in _IMPORTS:
            continue
        command = next((c for c in _COMMANDS if sentence == c or sentence.startswith(f"{c} ")), "")
        if not command and not inside:
            return f"it contains {sentence[:40]}"
        if inside and command not in ("", "Qed"):
            return f"{command} inside a proof"
        inside = command == "Proof" or (inside and command != "Qed")
        if command in ("Definition", "Lemma", "Theorem", "Hypothesis"):
            word = sentence.split()[1]
            if word in defined or not word.startswith(name):
                return f"it defines {word}"
            defined.add(word)
            if command == "Hypothesis" and word not in steps:
                return f"it assumes {word}"
    return ""


def _statement(text: str, name: str, d: Derivation, letters: dict[str, str]) -> str:
    fixed = _fixed(d.problem, letters)
    variables = [v for v in letters.values() if v not in fixed]
    binder = f"forall {' '.join(variables)} : R, " if variables else ""
    given = " ".join([f"{name}_given", *[fixed[v][1] if v in fixed else v for v in letters.values()]])
    start = f"Theorem {name} : {binder}{given} -> "
    stated = _text_of(text, start)
    if stated is None:
        return "the theorem is missing"
    if INTERVALS in " ".join(text.split()).partition(start)[0]:
        return "it loads more than it needs before its theorem"
    exists = f"exists {' '.join(variables)} : R, " if variables else ""
    if _text_of(text, f"Lemma {name}_witness : {exists}{given}") != "":
        return "the witness is missing"
    parts: list[Read] = []
    rest = read(stated)
    while isinstance(rest, tuple) and rest[0] == "/\\":
        parts.append(rest[2])
        rest = rest[1]
    parts = [rest, *reversed(parts)]
    if type(d.problem) is Substitution:
        return _at_a_point(d, parts, letters, fixed)
    for asked, answered in _entries(d):
        why = _follows(asked, answered, parts, letters)
        if why:
            return why
    return ""


def _fixed(problem: Expression, letters: dict[str, str]) -> dict[str, tuple[Fraction, str]]:
    """The variables that are numbers in the theorem, with their values as they have to be written."""
    found: dict[str, tuple[Fraction, str]] = {}
    if type(problem) is not Substitution:
        return found
    for letter, number in zip(problem.arguments[1::2], problem.arguments[2::2], strict=True):
        q = _number(term(number, letters))
        if q is None:
            raise Unreadable("a point that is no rational number")
        shown = str(abs(q.numerator)) if q.denominator == 1 else f"({abs(q.numerator)} / {q.denominator})"
        found[letters[str(letter)]] = q, f"(- {shown})" if q < 0 else shown
    return found


def _at_a_point(
    d: Derivation, parts: list[Read], letters: dict[str, str], fixed: dict[str, tuple[Fraction, str]]
) -> str:
    """Whether the statement is about the derivative at the point that was asked for."""
    asked = d.problem.arguments[0]
    if type(asked) is not Derivative or integer_value(asked.arguments[2]) != 1 or len(asked.arguments) != 3:
        return "the value of something that is no first derivative"
    v = letters[str(asked.arguments[1])]
    others = {name: read(fixed[x][1]) if x in fixed and x != v else x for name, x in letters.items()}
    function = ("fun", v, term(asked.arguments[0], others))
    stated = ("is_derive", function, read(fixed[v][1]) if v in fixed else v, term(d.result, letters))
    return "" if stated in parts else "the theorem is not about the value that was asked for"


def _hypotheses(text: str, name: str, d: Derivation, letters: dict[str, str]) -> str:
    """Every hypothesis is a condition of the derivation, or about a part of the input that has edges."""
    typed = f" ({' '.join(letters.values())} : R)" if letters else ""
    stated = _text_of(text, f"Definition {name}_given{typed} : Prop := ")
    if stated is None:
        return "the hypotheses are missing"
    allowed: set[str] = {repr("True")}
    for asked, _ in _entries(d):
        for node in postorder(asked):
            allowed.update([repr(p) for p in _edges(node, letters)])
    for condition in d.conditions:
        for e in condition.alternatives:
            a, b = (term(side, letters) for side in e.arguments)
            relation = str(e.label)
            strict = {"!=": ("<>", a, b), "<": ("<", a, b), "<=": ("<", a, b)}.get(relation, ("<", b, a))
            allowed.add(repr(strict))
    pending: list[Read] = [read(stated)]
    while pending:
        p = pending.pop()
        if isinstance(p, tuple) and p[0] in ("/\\", "\\/"):
            pending.extend(p[1:])
        elif repr(p) not in allowed:
            return "it has a hypothesis that the input does not need"
    return ""


def _edges(e: Expression, letters: dict[str, str]) -> list[Read]:
    """What may be asked of the parts of a node: no zero below a bar, a positive argument of ln, …"""
    zero, one, minus = Fraction(0), Fraction(1), ("-", Fraction(1))
    if type(e) is Quotient:
        return [("<>", term(e.arguments[1], letters), zero)]
    if type(e) is Power:
        base = term(e.arguments[0], letters)
        return [("<>", base, zero), ("<", zero, base)]
    if type(e) is Piecewise:
        return [("<>", *[term(side, letters) for side in relation.arguments]) for relation in e.arguments[1::2]]
    if type(e) is not Call or e.label in ("gradient", "jacobian", "hessian"):
        return []
    arguments = [term(u, letters) for u in e.arguments]
    if e.label in ("min", "max"):
        rest = [_extreme(str(e.label), arguments[k:]) for k in range(1, len(arguments))]
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


def _text_of(text: str, start: str) -> str | None:
    flat = " ".join(text.split())
    at = flat.find(start)
    if at < 0 or flat.find(start, at + 1) >= 0:  # once, and only once
        return None
    end = _SENTENCE.search(flat, at + len(start))
    return flat[at + len(start) : end.start()].strip() if end else None


def _entries(d: Derivation) -> list[tuple[Expression, Expression]]:
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


def _follows(asked: Expression, answered: Expression, parts: list[Read], letters: dict[str, str]) -> str:
    """Whether the statements say that `asked` has the value `answered`; a chain of them for higher orders."""
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
                    return f"that there is a derivative is not proved for {node}"
        return "" if ("=", term(f, letters), target) in parts else "the equation is not the one that was asked for"
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
        return ""
    return "the theorem is not about what was asked for"


def term(e: Expression, letters: Mapping[str, Read]) -> Read:
    """How a reader reads the term of an expression: written from the expression alone."""
    made: dict[Expression, Read] = {}
    for node in postorder(e):
        made[node] = _term(node, [made[c] for c in node.arguments], letters)
    return made[e]


def _term(e: Expression, a: list[Read], letters: Mapping[str, Read]) -> Read:
    match e:
        case Number():
            q = Fraction(e.value)
            return q if q.denominator == 1 else ("/", Fraction(q.numerator), Fraction(q.denominator))
        case Symbol():
            return letters[str(e.label)]
        case Constant():
            return "PI" if e.label == "pi" else ("exp", Fraction(1))
        case Negation():
            return ("-", a[0])
        case Quotient():
            return ("/", a[0], a[1])
        case Product():
            return _left("*", a)
        case Sum():
            total = a[0]
            for part, node in zip(a[1:], e.arguments[1:], strict=True):
                if type(node) is Negation and isinstance(part, tuple):
                    total = ("-", total, part[1])
                else:
                    total = ("+", total, part)
            return total
        case Power():
            return _power(e, a)
        case Derivative() if len(a) == 3 and integer_value(e.arguments[2]) == 1:
            return ("Derive", ("fun", a[1], a[0]), a[1])
        case Equation():
            return (str(e.label), a[0], a[1])
        case Piecewise():
            return _pieces(a)
        case Call():
            if e.label == "log" and len(a) == 2:
                return ("/", ("ln", a[0]), ("ln", a[1]))
            if e.label == "mod" and len(a) == 2:
                return ("-", a[0], ("*", a[1], ("Rfloor", ("/", a[0], a[1]))))
            if e.label in ("min", "max"):
                return _extreme(str(e.label), a)
            if e.label in ("cbrt", "root"):
                index = Fraction(3) if e.label == "cbrt" else _number(a[1])
                return ("Rpower", a[0], ("/", Fraction(1), index)) if index and index != 1 else "?"
            return (_NAMES.get(str(e.label), str(e.label)), *a)
    return "?"


def _pieces(a: list[Read]) -> Read:
    """Which of two values holds, asked from the first piece on: (below a b x y) is x where a < b, and else y."""
    if not a:
        return Fraction(0)
    if len(a) == 1:
        return a[0]
    value, relation, rest = a[0], a[1], _pieces(a[2:])
    if not isinstance(relation, tuple) or len(relation) != 3:
        return "?"
    sign, left, right = relation
    readings: dict[Read, Read] = {
        "<": ("below", left, right, value, rest),
        ">": ("below", right, left, value, rest),
        "<=": ("below", right, left, rest, value),
        ">=": ("below", left, right, rest, value),
        "!=": ("unlike", left, right, value, rest),
        "=": ("unlike", left, right, rest, value),
    }
    return readings.get(sign, "?")


def _extreme(name: str, a: list[Read]) -> Read:
    if len(a) == 1:
        return a[0]
    u, v = a[0], _extreme(name, a[1:])
    return ("below", u, v, u, v) if name == "min" else ("below", v, u, u, v)


def _power(e: Expression, a: list[Read]) -> Read:
    value = _number(a[1])
    if value is not None and value.denominator == 1:
        return ("/", ("^", a[0], -value)) if value < 0 else ("^", a[0], value)
    if type(e.arguments[0]) is Constant and e.arguments[0].label == "e":
        return ("exp", a[1])
    return ("Rpower", a[0], a[1])


def _left(sign: str, a: list[Read]) -> Read:
    total = a[0]
    for part in a[1:]:
        total = (sign, total, part)
    return total


def _number(r: Read, depth: int = 0) -> Fraction | None:
    """The value of a read term of numbers."""
    if isinstance(r, Fraction):
        return r
    if not isinstance(r, tuple) or r[0] not in ("+", "-", "*", "/") or depth > 20:
        return None
    a = [_number(x, depth + 1) for x in r[1:]]
    values = [x for x in a if x is not None]
    if len(values) != len(a):
        return None
    match r[0], values:
        case "-", [x]:
            return -x
        case "+", [x, y]:
            return x + y
        case "-", [x, y]:
            return x - y
        case "*", [x, y]:
            return x * y
        case "/", [x, y] if y:
            return x / y
    return None


def _axioms(declared: Collection[str]) -> str:
    """The file declares none, so that its theorem rests on some of those of the libraries."""
    if not AXIOMS.intersection(declared):
        return "it is not known what the theorem rests on"
    for found in sorted(declared):
        if found not in AXIOMS and not found.startswith(SEALED):
            return f"it may rest on {found}"
    return ""

"""Derivatives of random functions beside those of SymPy, SymEngine and Maxima, to 18 digits at one point each.

A system that works over the complex numbers means another function where a root of a negative number is taken: such
points are counted by themselves. Every other difference is listed.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from pathlib import Path
from random import Random
from threading import Timer
from typing import Any

from derive import evaluate, parse, solve
from derive.errors import DeriveError
from derive.expressions import Call, Expression, Power, postorder, rational_value
from derive.numeric import NoValue, Undefined, ball
from derive.numeric.rounding import MAX_EXPONENT
from derive.numeric.signals import AtPole
from tests.audit.problems import function

DIGITS, AGREE = 25, Decimal("1e-18")
WORKED, MORE = 36, 150  # digits with which others compute, and once more where they differ: sec(10^20) loses twenty
SECONDS = 10  # of another system for one function
PATIENCE = 3 * SECONDS  # on the clock, for one that runs by itself on a busy machine
REAL = re.compile(r"-?\d+\.?\d*([eb][+-]?\d+)?$")
Case = tuple[str, str]
"""A function of x, and the x."""


def cases(seed: int, count: int) -> list[Case]:
    """Random functions of depths 1 to 3, each with a point between 0 and 4."""
    rng = Random(f"beside/{seed}")
    found = []
    for _ in range(count):
        f = function(rng, rng.choice((1, 2, 2, 3)))
        found.append((f, str(Fraction(rng.randrange(1, 4001, 2), 1000))))
    return found


def ours(case: Case) -> Decimal | None:
    """The derivative here, by the rules; None where there is no value."""
    f, at = case
    try:
        return Decimal(str(evaluate(solve(f"d/dx ({f})").result, {"x": at}, DIGITS)))
    except DeriveError:
        return None


def root_of_negative(case: Case) -> bool:
    """Whether a root of a negative number is taken, which is real here and complex elsewhere."""
    point = {"x": Fraction(case[1])}
    return any([_negative(base, point) for base in _rooted(parse(case[0]))])


def outside(case: Case) -> bool:
    """Whether the function itself certainly has no real value at the point, whatever a formula of its slope gives."""
    try:
        ball(parse(case[0]), {"x": Fraction(case[1])})
    except (Undefined, AtPole):
        return True
    except (NoValue, DeriveError):
        pass
    return False


def _rooted(e: Expression) -> Iterator[Expression]:
    for node in postorder(e):
        if type(node) is Power:
            q = rational_value(node.arguments[1])
            if q is None or q.denominator != 1:
                yield node.arguments[0]
        elif type(node) is Call and node.label == "cbrt":
            yield node.arguments[0]


def _negative(e: Expression, point: dict[str, Fraction]) -> bool:
    try:
        return bool(ball(e, point) < 0)
    except (NoValue, DeriveError):
        return False


def by_sympy(todo: list[Case], digits: int) -> Iterator[str]:
    """Values as text; "" where there is no real one."""
    import sympy

    x = sympy.Symbol("x", real=True)
    names = {"x": x, "e": sympy.E, "ln": sympy.log, "abs": sympy.Abs, "cbrt": lambda u: sympy.real_root(u, 3)}

    def value(f: str, at: str) -> str:
        slope = sympy.diff(sympy.sympify(f.replace("^", "**"), locals=names), x)
        found = slope.subs(x, sympy.Rational(at)).evalf(digits)
        return str(found) if found.is_real and found.is_finite else ""

    yield from _each(todo, value)


def by_symengine(todo: list[Case], digits: int) -> Iterator[str]:
    import symengine

    x = symengine.Symbol("x")

    def value(f: str, at: str) -> str:
        text = f.replace("^", "**").replace("ln(", "log(").replace("e**", "E**")
        text = _written(_written(text, "cbrt", "**(1/3)", ""), "abs", "**2", "sqrt")  # it leaves their slopes open
        slope = symengine.sympify(text).diff(x)
        return str(slope.subs({x: symengine.Rational(*map(int, at.split("/")))}).n(int(digits * 3.33), real=True))

    yield from _each(todo, value)


def _written(text: str, name: str, after: str, around: str) -> str:
    """`cbrt(u)  →  ((u)**(1/3))`, wherever a function of that name stands."""
    start = text.find(f"{name}(")
    while start >= 0:
        end, depth = start + len(name) + 1, 1
        while depth:
            depth += (text[end] == "(") - (text[end] == ")")
            end += 1
        text = f"{text[:start]}{around}({text[start + len(name) : end]}{after}){text[end:]}"
        start = text.find(f"{name}(", start)
    return text


def _each(todo: list[Case], value: Callable[[str, str], str]) -> Iterator[str]:
    """One after the other, each within its seconds."""

    def over(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)
    try:
        for f, at in todo:
            signal.alarm(SECONDS)
            try:
                yield value(f, at)
            except TimeoutError:
                yield "time"
            except Exception:  # noqa: BLE001 - whatever another system says, it is no value
                yield ""
            finally:
                signal.alarm(0)
    finally:
        signal.signal(signal.SIGALRM, before)


def by_maxima(todo: list[Case], digits: int) -> Iterator[str]:
    found: dict[int, str] = {}
    start = 0
    while start < len(todo):
        found |= _maxima_from(start, todo, digits)
        start = next((k for k in range(start, len(todo)) if k not in found), len(todo))
        found.setdefault(start, "time")  # where it stopped; it goes on behind it
    yield from [found[k] for k in range(len(todo))]


def _maxima_from(start: int, todo: list[Case], digits: int) -> dict[int, str]:
    """What Maxima answers from one case on, by number, until one takes too long."""
    lines = [f"fpprec:{digits}$", "display2d:false$", "linel:10000$", "ratprint:false$", "cbrt(u):=u^(1/3)$"]
    for k, (f, at) in enumerate(todo[start:], start):
        text = re.sub(r"\be\b", "%e", f.replace("ln(", "log("))
        value = f"errcatch(string(expand(rectform(bfloat(subst(x={at},diff({text},x)))))))"
        lines.append(f'block([v:{value}], print("value", {k}, v), ?finish\\-output())$')
    found: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        batch = Path(folder) / "batch.mac"
        batch.write_text("\n".join(lines) + "\n", "utf-8")
        command = ["maxima", "--very-quiet", "-b", str(batch)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as run:
            watch = Timer(PATIENCE, run.kill)
            watch.start()
            for line in run.stdout or ():
                answer = re.match(r"value (\d+) \[(.*)\]\s*$", line)
                if answer:
                    found[int(answer[1])] = answer[2].strip().strip('"')
                    watch.cancel()
                    watch = Timer(PATIENCE, run.kill)
                    watch.start()
            watch.cancel()
    return found


SYSTEMS: dict[str, Callable[[list[Case], int], Iterator[str]]] = {
    "SymPy": by_sympy, "SymEngine": by_symengine, "Maxima": by_maxima,
}  # fmt: skip


def available(name: str) -> bool:
    """Whether a system is on this machine."""
    if name == "Maxima":
        return shutil.which("maxima") is not None
    try:
        __import__(name.lower())
    except ModuleNotFoundError:
        return False
    return True


def compared(name: str, todo: list[Case], here: list[Decimal | None]) -> tuple[Counter[str], list[str]]:
    """(how many of each kind, the differences that have no explanation) beside one system."""
    found: Counter[str] = Counter()
    different: list[str] = []
    for case, mine, told in zip(todo, here, SYSTEMS[name](todo, WORKED), strict=True):
        kind = _kind(case, mine, told)
        if kind == "different" and _kind(case, mine, next(SYSTEMS[name]([case], MORE))) == "same":
            kind = "same, with more digits there"
        found[kind] += 1
        if kind in ("different", "a value only there"):
            different.append(f"{case[0]} at x = {case[1]}: {mine} here, {told} there")
    return found, different


def _number(told: str) -> Decimal | None:
    """A value as it is told; infinite where its exponent is beyond that of Decimal."""
    if not REAL.match(told):
        return None
    try:
        return Decimal(told.replace("b", "e"))
    except InvalidOperation:
        return Decimal("Infinity")


def _kind(case: Case, mine: Decimal | None, told: str) -> str:
    if told == "time":
        return "no answer in time there"
    there = _number(told)
    if mine is None and there is None:
        return "no value on either side"
    if (mine is None or there is None) and outside(case):
        return "outside the real domain"
    if mine is None and there is not None and (there.is_infinite() or abs(there.adjusted()) > MAX_EXPONENT):
        return "exponent too large to be written here"
    if mine is None:
        return "not worked out here" if solve(f"d/dx ({case[0]})").outcome == "stuck" else "a value only there"
    if there is None:
        return "root of a negative number" if root_of_negative(case) else "no real value there"
    with localcontext(Context(prec=40, Emax=MAX_EMAX, Emin=MIN_EMIN)):
        if abs(there - mine) <= AGREE * max(Decimal(1), abs(there)):
            return "same"
    return "root of a negative number" if root_of_negative(case) else "different"

"""What each rule of grammar/expression.lark and latex.lark builds; nothing here looks at the text.

A sum or product that may go on is an open list (Terms, Factors), so that a wide one is built once.
"""

from __future__ import annotations

from typing import Any

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Limit, Matrix, Negation, Number, Piecewise, Power, Product,
    Quotient, Substitution, Sum, Symbol, make, symbols,
)  # fmt: skip
from derive.expressions.build import ONE
from derive.functions import FUNCTIONS, INVERSES
from derive.notation.frames import Head


class Slip(Exception):
    """A mistake that only shows once the parts are known; `at` is an offset into the text."""

    def __init__(self, message: str, at: int, suggestion: str | None = None, kind: str = "read") -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.suggestion = suggestion
        self.kind = kind


class Terms(list[Expression]):
    """An open sum."""


class Factors(list[Expression]):
    """An open product."""


class Related(tuple[Expression, str, Expression]):
    """A relation without brackets: an argument of `at` and `piecewise`, but not of `sin`."""

    __slots__ = ()


def closed(value: Any) -> Any:
    """The expression that an open list or relation stands for."""
    kind = type(value)
    if kind is Terms:
        return make(Sum, tuple(value))
    if kind is Factors:
        return make(Product, tuple(value))
    if kind is Related:
        return make(Equation, (value[0], value[2]), value[1])
    return value


whole = bracket = closed


def add(left: Any, right: Any) -> Any:
    if type(left) is Terms:
        left.append(closed(right))
        return left
    return Terms((closed(left), closed(right)))


def subtract(left: Any, right: Any) -> Any:
    return add(left, make(Negation, (closed(right),)))


def negate(value: Any) -> Any:
    return make(Negation, (closed(value),))


def unchanged(value: Any) -> Any:
    return closed(value)


def times(left: Any, right: Any) -> Any:
    if type(left) is Factors:
        left.append(right)
        return left
    return Factors((left, right))


def divide(left: Any, right: Any) -> Any:
    return make(Quotient, (closed(left), right))


def modulo(left: Any, right: Any) -> Any:
    return make(Call, (closed(left), right), "mod")


def power(base: Any, exponent: Any) -> Any:
    return make(Power, (base, exponent))


def factorial(value: Any) -> Any:
    return make(Call, (value,), "factorial")


def absolute(value: Any) -> Any:
    return make(Call, (closed(value),), "abs")


def floor(value: Any) -> Any:
    return make(Call, (closed(value),), "floor")


def ceiling(value: Any) -> Any:
    return make(Call, (closed(value),), "ceil")


def relation(left: Any, sign: str, right: Any) -> Any:
    return Related((closed(left), sign, closed(right)))


def primed(value: Any, count: int) -> Any:
    """(u)' by its only variable; y' of a name, which depends on x (on t where the name is x)."""
    value = closed(value)
    if type(value) is Symbol:
        by = make(Symbol, (), "t" if value.label == "x" else "x")
        return make(Call, (by,), (value.label, (count,)))
    names = symbols(value)
    if len(names) != 1:
        listed = ", ".join(sorted(names)) or "none"
        raise Slip(f"a prime needs one variable, here: {listed}", -1, "write d/dx(…) with the variable", "name")
    return make(Derivative, (value, make(Symbol, (), names.pop()), make(Number, (), count)), False)


def list_of(value: Any) -> list[Any]:
    return [closed(value)]


def list_and(values: list[Any], value: Any) -> list[Any]:
    values.append(closed(value))
    return values


class Mixed(list[Any]):
    """Arguments among which a relation stands without brackets."""


def argument_list(value: Any) -> list[Any]:
    return Mixed((closed(value),)) if type(value) is Related else [closed(value)]


def argument_and(values: list[Any], value: Any) -> list[Any]:
    if type(value) is Related and type(values) is not Mixed:
        values = Mixed(values)
    values.append(closed(value))
    return values


def list_end(values: list[Any]) -> list[Any]:
    return values


# --- functions


def head_power(head: Head, exponent: Expression) -> Head:
    if head.exponent is not None:
        raise Slip("a second exponent", head.end)
    head.exponent = closed(exponent)
    return head


def head_base(head: Head, base: Expression) -> Head:
    if head.name not in ("ln", "log"):
        raise Slip(f"{head.name} takes no base", head.end)
    head.name = "log"
    head.base = closed(base)
    return head


def head_primes(head: Head, count: int) -> Head:
    head.places += (1,) * count
    return head


def call(head: Head, arguments: list[Expression]) -> Expression:
    """A function at its arguments, with its powers: sin^2(x) → sin(x)^2, sin^-1(x) → asin(x), log_2(x) → log(x, 2)."""
    name, exponent = head.name, head.exponent
    if head.known and name in _FORMS:
        return _FORMS[name](head, arguments)
    if type(arguments) is Mixed:
        raise Slip(f"{name} cannot take a relation", head.start)
    if exponent is not None and name in INVERSES and _is_minus_one(exponent):
        name, exponent, head.inverted = INVERSES[name], None, True
    if head.base is not None:
        arguments.append(head.base)
    if name == "ln" and len(arguments) == 2:
        name = "log"
    if not head.known:
        value = _abstract(head, arguments)
    else:
        row = FUNCTIONS[name]
        if len(arguments) not in row.arity:
            raise Slip(_arity_message(name, row.arity, len(arguments)), head.end)
        value = make(Call, tuple(arguments), name)
        if head.places:
            value = _derivative_of_known(name, arguments, len(head.places), head)
    return value if exponent is None else make(Power, (value, exponent))


def _abstract(head: Head, arguments: list[Expression]) -> Expression:
    if not head.places:
        return make(Call, tuple(arguments), head.name)
    orders = [0] * len(arguments)
    for place in head.places:
        if not 1 <= place <= len(arguments):
            raise Slip(f"{head.name} has no argument number {place}", head.start)
        orders[place - 1] += 1
    if len(arguments) > 1 and head.places == (1,) * len(head.places) and head.end - head.start == len(head.name):
        raise Slip(
            f"a prime is for functions of one variable, {head.name} has {len(arguments)}", head.end,
            f"write D[1]({head.name})(…) or ∂/∂x",
        )  # fmt: skip
    return make(Call, tuple(arguments), (head.name, tuple(orders)))


def _derivative_of_known(name: str, arguments: list[Expression], order: int, head: Head) -> Expression:
    """sin'(x), sinc''(0): the derivative by the argument, evaluated there."""
    if len(arguments) != 1:
        raise Slip("a prime is for functions of one variable", head.end)
    argument = arguments[0]
    by = argument if type(argument) is Symbol else make(Symbol, (), "u")
    value = make(Derivative, (make(Call, (by,), name), by, make(Number, (), order)), False)
    return value if by is argument else make(Substitution, (value, by, argument))


def _arity_message(name: str, arity: tuple[int, ...], given: int) -> str:
    wanted = " or ".join(str(n) for n in arity[:2])
    more = " or more" if len(arity) > 2 else ""
    return f"{name} takes {wanted}{more} argument{'s' if arity != (1,) else ''}, here {given}"


def _is_minus_one(e: Expression) -> bool:
    return type(e) is Negation and type(e.arguments[0]) is Number and e.arguments[0].label == 1


def _at(head: Head, arguments: list[Expression]) -> Expression:
    """at(u, x = 2, y = 3)"""
    parts = [arguments[0]]
    for assignment in arguments[1:]:
        if not (type(assignment) is Equation and assignment.label == "=" and type(assignment.arguments[0]) is Symbol):
            raise Slip("at(u, x = 2) needs assignments after the expression", head.end)
        parts += assignment.arguments
    if len(parts) < 3:
        raise Slip("at(u, x = 2) needs an assignment", head.end)
    return make(Substitution, tuple(parts))


def _piecewise(head: Head, arguments: list[Expression]) -> Expression:
    """piecewise(v1, c1, v2, c2, otherwise)"""
    if len(arguments) < 2 or not all(type(c) is Equation for c in arguments[1::2]):
        raise Slip("piecewise(value, condition, …) needs a relation after each value", head.end)
    return make(Piecewise, tuple(arguments))


def _diff(head: Head, arguments: list[Expression]) -> Expression:
    """diff(u, x, 2, y): d/dx in SymPy's order of arguments."""
    operand, *rest = arguments
    parts: list[Expression] = []
    for item in rest:
        if type(item) is Symbol:
            parts += (item, ONE)
        elif parts and parts[-1] is ONE:
            parts[-1] = item
        else:
            raise Slip("diff(u, x, 2) takes variables, each with an order or none", head.end)
    if not parts:
        names = sorted(symbols(operand))
        if len(names) != 1:
            raise Slip(f"diff needs a variable: {', '.join(names) or 'none is there'}", head.end, None, "name")
        parts = [make(Symbol, (), names[0]), ONE]
    return make(Derivative, (operand, *parts), len(parts) > 2)


_FORMS = {"at": _at, "piecewise": _piecewise, "diff": _diff}


# --- operators


def derivative(operator: tuple[Any, ...], operand: Any) -> Expression:
    partial, total, under, _ = operator
    parts: list[Expression] = []
    for variable, order in under:
        parts += (variable, order)
    _check_orders(total, parts[1::2], len(under))
    return make(Derivative, (closed(operand), *parts), partial)


def _check_orders(total: Expression, orders: list[Expression], count: int) -> None:
    naturals = [n.label for n in orders if type(n) is Number and type(n.label) is int]
    if len(naturals) == count and type(total) is Number:
        if sum(naturals) != total.label:  # type: ignore[arg-type]
            raise Slip(f"the order above is {total.label}, below it is {sum(naturals)}", -1)  # type: ignore[arg-type]
    elif count == 1 and total != orders[0]:
        raise Slip("the orders above and below differ", -1)


def no_direction() -> str:
    return ""


def limit(variable: Expression, point: Any, direction: str, operand: Any) -> Expression:
    return make(Limit, (closed(operand), variable, closed(point)), direction)


limit_below = limit


def evaluated(operand: Any, assignments: list[Expression]) -> Expression:
    """u|_{x = 2}, or u|_{2} by the only variable of u."""
    operand = closed(operand)
    parts = [operand]
    for assignment in assignments:
        if type(assignment) is Equation and assignment.label == "=" and type(assignment.arguments[0]) is Symbol:
            parts += assignment.arguments
            continue
        names = symbols(operand)
        if type(assignment) is Equation or len(assignments) > 1 or len(names) != 1:
            raise Slip("needs x = value after the bar", -1)
        parts += (make(Symbol, (), names.pop()), assignment)
    return make(Substitution, tuple(parts))


# --- matrices and LaTeX


def row_vector(entries: list[Expression]) -> Expression:
    """[a, b] is a row; [a] alone is a bracket."""
    return entries[0] if len(entries) == 1 else make(Matrix, tuple(entries), len(entries))


def row(entries: list[Expression]) -> list[Expression]:
    return entries


def matrix(rows: list[list[Expression]]) -> Expression:
    return matrix_lines(rows)


def matrix_lines(rows: list[list[Expression]]) -> Expression:
    if len({len(r) for r in rows}) != 1:
        raise Slip("the rows of a matrix have different lengths", -1)
    return make(Matrix, tuple(entry for r in rows for entry in r), len(rows[0]))


def cases(lines: list[list[Expression]]) -> Expression:
    parts: list[Expression] = []
    for i, line in enumerate(lines):
        last = i == len(lines) - 1
        if len(line) == 1 and last:
            parts.append(line[0])
        elif len(line) == 2 and type(line[1]) is Equation:
            parts += line
        elif len(line) == 2 and last and type(line[1]) is Symbol and line[1].label == "otherwise":
            parts.append(line[0])
        else:
            raise Slip("each case is a value, &, and a condition", -1)
    return make(Piecewise, tuple(parts)) if len(parts) > 1 else parts[0]


def fraction(top: Any, bottom: Any) -> Expression:
    return make(Quotient, (closed(top), closed(bottom)))


over = fraction


def square_root(value: Any) -> Expression:
    return make(Call, (closed(value),), "sqrt")


def cube_root(value: Any) -> Expression:
    return make(Call, (closed(value),), "cbrt")


def nth_root(index: Any, value: Any) -> Expression:
    return make(Call, (closed(value), closed(index)), "root")


def binomial(n: Any, k: Any) -> Expression:
    """n over k, by factorials."""
    n, k = closed(n), closed(k)
    rest = make(Call, (make(Sum, (n, make(Negation, (k,)))),), "factorial")
    return make(Quotient, (make(Call, (n,), "factorial"), make(Product, (make(Call, (k,), "factorial"), rest))))


# --- problems


class Step:
    """One line of a problem: what to do (None for a plain expression), with what, and what is said after it."""

    __slots__ = ("at", "by", "limit", "operands", "task", "where")

    def __init__(self, task: tuple[str, int, bool] | None, operands: list[Expression]) -> None:
        self.task = task
        self.operands = operands
        self.by: list[Expression] = []
        self.at: list[Expression] = []
        self.where: list[Expression] = []
        self.limit: tuple[Expression, Expression, str] | None = None


def step(operands: list[Expression], tails: Step) -> Step:
    tails.operands = operands
    return tails


def task_step(task: tuple[str, int, bool], operands: list[Expression], tails: Step) -> Step:
    tails.task, tails.operands = task, operands
    return tails


def task_by_step(task: tuple[str, int, bool], by: list[Expression], operands: list[Expression], tails: Step) -> Step:
    tails.task, tails.by, tails.operands = task, by, operands
    return tails


def no_tails() -> Step:
    return Step(None, [])


def by(tails: Step, names: list[Expression]) -> Step:
    tails.by += names
    return tails


def at_point(tails: Step, assignments: list[Expression]) -> Step:
    tails.at += assignments
    return tails


def where(tails: Step, assignments: list[Expression]) -> Step:
    tails.where += assignments
    return tails


def as_limit(tails: Step, variable: Expression, point: Any, direction: str) -> Step:
    tails.limit = (variable, closed(point), direction)
    return tails


ACTIONS = {name: value for name, value in list(globals().items()) if name[0].islower() and callable(value)}
assert Constant is not None

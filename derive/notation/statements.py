"""What the steps of a problem ask for: the task, its expression and its variables."""

from __future__ import annotations

from typing import TypeAlias

from derive.errors import NameProblem, ReadError
from derive.expressions import (
    BINDERS, ONE, Call, Derivative, Equation, Expression, Limit, Matrix, Substitution, Symbol, is_operator, make,
    natural, postorder, put_in, symbols,
)  # fmt: skip
from derive.notation.building_steps import Step
from derive.notation.definitions import Definition, definition, parameter, with_definition
from derive.notation.dependence import circle, declared, defines, place_of, two_arities
from derive.notation.reading import Note, note_at

Answer: TypeAlias = tuple[str, Expression, tuple[str, ...], tuple[tuple[str, Expression], ...], list[Note]]
"""Task, expression, variables, what `where` says, notes."""


class Statement:
    """The steps of one problem, taken together."""

    def __init__(
        self, text: str, steps: list[Step], wrt: tuple[str, ...], order: int, total: tuple[str, ...] = ()
    ) -> None:
        self.text = text
        self.total = total  # s, t of df/d(s,t)
        self.wrt = wrt
        self.order = order
        self.notes: list[Note] = []
        self.definitions: list[Definition] = []
        self.equations: list[Expression] = []
        self.step = steps[-1]
        earlier = [operand for step in steps[:-1] for operand in step.operands]
        if self.step.task is None and len(self.step.operands) > 1:
            earlier += self.step.operands[:-1]
            self.step.operands = self.step.operands[-1:]
        for operand in earlier:
            self.define(operand)

    def define(self, e: Expression) -> None:
        found = definition(e)
        if found:
            self.definitions.append(found)
        elif type(e) is Equation and e.label == "=":
            self.equations.append(e)
        else:
            raise self.error("several expressions where one was expected", "separate a definition by ;")

    def is_called(self, name: str) -> bool:
        """Whether `name` stands in the problem as a function, as y does in dy/dx."""
        calls = [n for e in self.step.operands for n in postorder(e) if type(n) is Call]
        return any(n.name == name for n in calls) or name in [str(e.label) for e in self.step.operands]

    def check_names(self, parts: list[Expression]) -> None:
        """NameProblem, with its place, for names that define each other in a circle and functions of two arities."""
        given = {name: e.arguments[1] for e in parts if (name := defines(e)) is not None and e.arguments[1] is not None}
        given = {name: e for name, e in given.items() if type(e) is not Call or e.name != name}
        around = circle(given)
        if around:
            shown = " needs ".join([*around, around[0]])
            raise self.error_at(place_of(self.text, around[0], 1), f"{shown}: these go in a circle")
        said = {defines(item) for item in self.step.where}
        found = two_arities([e for e in parts if not _is_dependent(e, said)])
        if found:
            name, first, second = found
            at = place_of(self.text, name, self.text.count(name) and 1)
            raise self.error_at(at, f"{name} is used with {first} and with {second} arguments")

    def direction(self, step: Step) -> tuple[tuple[str, Expression], ...]:
        """The vector of a directional derivative, said after `in the direction`."""
        if step.task is None or step.task[0] != "directional":
            return ()
        vectors = [e for e in step.where if type(e) is Matrix]
        if len(vectors) != 1:
            raise self.error("a directional derivative needs one direction", "add: in the direction [3, 4]")
        step.where.remove(vectors[0])
        return (("direction", vectors[0]),)

    def error_at(self, at: int, message: str) -> ReadError:
        before = self.text[:at]
        line = before.count("\n") + 1
        return NameProblem(message, text=self.text, line=line, column=at - (before.rfind("\n") + 1) + 1)

    def error(self, message: str, suggestion: str | None = None, kind: type[ReadError] = ReadError) -> ReadError:
        return kind(message, text=self.text, suggestion=suggestion)

    def note(self, kind: str, reading: str, alternatives: tuple[str, ...] = ()) -> None:
        self.notes.append(note_at(self.text, kind, 0, len(self.text), reading, alternatives))

    # --- what is asked

    def problem(self) -> Answer:
        step = self.step
        direction = self.direction(step)
        step.where = [declared(item) for item in step.where]
        self.check_names([*step.operands, *step.where])
        for item in list(step.where):
            found = definition(item)
            if found and (found[1] or self.is_called(found[0])):
                self.definitions.append(found)
                step.where.remove(item)
        pairs = self.assignments(step.where)
        if direction:
            pairs += direction
        if step.task is not None:
            return self.of_task(step, pairs)
        operand = step.operands[0]
        if self.total:
            operand = self.expanded(operand)
            task = "chain" if pairs else "jacobian" if type(operand) is Matrix else "gradient"
            return task, operand, self.total, pairs, self.notes
        found = definition(operand)
        if found:
            self.definitions.append(found)
            name, parameters, body = found
            self.note("left-side", name)
            return self.differentiated(body, [str(p.label) for p in parameters] or None, step, pairs)
        if type(operand) is Equation:
            raise self.error(
                "a relation is not an expression",
                "to differentiate implicitly, add the derivative that is asked for: x^2 + y^2 = 1, dy/dx",
            )
        slope = self.implicit(operand) or self.parametric(operand, step)
        if slope:
            return slope
        expression = self.expanded(operand)
        if not pairs:
            expression = self.changing(operand, expression)
        if self.definitions and not symbols(expression) and not step.by:
            return "simplify", expression, (), pairs, self.notes
        if type(expression) is Limit:
            return "limit", expression, (str(expression.variable.label),), pairs, self.notes
        if any(is_operator(n) or _is_prime(n) for n in postorder(expression)):
            return self.with_operator(expression, step, pairs)
        return self.differentiated(expression, None, step, pairs)

    def of_task(self, step: Step, pairs: tuple[tuple[str, Expression], ...]) -> Answer:
        assert step.task is not None
        task, order, partial = step.task
        operands = [self.right_side(e) for e in step.operands]
        if task not in _OF_SEVERAL and len(operands) > 1:
            raise self.error(f"{task} of one expression, not of {len(operands)}")
        operand = operands[0]
        if task == "derivative":
            if self.equations or type(operand) is Equation:
                implicit = self.implicit_equation(operand, order)
                if implicit:
                    return implicit
            if order > 1:
                self.order = order
            by = self.names(step.by)
            return self.differentiated(operand, self.left_names, step, pairs, by=by, partial=partial)
        if task == "simplify":
            return "simplify", operand, (), pairs, self.notes
        if task == "limit":
            if step.limit is None:
                raise self.error("a limit needs its point", "write lim x->0 (…)")
            variable, point, direction = step.limit
            return (
                "limit",
                make(Limit, (operand, variable, point), direction),
                (str(variable.label),),
                pairs,
                self.notes,
            )
        if task in _OF_SEVERAL and len(operands) > 1:
            operand = make(Matrix, tuple(operands), len(operands))
        elif task == "jacobian" and type(operand) is not Matrix:
            operand = make(Matrix, (operand,), 1)
        chosen = self.names(step.by) or list(self.wrt) or self.left_names
        if not chosen:
            chosen = sorted(symbols(operand))
            if task in _OF_SPACE and len(operand.arguments) == 3 and set(chosen) < set("xyz"):
                chosen = ["x", "y", "z"]  # curl [y, -x, 0]
            if not chosen:
                raise self.error(f"{task} needs a variable", None, NameProblem)
            self.note("all-variables", ", ".join(chosen))
        return task, operand, tuple(chosen), pairs, self.notes

    left_names: list[str] | None = None

    def right_side(self, e: Expression) -> Expression:
        """`gradient f(x, y) = x^2*y`: the right side, by the variables of the left one."""
        found = definition(e)
        if found:
            self.left_names = [str(p.label) for p in found[1]] or None
            return self.expanded(found[2])
        return self.expanded(e)

    def differentiated(
        self, operand: Expression, named_by: list[str] | None, step: Step, pairs: tuple[tuple[str, Expression], ...],
        *, by: list[str] | None = None, partial: bool = False,
    ) -> Answer:  # fmt: skip
        """The operator at `operand`, by the variables that were named, or by the only one."""
        if any(type(n) in (Derivative, Limit) for n in postorder(operand)) and not (by or self.wrt):
            return self.with_operator(operand, step, pairs)
        present = sorted(symbols(operand))
        binds = not present and any(type(n) in BINDERS for n in postorder(operand))
        if binds and not (by or named_by or self.wrt or step.by):
            raise self.error(
                "this is a number, and this program differentiates",
                "derive.evaluate gives its value in Python; a derivative needs a variable: int_0^x …",
            )
        chosen = by or self.names(step.by) or list(self.wrt)
        if not chosen:
            chosen = self.only(present, named_by)
        if len(chosen) == 1 and self.order > 1:
            runs = [(chosen[0], self.order)]
        else:
            runs = _runs(list(reversed(chosen)))
        parts: list[Expression] = []
        for name, count in runs:
            parts += (make(Symbol, (), name), ONE if count == 1 else natural(count))
        partial = partial or (bool(self.wrt) and not by and not set(present) <= set(chosen))
        several = partial or len(runs) > 1
        expression = make(Derivative, (operand, *parts), several)
        return self.with_operator(expression, step, pairs)

    def only(self, present: list[str], named_by: list[str] | None) -> list[str]:
        if named_by and len(named_by) == 1:
            return named_by
        candidates = named_by or present
        if len(candidates) == 1:
            self.note("one-variable", candidates[0])
            return candidates
        if not candidates:
            self.note("no-variable", "x")
            return ["x"]
        listed = ", ".join(candidates)
        raise self.error(
            f"several variables ({listed}) and none named", f"write d/d{candidates[0]} before it", NameProblem
        )

    def with_operator(self, e: Expression, step: Step, pairs: tuple[tuple[str, Expression], ...]) -> Answer:
        operators = [n for n in reversed(postorder(e)) if type(n) is Derivative]
        variables = tuple(dict.fromkeys(str(v.label) for n in operators for v in n.arguments[1::2]))
        at = self.assignments(step.at, e, variables)
        if at:
            e = make(Substitution, (e, *[x for name, value in at for x in (make(Symbol, (), name), value)]))
        task = "evaluate-derivative" if type(e) is Substitution and type(e.operand) is Derivative else "differentiate"
        if pairs and task == "differentiate":
            task = "chain"
        return task, e, variables, pairs, self.notes

    def implicit(self, target: Expression) -> Answer | None:
        """x^2 + y^2 = 1, dy/dx"""
        if not self.equations:
            return None
        if type(target) is Derivative and type(target.operand) is Call and len(target.variables) == 1:
            y, x = str(target.operand.label), str(target.variables[0][0].label)
            return self.slope(self.equations[-1], x, y, target.variables[0][1])
        if type(target) is Call and _is_prime(target) and type(target.arguments[0]) is Symbol:
            order = natural(target.orders[0])
            return self.slope(self.equations[-1], str(target.arguments[0].label), target.name, order)
        raise self.error("after an equation, say which derivative is asked for: dy/dx")

    def parametric(self, target: Expression, step: Step) -> Answer | None:
        """x = t^2; y = t^3; dy/dx"""
        if type(target) is not Derivative or type(target.operand) is not Call or len(target.variables) != 1:
            return None
        ((x, order),) = target.variables
        given = {name: body for name, _, body in self.definitions}
        across, up = given.get(str(x.label)), given.get(target.operand.name)
        if across is None or up is None:
            return None
        names = sorted(symbols(across) | symbols(up))
        t = parameter(names)
        if t is None:
            found = ", ".join(names) or "none"
            raise self.error(f"the parameter is one letter, and there is {found}", None, NameProblem)
        e = make(Call, (across, up, make(Symbol, (), t), *(() if order == ONE else (order,))), "parametric")
        at = self.assignments(step.at, e, (t,))
        if at:
            e = make(Substitution, (e, *[n for name, value in at for n in (make(Symbol, (), name), value)]))
        return "evaluate-derivative" if at else "parametric", e, (t,), (), self.notes

    def changing(self, asked: Expression, e: Expression) -> Expression:
        """dV/dt of V = pi r^2: `d/dt(pi*r^2)  →  d/dt(pi*r(t)^2)`, since r changes with t."""
        if type(asked) is not Derivative or type(asked.operand) is not Call or type(e) is not Derivative:
            return e
        names = sorted(symbols(e.operand))
        if len(e.variables) != 1 or str(e.variables[0][0].label) in names or type(e.operand) is Call:
            return e
        t = e.variables[0][0]
        names = [n for n in names if (n not in _CONSTANTS if t.label == "t" else n in _DEPENDENT)]
        if not names:
            return e
        moving = {name: make(Call, (t,), name) for name in names}
        for name, value in moving.items():
            at = place_of(self.text, name)
            self.notes.append(note_at(self.text, "changes", at, at + len(name), str(value)))
        table = {make(Symbol, (), name): value for name, value in moving.items()}
        return make(Derivative, (put_in(e.operand, table), *e.arguments[1:]), e.partial)

    def slope(self, e: Expression, x: str, y: str, order: Expression) -> Answer:
        """dy/dx of a curve given by an equation; of a higher order as implicit(e, y, x, order)."""
        if order != ONE:
            e = make(Call, (e, make(Symbol, (), y), make(Symbol, (), x), order), "implicit")
        return "implicit", e, (x, y), (), self.notes

    def implicit_equation(self, operand: Expression, order: int = 1) -> Answer | None:
        """differentiate x^2 + y^2 = 1 (with respect to x)"""
        if type(operand) is not Equation:
            return None
        by = self.names(self.step.by) or list(self.wrt) or ["x"]
        others = sorted(symbols(operand) - set(by))
        if len(others) != 1:
            return None
        return self.slope(operand, by[0], others[0], natural(max(order, self.order)))

    # --- names and definitions

    def names(self, given: list[Expression]) -> list[str]:
        for e in given:
            if type(e) is not Symbol:
                raise self.error(f"{e} is not a variable", None, NameProblem)
        return [str(e.label) for e in given]

    def assignments(
        self, given: list[Expression], e: Expression | None = None, variables: tuple[str, ...] = ()
    ) -> tuple[tuple[str, Expression], ...]:
        """x = 2, y = 3; a value alone belongs to the only variable."""
        found: list[tuple[str, Expression]] = []
        for item in given:
            if type(item) is Equation and item.label == "=" and type(item.left) is Symbol:
                found.append((str(item.left.label), self.expanded(item.right)))
            elif type(item) is Equation and item.label == "=" and type(item.left) is Call:
                found.append((item.left.name, self.expanded(item.right)))
            elif type(item) is not Equation and e is not None and len(variables) == len(given):
                found.append((variables[len(found)], item))
            else:
                raise self.error(f"expected x = value, not {item}")
        return tuple(found)

    def point(self, task: str, e: Expression, variables: tuple[str, ...]) -> tuple[tuple[str, Expression], ...]:
        """The point of a gradient, Jacobian, Hessian or implicit derivative; elsewhere it is in the expression."""
        return self.assignments(self.step.at, e, variables) if task in _TASKS_AT_A_POINT else ()

    def expanded(self, e: Expression) -> Expression:
        """`e` with what was defined put in: with f(x) = x^2, `f'(3)  →  at(d/dx(x^2), x = 3)`."""
        for _ in self.definitions:  # y = u^2; u = sin(x): what is put in may hold a name that was defined, too
            before = e
            for known in reversed(self.definitions):
                e = with_definition(e, known)
            if e is before:
                break
        return e


def _is_dependent(e: Expression, defined: set[str | None]) -> bool:
    """df/dt, read as d/dt(f(t)), of an f that is defined after `where`."""
    return type(e) is Derivative and type(e.operand) is Call and e.operand.name in defined


def _is_prime(node: Expression) -> bool:
    return type(node) is Call and type(node.label) is tuple


def _runs(names: list[str]) -> list[tuple[str, int]]:
    """x, x, y  →  (x, 2), (y, 1)"""
    runs: list[tuple[str, int]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    return runs


_CONSTANTS = frozenset("cgkCGK")
"""What does not change with time unless it is said to."""
_DEPENDENT = frozenset("uvwyz")
"""What is taken for a function of x, as in y = u^2, dy/dx."""
_OF_SEVERAL = frozenset({"jacobian", "divergence", "curl"})
_OF_SPACE = frozenset({"divergence", "curl"})
_TASKS_AT_A_POINT = frozenset(
    {"gradient", "jacobian", "hessian", "divergence", "curl", "laplacian", "directional", "implicit"}
)

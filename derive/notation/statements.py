"""What the steps of a problem ask for: the task, its expression and its variables."""

from __future__ import annotations

from derive.errors import NameProblem
from derive.expressions import (
    BINDERS, ONE, Call, Derivative, Equation, Expression, Limit, Matrix, Substitution, Symbol, is_operator, make,
    natural, postorder, symbols,
)  # fmt: skip
from derive.notation.asked_slopes import Slopes, is_prime
from derive.notation.building_steps import Step
from derive.notation.definitions import definition
from derive.notation.dependence import declared
from derive.notation.said import Answer


class Statement(Slopes):
    """The steps of one problem: what is asked, of what, by which variables."""

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
        if any(is_operator(n) or is_prime(n) for n in postorder(expression)):
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
            pairs = self.occurring(pairs, e)
            task = "chain" if pairs else task
        return task, e, variables, pairs, self.notes

    def occurring(self, pairs: tuple[tuple[str, Expression], ...], e: Expression) -> tuple[tuple[str, Expression], ...]:
        """The pairs whose names stand in `e`, or in what is put in for one that does; the others are noted."""
        values, found, waiting = dict(pairs), set[str](), [e]
        while waiting:
            for node in postorder(waiting.pop()):
                name = node.name if type(node) is Call else node.label if type(node) is Symbol else None
                if name in values and name not in found:
                    found.add(name)
                    waiting.append(values[name])
        for name in values.keys() - found:
            self.note("given-absent", name)
        return tuple([pair for pair in pairs if pair[0] in found])

    def point(self, task: str, e: Expression, variables: tuple[str, ...]) -> tuple[tuple[str, Expression], ...]:
        """The point of a gradient, Jacobian, Hessian or implicit derivative; elsewhere it is in the expression."""
        return self.assignments(self.step.at, e, variables) if task in _TASKS_AT_A_POINT else ()


def _runs(names: list[str]) -> list[tuple[str, int]]:
    """x, x, y  →  (x, 2), (y, 1)"""
    runs: list[tuple[str, int]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    return runs


_OF_SEVERAL = frozenset({"jacobian", "divergence", "curl"})
_OF_SPACE = frozenset({"divergence", "curl"})
_TASKS_AT_A_POINT = frozenset(
    {"gradient", "jacobian", "hessian", "divergence", "curl", "laplacian", "directional", "implicit"}
)

"""Slopes that a problem asks for: of a curve given by an equation or a parameter, of what changes with time."""

from __future__ import annotations

from derive.errors import NameProblem
from derive.expressions import (
    ONE, Call, Derivative, Equation, Expression, Substitution, Symbol, make, natural, put_in, symbols,
)  # fmt: skip
from derive.notation.building_steps import Step
from derive.notation.definitions import parameter
from derive.notation.dependence import place_of
from derive.notation.reading import note_at
from derive.notation.said import Answer, Said

_CONSTANTS = frozenset("cgkCGK")
"""What does not change with time unless it is said to."""
_DEPENDENT = frozenset("uvwyz")
"""What is taken for a function of x, as in y = u^2, dy/dx."""


class Slopes(Said):
    """dy/dx after x^2 + y^2 = 1, after x = t^2 and y = t^3, or after y = u^2; dV/dt after V = pi*r^2."""

    def implicit(self, target: Expression) -> Answer | None:
        """x^2 + y^2 = 1, dy/dx"""
        if not self.equations:
            return None
        if type(target) is Derivative and type(target.operand) is Call and len(target.variables) == 1:
            y, x = str(target.operand.label), str(target.variables[0][0].label)
            return self.slope(self.equations[-1], x, y, target.variables[0][1])
        if type(target) is Call and is_prime(target) and type(target.arguments[0]) is Symbol:
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


def is_prime(node: Expression) -> bool:
    """Whether it is f', f'' or a partial derivative of a function that is only named."""
    return type(node) is Call and type(node.label) is tuple

"""What a problem says before it asks: definitions, equations, names, values; and complaints with their place."""

from __future__ import annotations

from typing import TypeAlias

from derive.errors import NameProblem, ReadError
from derive.expressions import Call, Derivative, Equation, Expression, Matrix, Symbol, postorder
from derive.notation.building_steps import Step
from derive.notation.definitions import Definition, definition, with_definition
from derive.notation.dependence import circle, defines, place_of, two_arities
from derive.notation.reading import Note, note_at

Answer: TypeAlias = tuple[str, Expression, tuple[str, ...], tuple[tuple[str, Expression], ...], list[Note]]
"""Task, expression, variables, what `where` says, notes."""


class Said:
    """The steps of one problem, taken together: the last one asks, the others define."""

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
            elif type(item) is Equation and item.label == "=" and _is_plain_call(item.left):
                found.append((str(item.left.label), self.expanded(item.right)))
            elif type(item) is not Equation and e is not None and len(variables) == len(given):
                found.append((variables[len(found)], item))
            elif type(item) is Equation and type(item.left) is Call:
                last = place_of(self.text, item.left.name, len(self.text))
                raise self.error_at(last, f"expected x = value, not {item}")
            else:
                raise self.error(f"expected x = value, not {item}")
        return tuple(found)

    def expanded(self, e: Expression) -> Expression:
        """`e` with what was defined put in: with f(x) = x^2, `f'(3)  →  at(d/dx(x^2), x = 3)`."""
        for _ in self.definitions:  # y = u^2; u = sin(x): what is put in may hold a name that was defined, too
            before = e
            for known in reversed(self.definitions):
                e = with_definition(e, known)
            if e is before:
                break
        return e


def _is_plain_call(e: Expression) -> bool:
    """x(t), but neither x'(t) nor x(3)."""
    return type(e) is Call and type(e.label) is str and all(type(a) is Symbol for a in e.arguments)


def _is_dependent(e: Expression, defined: set[str | None]) -> bool:
    """df/dt, read as d/dt(f(t)), of an f that is defined after `where`."""
    return type(e) is Derivative and type(e.operand) is Call and e.operand.name in defined

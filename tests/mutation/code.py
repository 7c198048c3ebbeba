"""Changes of Python code: one operator, number, condition or statement at a time, by its place in the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt,
}  # fmt: skip
WORKED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """The change with this number, of all that a source offers: in which line, and what becomes what."""

    number: int
    line: int
    last: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"line {self.line}: `{self.before}` → `{self.after}`"


def changes(source: str) -> list[Change]:
    """Every change that a source offers, in the order of the lines."""
    tree = ast.parse(source)
    found = []
    for number, (node, change) in enumerate(_offers(tree)):
        before = _short(node)
        undo = change()
        first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
        if isinstance(node, (ast.If, ast.While)):
            last = node.test.end_lineno
        found.append(Change(number, first, last, before, _short(node)))
        undo()
    return found


def changed(source: str, wanted: Change) -> ast.Module:
    """The program with the change made; its lines keep their numbers."""
    tree = ast.parse(source)
    for number, (_, change) in enumerate(_offers(tree)):
        if number == wanted.number:
            change()
            return tree
    raise AssertionError(wanted)


Undo = Callable[[], None]
Make = Callable[[], Undo]


def _short(node: ast.AST) -> str:
    if isinstance(node, (ast.If, ast.While)):
        node = node.test
    text = " ".join(ast.unparse(node).split())
    return (text if len(text) <= 70 else text[:67] + "…").replace("|", "\\|").replace("`", "'")


def _offers(tree: ast.Module) -> Iterator[tuple[ast.AST, Make]]:
    """(the node that shows the change, what makes it and answers what takes it back), inside functions."""
    left_out = {id(n) for n in _untouched(tree)}
    for node in _inside_functions(tree):
        if id(node) in left_out:
            continue
        match node:
            case ast.Compare(ops=[op]) if type(op) in TURNED and _is_with_limit(node):
                yield node, _set(node, "ops", [TURNED[type(op)]()])
            case ast.Compare(ops=[op]) if type(op) in COMPARED:
                yield node, _set(node, "ops", [COMPARED[type(op)]()])
            case ast.BoolOp(op=ast.And()):
                yield node, _set(node, "op", ast.Or())
            case ast.BoolOp(op=ast.Or()):
                yield node, _set(node, "op", ast.And())
            case ast.BinOp(op=op) if type(op) in WORKED and not _is_text(node):
                yield node, _set(node, "op", WORKED[type(op)]())
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not isinstance(test, ast.Compare):
                turned = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else None
                yield node, _set(node, "test", turned or ast.UnaryOp(ast.Not(), test))
            case ast.Constant(value=bool() as value):
                yield node, _set(node, "value", not value)
            case ast.Constant(value=int() as value):
                yield node, _set(node, "value", value + 1)
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield node, _set(node, "value", ast.Constant(None))
            case ast.Expr(value=ast.Call()):
                yield node, _set(node, "value", ast.Constant(None))
            case _:
                pass


def _set(node: ast.AST, field: str, value: object) -> Make:
    def make() -> Undo:
        before = getattr(node, field)
        setattr(node, field, value)
        ast.fix_missing_locations(node)
        return lambda: setattr(node, field, before)

    return make


def _inside_functions(tree: ast.Module) -> Iterator[ast.AST]:
    """What stands in the functions and methods, each node once."""
    for outer in ast.walk(tree):
        if isinstance(outer, (ast.Module, ast.ClassDef)):
            for statement in outer.body:
                if isinstance(statement, ast.FunctionDef):
                    yield from ast.walk(statement)


def _is_with_limit(node: ast.Compare) -> bool:
    """Whether a named limit is compared with: `n > MAX_STEPS`; the limit itself may be one more or less."""
    return any([isinstance(n, ast.Name) and n.id.lstrip("_").isupper() for n in (node.left, *node.comparators)])


def _is_text(node: ast.BinOp) -> bool:
    return any([isinstance(n, (ast.JoinedStr, ast.Constant)) and isinstance(getattr(n, "value", ""), str)
                for n in (node.left, node.right)])  # fmt: skip


def _untouched(tree: ast.Module) -> Iterator[ast.AST]:
    """Types, decorators, messages of errors, imports, limits and what only the type checker reads."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        match node:
            case ast.FunctionDef():
                parts = [node.returns, node.args, *node.decorator_list]
            case ast.AnnAssign():
                parts = [node.annotation]
            case ast.ClassDef():
                parts = [*node.decorator_list]
            case ast.Raise() | ast.Assert() | ast.JoinedStr():
                parts = [node]
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                parts = [node]
            case ast.Assign(targets=[ast.Name(id=name)]) if name.lstrip("_").isupper():
                parts = [node]
            case ast.Call(func=ast.Name(id="cast" | "TypeVar")):
                parts = [node]
            case _:
                continue
        for part in parts:
            if part is not None:
                yield from ast.walk(part)

"""Problems of several variables: operators as calls and as words, total derivatives, what depends on what."""

from __future__ import annotations

import pytest

from derive.errors import NameProblem, ReadError
from derive.expressions import OPERATORS
from derive.notation import parse, read_problem
from derive.notation.dependence import circle, declared, names_its_function, total_derivative


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_operators_are_calls_of_any_arity(name: str) -> None:
    for arguments in ("x", "x, y", "[[x, y]], x, y"):
        e = parse(f"{name}({arguments})")
        assert e.label == name
        assert str(e) == f"{name}({arguments})"
        assert parse(e.latex()) == e


def test_a_word_or_a_call() -> None:
    assert read_problem("gradient (x*y)").task == "gradient"
    assert str(read_problem("gradient(x*y, x, y)").expression) == "gradient(x*y, x, y)"
    assert str(read_problem("jacobian([x*y, x])").expression) == "[[x*y, x]]"


@pytest.mark.parametrize(
    ("problem", "task", "expression", "variables"),
    [
        ("divergence of [x*y, y^2]", "divergence", "[[x*y, y^2]]", ("x", "y")),
        ("div [x, y]", "divergence", "[[x, y]]", ("x", "y")),
        ("curl [y, x] with respect to x, y", "curl", "[[y, x]]", ("x", "y")),
        ("laplacian of x*y", "laplacian", "x*y", ("x", "y")),
        ("directional derivative of x*y along [1, 2]", "directional", "x*y", ("x", "y")),
        ("directional derivative of x*y in direction (1, 2)", "directional", "x*y", ("x", "y")),
        ("directional derivative of x*y in the direction of <1, 2> at (3, 4)", "directional", "x*y", ("x", "y")),
        ("curl of (y, -x, 0)", "curl", "[[y, -x, 0]]", ("x", "y", "z")),
        ("jacobian of (r cos t, (r + 1) t) wrt r, t", "jacobian", "[[r*cos(t), (r + 1)*t]]", ("r", "t")),
        ("div ⟨x, y⟩", "divergence", "[[x, y]]", ("x", "y")),
        ("∇·(x, y)", "divergence", "[[x, y]]", ("x", "y")),
        ("∇×[y, -x]", "curl", "[[y, -x]]", ("x", "y")),
        ("∇²(x*y)", "laplacian", "x*y", ("x", "y")),
        (r"\nabla\cdot\langle x, y\rangle", "divergence", "[[x, y]]", ("x", "y")),
        (r"\nabla \times (y, -x, z)", "curl", "[[y, -x, z]]", ("x", "y", "z")),
        (r"\nabla^{2} x y", "laplacian", "x*y", ("x", "y")),
        (r"\operatorname{div} [x, y]", "divergence", "[[x, y]]", ("x", "y")),
        ("df/d(s,t) where f(x), x(s, t)", "chain", "f(x)", ("s", "t")),
        (r"\frac{\partial f}{\partial (s, t)} where f(x), x(s, t)", "chain", "f(x)", ("s", "t")),
        ("d/d(x, y) x^2*y", "gradient", "x^2*y", ("x", "y")),
        ("d/d(x1, x2) [x1*x2, x1]", "jacobian", "[[x_1*x_2, x_1]]", ("x_1", "x_2")),
    ],
)
def test_problems(problem: str, task: str, expression: str, variables: tuple[str, ...]) -> None:
    found = read_problem(problem)
    assert (found.task, str(found.expression), found.variables) == (task, expression, variables)


def test_what_depends_on_what() -> None:
    found = read_problem("df/d(s,t) where f(x1, x2), x1(s, t), x2 = s")
    assert [(name, str(e)) for name, e in found.where] == [("x_1", "x_1(s, t)"), ("x_2", "s")]
    assert str(declared(parse("a*t"))) == "a = `a`(t)"
    assert str(declared(parse("sin(t)"))) == "sin(t)"


def test_what_is_given_but_does_not_occur_is_noted_and_left_out() -> None:
    found = read_problem("d/dx x^2 where z = 3")
    assert (found.task, str(found.expression), found.where) == ("differentiate", "d/dx(x^2)", ())
    assert [(n.kind, n.reading) for n in found.notes] == [("given-absent", "z")]
    found = read_problem("d/dt f(x) where x = u^2, u = sin(t), w = t")
    assert [name for name, _ in found.where] == ["x", "u"]
    assert [n.reading for n in found.notes if n.kind == "given-absent"] == ["w"]


def test_values_at_points_are_refused_at_their_place() -> None:
    with pytest.raises(ReadError, match=r"expected x = value, not f'\(3\) = 5") as error:
        read_problem("d/dx f(g(x)) where f'(3) = 5")
    assert error.value.column == 20


def test_powers_of_nabla_other_than_the_second_are_refused() -> None:
    for text in ("∇^3 x", "∇^", "∇^{2", "∇^{2}", "∇·"):
        with pytest.raises(ReadError):
            read_problem(text)


def test_the_text_keeps_its_columns() -> None:
    shortened, variables = total_derivative("df/d(s, t) where f(x)")
    assert variables == ("s", "t")
    assert shortened == " f         where f(x)"
    assert total_derivative("d/dx x") == ("d/dx x", ())


def test_curves_are_not_chains() -> None:
    assert names_its_function("df/dt where f = x^2, x = t")
    assert not names_its_function("dy/dx where x = t^2, y = t^3")
    assert not names_its_function("dy/dx where x^2 + y^2 = 25")


def test_circles() -> None:
    assert circle({"x": parse("y + t"), "y": parse("x")}) == ("x", "y")
    assert circle({"x": parse("y + t"), "y": parse("t")}) == ()
    with pytest.raises(NameProblem, match="x needs y needs x"):
        read_problem("df/dt where f(x), x = y, y = x")


def test_two_arities() -> None:
    with pytest.raises(NameProblem, match="f is used with 1 and with 2 arguments"):
        read_problem("d/dx (f(x) + f(x, y))")
    with pytest.raises(ReadError, match="direction"):
        read_problem("directional derivative of x*y")

"""Problems: operators, English, definitions, chains; and which questions are asked back."""

from __future__ import annotations

import pytest

from derive.errors import NameProblem, ReadError
from derive.notation import read_problem
from derive.notation.problems import TASKS

PROBLEMS = [
    ("d/dx x^2*sin(x)", "differentiate", "d/dx(x^2*sin(x))", ("x",)),
    ("x^2 sin x", "differentiate", "d/dx(x^2*sin(x))", ("x",)),
    ("5", "differentiate", "d/dx(5)", ("x",)),
    (r"\frac{d}{dx} \frac{\arctan x}{(1-2x)^{1/6}}", "differentiate", "d/dx(atan(x)/(1 - 2*x)^(1/6))", ("x",)),
    ("∂²/∂x∂y x^2*y^3*exp(x*y)", "differentiate", "∂^2/∂x∂y(x^2*y^3*exp(x*y))", ("x", "y")),
    ("D_x x^2", "differentiate", "d/dx(x^2)", ("x",)),
    ("diff(x^2*y, x, 2)", "differentiate", "d^2/dx^2(x^2*y)", ("x",)),
    ("derivative of x^2*y with respect to x", "differentiate", "d/dx(x^2*y)", ("x",)),
    ("the derivative with respect to x of x^2*y", "differentiate", "d/dx(x^2*y)", ("x",)),
    ("partial derivative of x^2 y with respect to y", "differentiate", "∂/∂y(x^2*y)", ("y",)),
    ("What is the second derivative of b*k**3 wrt k?", "differentiate", "d^2/dk^2(b*k^3)", ("k",)),
    ("Find the third derivative of -7*j**4*s - 15*j**4 wrt j.", "differentiate", "d^3/dj^3(-7*j^4*s - 15*j^4)", ("j",)),
    ("2nd derivative of x^3", "differentiate", "d^2/dx^2(x^3)", ("x",)),
    (r"Differentiate $x^2 \sin x$ with respect to $x$.", "differentiate", "d/dx(x^2*sin(x))", ("x",)),
    ("y = x^2 sin x", "differentiate", "d/dx(x^2*sin(x))", ("x",)),
    ("y = x^2; dy/dx", "differentiate", "d/dx(x^2)", ("x",)),
    ("y = x^2; y'", "differentiate", "d/dx(x^2)", ("x",)),
    ("f(x)=x^2, f'(x)", "differentiate", "d/dx(x^2)", ("x",)),
    ("f(x) = x^2\nf''(x)", "differentiate", "d^2/dx^2(x^2)", ("x",)),
    ("f(x)=x^2 then f'(x)", "differentiate", "d/dx(x^2)", ("x",)),
    ("f'(x) where f(x) = x^2", "differentiate", "d/dx(x^2)", ("x",)),
    ("f(x) = x^2; f'(2)", "evaluate-derivative", "at(d/dx(x^2), x = 2)", ("x",)),
    ("f(x) = x^2, find f''(3)", "evaluate-derivative", "at(d^2/dx^2(x^2), x = 3)", ("x",)),
    ("d/dx x^2 at x = 3", "evaluate-derivative", "at(d/dx(x^2), x = 3)", ("x",)),
    (r"f(x,y)=x^2 y; \frac{\partial f}{\partial x}", "differentiate", "∂/∂x(x^2*y)", ("x",)),
    ("speed = t^2; d/dt speed", "differentiate", "d/dt(t^2)", ("t",)),
    ("gradient x^2*y + sin(x*y)", "gradient", "x^2*y + sin(x*y)", ("x", "y")),
    ("∇ x^2 y", "gradient", "x^2*y", ("x", "y")),
    ("gradient of f(y, x) = x^2*y", "gradient", "x^2*y", ("y", "x")),
    ("jacobian [x^2 y, 5x + sin y]", "jacobian", "[[x^2*y, 5*x + sin(y)]]", ("x", "y")),
    ("hessian of x^2 y wrt x, y", "hessian", "x^2*y", ("x", "y")),
    ("simplify 2x + 3x", "simplify", "2*x + 3*x", ()),
    ("lim h->0 sin(h)/h", "limit", "lim h->0 (sin(h)/h)", ("h",)),
    ("limit of sin(x)/x as x -> 0", "limit", "lim x->0 (sin(x)/x)", ("x",)),
    ("x^3 + y^3 = 6xy, dy/dx", "implicit", "implicit((x^3 + y^3 = 6*x*y), y, x)", ("x", "y")),
    ("find dy/dx if y = x^2", "differentiate", "d/dx(x^2)", ("x",)),
    ("if y = sin(x), find dy/dx", "differentiate", "d/dx(sin(x))", ("x",)),
    ("Let f(x) = x^2. Find f'(3).", "evaluate-derivative", "at(d/dx(x^2), x = 3)", ("x",)),
    (r"Find $\frac{dy}{dx}$ if $y = x^2$.", "differentiate", "d/dx(x^2)", ("x",)),
    (r"\text{Find } f'(x) \text{ if } f(x) = x^2", "differentiate", "d/dx(x^2)", ("x",)),
    (r"\frac{d}{dx}\left[x^2\right]_{x=3}", "evaluate-derivative", "at(d/dx(x^2), x = 3)", ("x",)),
    ("∂f/∂x where f = x^2 y", "differentiate", "∂/∂x(x^2*y)", ("x",)),
    ("differentiate x^2 y with respect to x and then y", "differentiate", "∂^2/∂y∂x(x^2*y)", ("y", "x")),
    ("limit as x -> 0 of sin(x)/x", "limit", "lim x->0 (sin(x)/x)", ("x",)),
    ("Derivative(x^2, x)", "differentiate", "d/dx(x^2)", ("x",)),
    ("(d/dx)(x^2)", "differentiate", "d/dx(x^2)", ("x",)),
    ("d(x^2)/dx + 1", "differentiate", "d/dx(x^2) + 1", ("x",)),
    ("f(x)=x^2; f(3)", "simplify", "3^2", ()),
    ("differentiate x^2 + y^2 = 1 with respect to x", "implicit", "x^2 + y^2 = 1", ("x", "y")),
    (r"\mathrm{d}/\mathrm{d}x x^2", "differentiate", "d/dx(x^2)", ("x",)),
    (r"{\rm d}/{\rm d}x x^2", "differentiate", "d/dx(x^2)", ("x",)),
    (r"\mathrm d^2/\mathrm dx^2 \left(x^3\right)", "differentiate", "d^2/dx^2(x^3)", ("x",)),
    (r"\frac{\mathrm{d}}{\mathrm{dx}} x^2", "differentiate", "d/dx(x^2)", ("x",)),
    (r"d^2/d\theta^2 \sin\theta", "differentiate", "d^2/dtheta^2(sin(theta))", ("theta",)),
    (r"\partial^2/\partial x\partial y (x^2 y)", "differentiate", "∂^2/∂x∂y(x^2*y)", ("x", "y")),
    (r"x^2+y^2=25, \frac{\mathrm{dy}}{\mathrm{dx}}", "implicit", "implicit((x^2 + y^2 = 25), y, x)", ("x", "y")),
    ("find dy/dx: x^3 + y^3 = 6xy", "implicit", "implicit((x^3 + y^3 = 6*x*y), y, x)", ("x", "y")),
    ("given x^2 y + y^3 = 5, find dy/dx", "implicit", "implicit((x^2*y + y^3 = 5), y, x)", ("x", "y")),
    (r"$x = t^2$, $y = t^3$; find $\frac{dy}{dx}$", "parametric", "parametric(t^2, t^3, t)", ("t",)),
    ("x = t^2; y = t^3; dy/dx at t = 2", "evaluate-derivative", "at(parametric(t^2, t^3, t), t = 2)", ("t",)),
    ("x = a cos t, y = b sin t, dy/dx", "parametric", "parametric(a*cos(t), b*sin(t), t)", ("t",)),
    ("slope of the curve y = x^3 - 3x at x = 2", "evaluate-derivative", "at(d/dx(x^3 - 3*x), x = 2)", ("x",)),
    ("derivative of the function f(x) = x^2", "differentiate", "d/dx(x^2)", ("x",)),
    ("y = u^2, u = v + 1, v = sin x, dy/dx", "differentiate", "d/dx((sin(x) + 1)^2)", ("x",)),
    ("V = k r^2 h; dV/dt", "differentiate", "d/dt(k*`r`(t)^2*h(t))", ("t",)),
    ("y = u^2; dy/dx", "differentiate", "d/dx(`u`(x)^2)", ("x",)),
    ("limit of sin(x)/x as x approaches 0", "limit", "lim x->0 (sin(x)/x)", ("x",)),
    ("curl [y, -x, 0]", "curl", "[[y, -x, 0]]", ("x", "y", "z")),
    ("dz/dt where z = x^2 y, x = t^2, y = sin t", "chain", "d/dt(x^2*y)", ("t",)),
    (r"$\text{tangent line to } y = x^2 \text{ at } x = 3$", "tangent", "y = tangent(x^2, x, 3)", ("x",)),
    ("tangent to y = x^3 - 2x at (1, -1)", "tangent", "y = tangent(x^3 - 2*x, x, 1)", ("x",)),
    (
        "tangent line to the circle x^2 + y^2 = 25 at (3, 4)",
        "tangent",
        "y = at(implicit((x^2 + y^2 = 25), y, x), x = 3, y = 4)*(x - 3) + 4",
        ("x", "y"),
    ),
    ("normal to x^2 at x = 1", "tangent", "y = at(x^2, x = 1) - (x - 1)/at(d/dx(x^2), x = 1)", ("x",)),
    ("y = c; dy/dx", "differentiate", "d/dx(c)", ("x",)),
]


@pytest.mark.parametrize(("text", "task", "expression", "variables"), PROBLEMS)
def test_problems(text: str, task: str, expression: str, variables: tuple[str, ...]) -> None:
    problem = read_problem(text)
    assert (problem.task, str(problem.expression), problem.variables) == (task, expression, variables)
    assert problem.task in TASKS


def test_chain() -> None:
    problem = read_problem("d/dt f(x, y) where x = cos(t), y = sin(t)")
    assert (problem.task, str(problem.expression), problem.variables) == ("chain", "d/dt(f(x, y))", ("t",))
    assert [(n, str(v)) for n, v in problem.where] == [("x", "cos(t)"), ("y", "sin(t)")]


def test_points() -> None:
    problem = read_problem("gradient of x^2 y at (1, 2)")
    assert [(n, str(v)) for n, v in problem.at] == [("x", "1"), ("y", "2")]
    problem = read_problem("x^2 + y^2 = 25; find dy/dx at (3, 4)")
    assert (problem.task, [(n, str(v)) for n, v in problem.at]) == ("implicit", [("x", "3"), ("y", "4")])


def test_variables_given_apart() -> None:
    assert str(read_problem("x^2*y", wrt=("x",)).expression) == "∂/∂x(x^2*y)"
    assert str(read_problem("x^3", wrt=("x",), order=2).expression) == "d^2/dx^2(x^3)"
    assert str(read_problem("x^2*y", wrt=("x", "y")).expression) == "∂^2/∂y∂x(x^2*y)"
    assert str(read_problem("speed^2", wrt=("speed",)).expression) == "d/d`speed`(`speed`^2)"


def test_one_variable_is_found_and_noted() -> None:
    assert [n.kind for n in read_problem("x^2").notes] == ["one-variable"]
    assert [n.kind for n in read_problem("gradient x*y").notes] == ["all-variables"]


def test_several_variables_are_asked_back() -> None:
    with pytest.raises(NameProblem, match=r"several variables \(x, y\)"):
        read_problem("x^2*y")


@pytest.mark.parametrize("text", ["", "d/dx", "gradient", "x^2 + y^2 = 1; 3", "gradient x, y", "x^2 with respect to 3"])
def test_no_problem(text: str) -> None:
    with pytest.raises(ReadError):
        read_problem(text)

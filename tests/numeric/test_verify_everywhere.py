"""Every call that answers a derivation takes `verify`: off looks at nothing, quick at points, thorough at more."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import derive
from derive.engine.backprop_evidence import verification
from derive.notation import parse
from derive.numeric import evaluate
from derive.trace import Derivation

CALLS: dict[str, Callable[..., Derivation]] = {
    "solve": lambda **v: derive.solve("d/dx x^2*sin(x)", **v),
    "differentiate": lambda **v: derive.differentiate("x^2*sin(x)", "x", **v),
    "simplify": lambda **v: derive.simplify("2*sin(x) + 3*sin(x)", **v),
    "gradient": lambda **v: derive.gradient("x*y + sin(x)", **v),
    "reverse": lambda **v: derive.gradient("x*y + sin(x)", method="reverse", **v),
    "jacobian": lambda **v: derive.jacobian(["x*y", "sin(x)"], ["x", "y"], **v),
    "hessian": lambda **v: derive.hessian("x*y + sin(x)", **v),
    "divergence": lambda **v: derive.divergence(["x*y", "sin(y)"], ["x", "y"], **v),
    "curl": lambda **v: derive.curl(["x*y", "sin(z)", "x"], ["x", "y", "z"], **v),
    "laplacian": lambda **v: derive.laplacian("x*y + sin(x)", **v),
    "directional": lambda **v: derive.directional("x*y + sin(x)", ["3", "4"], ["x", "y"], **v),
    "chain": lambda **v: derive.chain("f(x, y)", {"x": "cos(t)", "y": "t"}, ["t"], **v),
    "tangent": lambda **v: derive.tangent("sin(x)*x", {"x": 3}, **v),
    "linearization": lambda **v: derive.linearization("sqrt(x)", {"x": 4}, **v),
    "taylor": lambda **v: derive.taylor("sin(x)", {"x": 0}, 3, **v),
    "differential": lambda **v: derive.differential("x*sin(y)", **v),
    "implicit": lambda **v: derive.implicit("x^2 + sin(y) = 5", "y", "x", **v),
    "parametric": lambda **v: derive.parametric("t^2", "sin(t)", "t", **v),
    "inverse": lambda **v: derive.inverse_derivative("x^3 + x", "x", 2, **v),
    "vjp": lambda **v: derive.vjp(["x*y", "sin(x)"], ["a", "b"], ["x", "y"], **v),
    "jvp": lambda **v: derive.jvp("x*y", ["a", "b"], ["x", "y"], **v),
    "limit": lambda **v: derive.solve("lim h->0 sin(h)/h", **v),
}


@pytest.mark.parametrize("name", CALLS)
def test_each_call_says_how_much_is_checked(name: str) -> None:
    off, quick, thorough = [CALLS[name](verify=v).verification for v in ("off", "quick", "thorough")]
    assert (off.verdict, off.points, off.reason) == ("unchecked", (), "not asked for")
    assert (quick.verdict, quick.verify) == ("agrees", "quick")
    assert (thorough.verdict, thorough.verify) == ("agrees", "thorough")
    assert len(thorough.points) >= len(quick.points) >= 1
    assert thorough.steps


@pytest.mark.parametrize("name", CALLS)
def test_no_call_takes_another_word(name: str) -> None:
    wrong: dict[str, Any] = {"verify": "fast"}
    with pytest.raises(derive.UsageError):
        CALLS[name](**wrong)


def test_the_gradient_of_a_sweep_with_numbers_is_judged_too() -> None:
    off, quick, thorough = [
        derive.backprop("x*y + sin(x)", at={"x": 1, "y": "pi/4"}, verify=v).verification
        for v in ("off", "quick", "thorough")
    ]
    assert [v and v.verdict for v in (off, quick, thorough)] == ["unchecked", "agrees", "agrees"]
    assert quick is not None
    assert quick.digits == 8
    with pytest.raises(derive.UsageError):
        derive.backprop("x*y", at={"x": 1, "y": 2}, verify="fast")  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 3, 8])
def test_a_wrong_adjoint_is_found_out(count: int) -> None:
    """Alone, and among so many that they are first compared together."""
    f = parse(" + ".join([f"x_{k}*sin(x_{k})" for k in range(count)]))
    point = {f"x_{k}": Fraction(k + 1, 2) for k in range(count)}
    right = {name: evaluate("sin(x) + x*cos(x)", {"x": x}, 8) for name, x in point.items()}
    assert verification(f, point, right, 8).verdict == "agrees"  # type: ignore[arg-type]
    last = f"x_{count - 1}"
    wrong = {**right, last: right[last] + Decimal("1e-6")}  # type: ignore[operator]
    seen = verification(f, point, wrong, 8)  # type: ignore[arg-type]
    assert (seen.verdict, seen.reason) == ("disagrees", f"∂/∂{last}")


def test_exact_adjoints_are_judged_to_more_digits_than_are_shown() -> None:
    f, point = parse("x^3/3"), {"x": Fraction(1, 3)}
    assert verification(f, point, {"x": Fraction(1, 9)}, 8).digits == 30
    assert verification(f, point, {"x": Fraction(1, 9) + Fraction(1, 10**20)}, 8).verdict == "disagrees"

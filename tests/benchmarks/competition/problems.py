"""The problems, as figures and words; each system says in its own module how it builds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEST = ("sin", "cos", "exp")
"""The functions of a nested chain, from the outside in, over and over."""
INPUTS = 8
"""How many numbers the tanh network is given."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A family of problems of size n.

    what  one sentence; asked: what is derived; sizes: the n that are tried, smallest first
    goal  what the growth exponent is fitted over: "n", or "size" for the shared size of the output
    """

    id: str
    title: str
    what: str
    asked: str
    sizes: tuple[int, ...]
    goal: str = "n"


PROBLEMS = (
    Problem("chain", "Nested chain", "sin(cos(exp(sin(… x)))), n functions deep.", "d/dx",
            (10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000)),
    Problem("product", "Product of n factors", "sin(x)·sin(2x)⋯sin(nx), a function of one variable.", "d/dx",
            (10, 30, 100, 300, 1000)),
    Problem("rosenbrock", "Rosenbrock function", "Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² in n variables.", "gradient",
            (10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000)),
    Problem("logsumexp", "Log-sum-exp", "ln(e^x₁ + ⋯ + e^xₙ).", "gradient", (10, 30, 100, 300, 1000, 3000, 10_000)),
    Problem("speelpenning", "Speelpenning's product", "x₁·x₂⋯xₙ, each partial derivative a product of the others.",
            "gradient", (10, 30, 100, 300, 1000, 3000, 10_000)),
    Problem("network", "tanh network",
            f"(Σ vⱼ tanh(Σ wⱼₖ aₖ + bⱼ) + c − 1/2)² by its n weights, {INPUTS} inputs given.", "gradient",
            (101, 201, 501, 1001, 2001)),
    Problem("hessian", "Hessian of log-sum-exp", "All n² second derivatives of ln(e^x₁ + ⋯ + e^xₙ).", "Hessian",
            (10, 20, 30, 40, 50), "size"),
    Problem("nth", "n-th derivative", "The n-th derivative of e^(x²)·sin(x).", "dⁿ/dxⁿ", (1, 2, 4, 8, 12, 16), "size"),
    Problem("parse", "Reading", "A sum of terms such as 3*x^2*sin(2*x + 1)/(x + 4), n bytes of text.", "parse",
            (1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000)),
)  # fmt: skip
"""In the order of the page."""

BY_ID = {p.id: p for p in PROBLEMS}


def text(n: int) -> str:
    """About n bytes of a sum, in the notation all systems read once ^ is **."""
    terms = []
    length = 0
    k = 0
    while length < n:
        k += 1
        terms.append(f"{k}*x^{k % 7 + 2}*sin({k % 11 + 2}*x + {k % 5 + 1})/(x + {k % 13 + 1})")
        length += len(terms[-1]) + 3
    return " + ".join(terms)


def hidden(weights: int) -> int:
    """How many neurons a network of so many weights has: each has INPUTS weights, a bias and an outgoing weight."""
    return (weights - 1) // (INPUTS + 2)


def given(k: int) -> tuple[int, int]:
    """The k-th input of the network, as numerator and denominator."""
    return 2 * k - INPUTS, INPUTS + 1


def point(problem: str, n: int) -> Sequence[float]:
    """Where the derivatives of all systems are compared."""
    match problem:
        case "chain" | "product" | "nth":
            return [0.37]
        case "speelpenning":
            return [1 + 0.3 * ((k * 7919) % 13 - 6) / n for k in range(n)]
        case "network":
            return [0.4 * ((k * 7919) % 23 - 11) / 11 for k in range(n)]
        case _:
            return [0.8 + 0.5 * ((k * 7919) % 17 - 8) / 8 for k in range(n)]

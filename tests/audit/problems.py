"""Random problems as text, fixed by a seed: derivatives of several kinds, gradients, Hessians, values at points."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

FUNCTIONS = "sin cos tan exp ln sqrt atan sinh cosh tanh asin abs cbrt sec csc cot acos log".split()
LETTERS = ("x", "y")


def problems(seed: int, count: int) -> Iterator[str]:
    """`count` problems; the same seed gives the same ones."""
    rng = Random(f"derive/{seed}")
    for _ in range(count):
        yield _problem(rng)


def _problem(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.62:
        return f"d/dx ({function(rng, rng.choice((1, 2, 2, 3)))})"
    if kind < 0.72:
        return f"d^2/dx^2 ({function(rng, rng.choice((1, 2)))})"
    if kind < 0.80:
        return f"∂/∂x ({function(rng, 2, LETTERS)} + y)"
    if kind < 0.86:
        return f"gradient x*y + {function(rng, 2, LETTERS)}"
    if kind < 0.89:
        return f"hessian x*y + {function(rng, 1, LETTERS)}"
    if kind < 0.93:
        return f"d/dx ({function(rng, 2)}) at x = {rng.choice(('1', '2', '1/2', '-1', '3'))}"
    return f"simplify {function(rng, 3, LETTERS)}"


def function(rng: Random, depth: int, letters: tuple[str, ...] = ("x",)) -> str:
    """A function as a student might meet it, of this depth."""
    if not depth:
        return rng.choice((*letters, *letters, f"{rng.randint(2, 9)}*{rng.choice(letters)}", str(rng.randint(1, 9))))
    u = function(rng, depth - 1, letters)
    kind = rng.random()
    if kind < 0.22:
        return f"({u}) {rng.choice('+-')} ({function(rng, depth - 1, letters)})"
    if kind < 0.42:
        return f"({u})*({function(rng, depth - 1, letters)})"
    if kind < 0.52:
        return f"({u})/({function(rng, depth - 1, letters)})"
    if kind < 0.68:
        return f"({u})^({rng.choice(('2', '3', '5', '-1', '-2', '1/2', '1/3', '3/2', '2/3'))})"
    if kind < 0.72:
        return f"{rng.choice(('e', '2', '10'))}^({u})"
    if kind < 0.74:
        return f"({u})^({function(rng, 0, letters)})"
    return f"{rng.choice(FUNCTIONS)}({u})"

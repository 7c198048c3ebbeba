"""Problems as people write them: a form of its topic and level, with its letters filled in by a seed."""

from __future__ import annotations

import re
from math import gcd
from random import Random

from derive.tutor.practice.forms import CURVES, FIELDS, MAPS, OF_HIGHER_ORDER, OF_ONE_VARIABLE, TANGENTS, Levels

FROM_LEVEL_ON = 4  # derivatives of higher order are third ones
_MIDDLE = re.compile(r"\{(\w)\}")


def problem(topic: str, level: int, rng: Random) -> str:
    """A problem of the topic, as text that `solve` reads; the same one for the same state of `rng`."""
    forms = _forms(topic)[level - 1]
    body = filled(rng.choice(forms), level, rng)
    if topic == "higher-order":
        order = 3 if level >= FROM_LEVEL_ON else 2
        return f"d^{order}/dx^{order}({body})"
    if topic == "partial":
        x = rng.choice("xy")
        return f"∂/∂{x}({body})"
    if topic in ("gradient", "hessian", "jacobian"):
        return f"{topic} {body}"
    if topic == "implicit":
        return f"{body}, dy/dx"
    return f"tangent to {body}" if topic == "tangent" else f"d/dx({body})"


def filled(form: str, level: int, rng: Random) -> str:
    """The form with numbers and functions for its letters: `{a}*x^{n} ± {d}`  →  `3*x^4 - 7`."""
    numbers = rng.sample(range(2, 10), 3)
    exponents = rng.sample(range(2, 4 + max(2, level)), 2)
    tops = [k for k in range(1, 10) if gcd(k, exponents[1]) == 1]
    letters = {
        "a": numbers[0], "b": numbers[1], "c": numbers[2], "d": rng.randint(1, 9),
        "n": exponents[0] if level > 1 else rng.randint(2, 9), "m": exponents[1], "k": rng.choice(tops),
        "f": rng.choice(("sin", "cos")), "h": rng.choice(("sinh", "cosh")), "p": rng.choice((2, 3, 5, 7, 10)),
        "s": rng.choice((4, 9, 16)),
    }  # fmt: skip
    text = re.sub("±", lambda _: rng.choice("+-"), form)
    return _MIDDLE.sub(lambda match: str(letters[match[1]]), text)


def _forms(topic: str) -> Levels:
    return _OTHERS.get(topic) or OF_ONE_VARIABLE[topic]


_OTHERS: dict[str, Levels] = {
    "higher-order": OF_HIGHER_ORDER, "partial": FIELDS, "gradient": FIELDS, "hessian": FIELDS, "jacobian": MAPS,
    "implicit": CURVES, "tangent": TANGENTS,
}  # fmt: skip

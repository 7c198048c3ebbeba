"""The topics of practice: which rules each one drills, and from which level on. Also the label of every rule."""

from __future__ import annotations

from dataclasses import dataclass

from derive.errors import UsageError


@dataclass(frozen=True, slots=True)
class Topic:
    """A knowledge component: problems are the left sides of its rules, filled in.

    rules   the ids that it drills; an exercise uses at least one of them
    owns    how the ids of the rules begin that carry its label, beside `rules`
    several whether its problems are of several variables
    """

    id: str
    rules: tuple[str, ...]
    owns: tuple[str, ...] = ()
    several: bool = False


def _chain(*functions: str) -> tuple[str, ...]:
    return tuple([f"derivative.chain-{f}" for f in functions])


TOPICS = {
    t.id: t
    for t in (
        Topic("power-rule", ("derivative.power",), ("derivative.variable", "derivative.constant", "derivative.power-")),
        Topic(
            "sum-rule", ("derivative.sum", "derivative.constant-multiple"),
            ("derivative.linear", "derivative.negation", "derivative.constant-terms", "derivative.constant-part"),
        ),
        Topic("product-rule", ("derivative.product",), ("derivative.product-",)),
        Topic("quotient-rule", ("derivative.quotient", "derivative.reciprocal"), ("derivative.constant-denominator",)),
        Topic(
            "chain-rule",
            ("derivative.chain-power", *_chain("natural-exponential", "sin", "cos", "ln", "sqrt")),
            ("derivative.chain-",),
        ),
        Topic(
            "trigonometric", tuple([f"derivative.{f}" for f in ("sin", "cos", "tan", "sec")]),
            ("trigonometry.", "derivative.cot", "derivative.csc"),
        ),
        Topic("exponential", ("derivative.natural-exponential", "derivative.exponential"), ("derivative.exp",)),
        Topic("logarithm", ("derivative.ln", *_chain("ln")), ("logarithm.", "derivative.log")),
        Topic(
            "inverse-trigonometric", ("derivative.asin", "derivative.atan", *_chain("asin", "atan")),
            tuple([f"derivative.{f}" for f in ("acos", "acot", "asec", "acsc", "atan2")]),
        ),
        Topic("root", ("derivative.sqrt", "derivative.cbrt", *_chain("sqrt")), ("derivative.root", "radical.")),
        Topic(
            "hyperbolic", ("derivative.sinh", "derivative.cosh", "derivative.tanh", *_chain("sinh", "cosh")),
            tuple([f"derivative.{f}" for f in "coth sech csch asinh acosh atanh acoth asech acsch".split()]),
        ),
        Topic("general-power", ("derivative.general-power",), ("logarithmic.",)),
        Topic("higher-order", ("derivative.higher-order",), ("nth.", "derivative.mixed")),
        Topic("partial", ("derivative.product", "derivative.chain-sin", "derivative.power"), (), True),
        Topic("gradient", ("gradient.definition",), ("gradient.", "divergence.", "curl.", "laplacian."), True),
        Topic("jacobian", ("jacobian.definition",), ("jacobian.", "matrix."), True),
        Topic("hessian", ("hessian.definition",), ("hessian.",), True),
        Topic("implicit", ("implicit.both-sides",), ("implicit.", "equation.", "along."), True),
        Topic("tangent", ("tangent.definition",), ("tangent.", "differential.", "taylor.")),
    )
}  # fmt: skip
"""By id, in the order of a course."""

ALGEBRA = "algebra"  # the label of every rule that only tidies


def topic(id: str) -> Topic:
    """The topic of that name; UsageError, with the names there are, for another."""
    if id not in TOPICS:
        raise UsageError(f"there is no topic {id!r}; there are {', '.join(TOPICS)}")
    return TOPICS[id]


def label(rule: str) -> str:
    """The knowledge component that a rule belongs to: derivative.chain-sin  →  chain-rule."""
    for t in TOPICS.values():
        if rule in t.rules and not t.several:
            return t.id
    for t in TOPICS.values():
        if any(rule == own or (own[-1] in ".-" and rule.startswith(own)) for own in t.owns):
            return t.id
    head = rule.split(".")[0]
    return head if head in ("derivative", "definition", "limit") else ALGEBRA

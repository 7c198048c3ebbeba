"""Every example of the rulebook as a derivation of one step, and what is said of the rules that have no proof.

`python -m tests.certify.instances --write` brings the list on docs/certificates.md up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import derive
from derive.certify import Certificate, certificate
from derive.certify.rulebook import lemmas, reason
from derive.notation import parse
from derive.numeric.verification import Verification
from derive.rules import Facts, Rule, apply, assumptions, registry
from derive.trace import Condition, Derivation, Outcome, Step

PAGE = Path(__file__).parents[2] / "docs" / "certificates.md"
START, END = "<!-- rules without a proof -->\n", "<!-- end of the list -->\n"

UNPROVED: Mapping[str, str] = {
    "cbrt(x^3*y)": "odd roots are certified for positive radicands",
    "(x^2)^(1/3)": "odd roots are certified for positive radicands",
}
"""Examples that have a certificate which Coq does not accept → why."""

WHY: Mapping[str, tuple[str, ...]] = {
    "an abstract function has no term": ("edge.abstract", "definition.abstract", "chain"),
    "no certified derivative uses it, and a limit alone has no statement": ("definition.sum", "limit"),
    "matrices are proved entry by entry": ("matrix", "sweep", "curl", "divergence", "directional", "laplacian"),
    "what is put together from several derivatives has no statement": (
        "definition.at-point", "differential", "inverse", "parametric", "tangent", "taylor",
    ),
    "equations have no term": ("equation", "implicit"),
    "a derivative of the order n has no term": ("nth",),
    "sums have no term": ("summation",),
    "a real power of 0 is another number in Coq": ("power.of-zero", "root.of-zero"),
}  # fmt: skip
"""Why a rule has no proof → such rules, or their topics."""

WHOLE = ("gradient x^2*y", "jacobian [x*y, x+y]", "hessian x^2*y", "d^2/dx^2 x^2*sin(x)", "d/dx x^2 at x=2")
BY_METHOD = (
    ("3x^2+x", "definition"), ("1/(x+1)", "definition"), ("1/x^2", "definition"), ("sqrt(2x+1)", "definition"),
    ("1/sqrt(x)", "definition"), ("sin(2x)", "definition"), ("cos(x)", "definition"), ("tan(x)", "definition"),
    ("e^x", "definition"), ("2^x", "definition"), ("ln(x)", "definition"), ("x*sin(x)", "definition"),
    ("abs(x)", "definition"), ("(2x+1)/(x-1)", "definition"), ("sec(x)", "definition"), ("sin(x)^3", "definition"),
    ("log(x, 2)", "definition"), ("x^(3/2)", "definition"), ("x^(-2)", "definition"), ("sin(x)/x", "definition"),
    ("x*sin(x)/(x^2+1)", "logarithmic"), ("x^x", "logarithmic"), ("x^x", "exponential"),
    ("sin(x)/x^2", "negative-power"), ("(x+1)^2*x", "expand-first"),
)  # fmt: skip


def instances(rule: Rule) -> Iterator[tuple[str, Derivation]]:
    """(before, the derivation that only rewrites it) of the examples of a rule."""
    for before, after in rule.examples:
        e = parse(before)
        found = apply(rule, e, Facts())
        if after is not None and found is not None:
            conditions = tuple([Condition(tuple(a), rule.id, e) for a in assumptions(rule, found[1])])
            yield before, _one_step(Step(0, rule.id, e, found[0], "major", {}), conditions)


def _one_step(step: Step, conditions: tuple[Condition, ...]) -> Derivation:
    return Derivation(
        task="simplify", problem=step.before, result=step.after, rewrites=[(step.before, step.after)],
        outcome=Outcome("done"), method="", steps=lambda d: (step,), conditions=lambda d: conditions,
        verification=lambda d: Verification(verdict="unchecked"),
    )  # fmt: skip


def written() -> Iterator[tuple[str, str, Certificate]]:
    """(rule, example, certificate) of what can be written; the rules of differentiation have lemmas of their own."""
    for id, rule in registry().items():
        if not id.startswith("derivative."):
            for k, (before, d) in enumerate(instances(rule)):
                made = certificate(d, f"certificate_{id.replace('.', '_').replace('-', '_')}_{k}")
                if made.written:
                    yield id, before, made


def whole() -> Iterator[Derivation]:
    """Derivations that are certified, for rules that take more than one step to say something."""
    for problem in WHOLE:
        yield derive.solve(problem)
    for expression, method in BY_METHOD:
        yield derive.differentiate(expression, "x", method=method)


def missing() -> dict[str, list[str]]:
    """Why there is no proof → the rules of which none is known."""
    proved = {id for id, before, _ in written() if before not in UNPROVED}
    proved |= {step.rule for d in whole() for step in d.steps}
    found: dict[str, list[str]] = {}
    for id in registry():
        if not lemmas(id) and id not in proved:
            found.setdefault(reason(id) if id.startswith("derivative.") else words(id), []).append(id)
    return found


def words(id: str) -> str:
    """Why a rule about no derivative has no proof, by its topic where it is not named itself."""
    return next(why for why, named in WHY.items() if id in named or id.partition(".")[0] in named)


def listed() -> str:
    """The list as it stands on the page."""
    rows = sorted(missing().items(), key=lambda row: row[1])
    count = sum(len(rules) for _, rules in rows)
    head = f"{len(registry()) - count} of the {len(registry())} rules are proved, and {count} are not:\n\n"
    return head + "".join([f"* {why}: {', '.join(rules)}.\n" for why, rules in rows])


def main(arguments: list[str]) -> None:
    """Write the list to the page, or show it."""
    if "--write" not in arguments:
        sys.stdout.write(listed())
        return
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(f"{before}{START}{listed()}{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Is an answer right? Symbolic first, then by ball arithmetic; a wrong one is searched for the mistake behind it."""

from __future__ import annotations

from dataclasses import replace as changed

from derive import notation
from derive.engine import solve
from derive.errors import DeriveError, UsageError
from derive.expressions import (
    OPERATORS,
    Call,
    Derivative,
    Equation,
    Expression,
    Limit,
    Matrix,
    postorder,
    symbol,
    symbols,
)
from derive.expressions import equation, natural
from derive.functions import FUNCTIONS
from derive.numeric import compare
from derive.rules import Facts, Rule, registry
from derive.strategy import Method
from derive.trace import Derivation
from derive.tutor.answers import read_answer
from derive.tutor.chain_claims import compared
from derive.tutor.found import slipped
from derive.tutor.readings import other_texts, other_trees
from derive.tutor.search import SECONDS, search
from derive.tutor.verdicts import Evidence, Verdict
from derive.tutor.whole import of_the_whole
from derive.tutor.witness import witness

MOST_VARIABLES = 4  # whose signs are tried as conditions


def check(
    problem: str | Derivation,
    answer: str | Expression,
    *,
    form: str | None = None,
    diagnose: bool = True,
    seconds: float = SECONDS,
) -> Verdict:
    """The verdict on `answer` to `problem`, with its evidence; of a wrong one the mistake, where it is a known one.

    problem  a problem as `solve` reads it, or its derivation where that is at hand
    form     "expanded", "factored", …: a right answer that is not so is "not-in-form"
    seconds  for the search for mistakes
    Raises ReadError for what cannot be read: bad input never gets a verdict.
    """
    derivation = problem if isinstance(problem, Derivation) else solve(problem)
    claimed = _claimed(answer, derivation)
    if claimed is not None:
        return claimed
    text = answer if isinstance(answer, str) else str(answer)
    right = derivation.result
    given = read_answer(answer, derivation.problem, right)
    shape = _shape_differs(right, given)
    verdict = same_value(derivation, given) if shape is None else shape
    verdict = changed(verdict, text=text, answer=given, right=right)
    if verdict.verdict == "correct":
        return _in_form(verdict, given, form)
    if verdict.verdict != "wrong":
        return verdict
    other = _other_reading(problem, answer, derivation, given)
    if other is not None:
        return changed(verdict, verdict="other-reading", reading=other, witness=None)
    conditions = () if shape is not None else _conditions(derivation, given)
    if conditions:
        return changed(verdict, verdict="under-conditions", conditions=conditions)
    return diagnosed(verdict, derivation, given, seconds) if diagnose else verdict


def same_value(derivation: Derivation, given: Expression) -> Verdict:
    """ "correct", "wrong" with a witness, or "unknown": whether `given` has the value of the problem."""
    right = derivation.result
    if given == right:
        return Verdict("correct", evidence=Evidence("same"))
    facts = Facts()
    if facts.representative(given) == facts.representative(right):
        return Verdict("correct", evidence=Evidence("similar"))
    done = derivation.outcome == "done"
    left, other = _comparable(right if done else derivation.problem, given)
    seen = compare(left, other)
    if seen.verdict == "unknown" and done and not isinstance(derivation.problem, Equation):
        seen = compare(derivation.problem, given)
    if seen.equal:
        evidence = Evidence("points", seen.agreed, seen.digits)
        if seen.domain == "narrower":
            return Verdict("under-conditions", evidence=evidence, reason="narrower")
        return Verdict("correct", evidence=evidence)
    if seen.verdict == "different":
        if seen.witness is not None and str(seen.witness["right"]).startswith("none"):
            return Verdict("wrong", whole="undefined", evidence=Evidence("undefined"))
        return Verdict("wrong", witness=witness(left, other, seen), evidence=Evidence("witness", 1))
    return Verdict("unknown", reason=seen.reason)


def diagnosed(verdict: Verdict, derivation: Derivation, given: Expression, seconds: float) -> Verdict:
    """A wrong answer with the mistakes that lead to it; else with what is wrong with it as a whole."""
    found = search(list(derivation.states), used(derivation), given, method_of(derivation), seconds=seconds)
    if found is not None:
        return changed(verdict, slips=slipped(found, derivation))
    if verdict.whole or verdict.evidence == Evidence("shape"):
        return changed(verdict, whole=verdict.whole or "shape")
    whole, by = of_the_whole(derivation, given)
    return changed(verdict, whole=whole, by=by)


def _claimed(text: str | Expression, derivation: Derivation) -> Verdict | None:
    """The verdict on a claimed chain rule of functions that are only named, term by term; None for other problems."""
    named = [n for n in postorder(derivation.problem) if type(n) is Call and n.label not in FUNCTIONS and not n.open]
    if derivation.task != "chain" or derivation.outcome != "done" or not named:
        return None
    found = compared(notation.parse(text) if isinstance(text, str) else text, derivation)
    if found.correct:
        return Verdict("correct", text=str(text), right=found.result, evidence=Evidence("points"))
    if not found.slips:
        return None
    return Verdict("wrong", text=str(text), right=found.result, terms=found.slips, evidence=Evidence("points"))


def used(derivation: Derivation) -> list[tuple[Rule, Expression]]:
    """(rule, what it was applied to) of every step."""
    book = registry()
    nothing = next(iter(book.values()))
    return [(book.get(step.rule, nothing), step.before) for step in derivation.steps]


def method_of(derivation: Derivation) -> Method:
    """The method that the derivation was worked out by."""
    from derive.engine.problems import _method as method_named

    try:
        return method_named(derivation.method)
    except UsageError:
        return method_named("rules")


def _shape_differs(right: Expression, given: Expression) -> Verdict | None:
    """A matrix answered by a number, or by a matrix of another shape, is wrong without a point."""
    shapes = [_shape(e.arguments[1] if isinstance(e, Equation) else e) for e in (right, given)]
    if shapes[0] == shapes[1] or not any(shapes):
        return None
    return Verdict("wrong", evidence=Evidence("shape"))


def _shape(e: Expression) -> tuple[int, int] | None:
    return (len(e.rows), len(e.rows[0])) if isinstance(e, Matrix) else None


def _comparable(right: Expression, given: Expression) -> tuple[Expression, Expression]:
    """Both sides as values: of y = u and y = v, u and v."""
    if isinstance(right, Equation) and isinstance(given, Equation) and right.arguments[0] == given.arguments[0]:
        return right.arguments[1], given.arguments[1]
    return right, given


def is_open(e: Expression) -> bool:
    """Whether a derivative, a limit or an operator is still to be worked out in `e`."""
    return any(
        type(n) in (Derivative, Limit) or (type(n) is Call and n.label in OPERATORS) for n in postorder(e)
    )  # fmt: skip


def _in_form(verdict: Verdict, given: Expression, form: str | None) -> Verdict:
    """A right answer that still has operators in it, or is not in the form that was asked for."""
    if is_open(given) and not (verdict.right is not None and is_open(verdict.right)):
        rest = solve(f"simplify {given}")
        return changed(
            verdict, verdict="not-in-form", left=tuple([s.rule for s in rest.steps if s.weight != "cosmetic"])
        )
    if form is None:
        return verdict
    from derive.engine import simplify

    reached = simplify(given, form=form)  # type: ignore[call-arg]
    facts = Facts()
    if facts.representative(reached.result) == facts.representative(given):
        return verdict
    left = tuple([s.rule for s in reached.steps if s.weight != "cosmetic"])
    return changed(verdict, verdict="not-in-form", left=left, right=reached.result)


def _other_reading(
    problem: str | Derivation, answer: str | Expression, derivation: Derivation, given: Expression
) -> str | None:
    """The reading of the problem, or of the answer, under which the answer is right."""
    if isinstance(problem, str):
        for text, _ in other_texts(problem, derivation.interpretation):
            try:
                if same_value(solve(text), given).verdict == "correct":
                    return text
            except DeriveError:
                continue
    for tree, _ in other_trees(derivation.problem, derivation.interpretation):
        if same_value(solve(f"simplify {tree}"), given).verdict == "correct":
            return str(tree)
    if not isinstance(answer, str):
        return None
    names = [n for n in symbols(derivation.problem) if len(n) > 1]
    notes = notation.read(answer, names=names).notes
    for text, _ in other_texts(answer, notes):
        try:
            if same_value(derivation, read_answer(text, derivation.problem, derivation.result)).verdict == "correct":
                return text
        except DeriveError:
            continue
    return None


def _conditions(derivation: Derivation, given: Expression) -> tuple[Expression, ...]:
    """The sign of a variable under which the answer is right: x > 0 for d/dx(abs(x)) = 1."""
    left, other = _comparable(derivation.result, given)
    names = sorted(symbols(left) | symbols(other))
    for name in names[:MOST_VARIABLES]:
        for relation in (">", "<"):
            condition = equation(symbol(name), relation, natural(0))
            if compare(left, other, conditions=[condition]).equal:
                return (condition,)
    return ()

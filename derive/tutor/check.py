"""Is an answer right? Symbolic first, then by ball arithmetic; a wrong one is searched for the mistake behind it."""

from __future__ import annotations

from dataclasses import replace as changed

from derive import notation
from derive.engine import solve
from derive.errors import DeriveError, UsageError
from derive.expressions import Call, Expression, is_operator, postorder, symbols
from derive.functions import FUNCTIONS
from derive.rules import Facts, Rule, registry
from derive.strategy import Method
from derive.trace import Derivation
from derive.tutor.absent import about_absence
from derive.tutor.answers import read_answer
from derive.tutor.chain_claims import compared
from derive.tutor.found import slipped
from derive.tutor.judging import same_value, signs
from derive.tutor.readings import other_texts, other_trees
from derive.tutor.search import SECONDS, Search
from derive.tutor.verdicts import Evidence, Verdict
from derive.tutor.whole import amount, is_value_of_function, telling


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
    claimed = _claimed(answer, derivation) or about_absence(derivation, answer)
    if claimed is not None:
        return claimed
    text = answer if isinstance(answer, str) else str(answer)
    right = derivation.result
    given = read_answer(answer, derivation.problem, right)
    verdict = changed(same_value(derivation, given), text=text, answer=given, right=right)
    if verdict.verdict == "correct":
        return _in_form(verdict, given, form, derivation)
    if verdict.verdict != "wrong":
        return verdict
    other = _other_reading(problem, answer, derivation, given)
    if other is not None:
        return changed(verdict, verdict="other-reading", reading=other, witness=None)
    if verdict.witness is not None:
        conditions = signs(derivation, given)
        verdict = changed(verdict, verdict="under-conditions", conditions=conditions) if conditions else verdict
    return diagnosed(verdict, derivation, given, seconds) if diagnose else verdict


def diagnosed(verdict: Verdict, derivation: Derivation, given: Expression, seconds: float) -> Verdict:
    """A wrong answer with the mistakes that lead to it; else with what is wrong with it as a whole.

    One known mistake explains more than "it was integrated", that more than two mistakes, these more than "3 times".
    """
    if is_value_of_function(derivation, given):
        return changed(verdict, whole="function", witness=None)
    search = Search(list(derivation.states), used(derivation), given, method_of(derivation), seconds)
    found = search.one()
    if found:
        return changed(verdict, slips=slipped(found))
    if verdict.verdict == "under-conditions":
        return verdict
    if verdict.whole or verdict.evidence == Evidence("shape"):
        return changed(verdict, whole=verdict.whole or "shape")
    whole, by = telling(derivation, given)
    if whole in ("not-evaluated", "rounded"):  # a point and its values would not help
        return changed(verdict, whole=whole, witness=None)
    if not whole:
        found = search.two()
        if found:
            return changed(verdict, slips=slipped(found))
        whole, by = amount(derivation, given)
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
    from derive.engine.problems import method_named
    from derive.strategy import methods, ways

    for method in (ways.TANGENT, ways.TAYLOR, methods.CHAIN):
        if method.name == derivation.method:
            return method
    try:
        return method_named(derivation.method)
    except UsageError:
        return method_named("rules")


def is_open(e: Expression) -> bool:
    """Whether a derivative, a limit or an operator is still to be worked out in `e`."""
    return any(is_operator(n) for n in postorder(e))


def _in_form(verdict: Verdict, given: Expression, form: str | None, derivation: Derivation) -> Verdict:
    """A right answer that has operators in it, is the problem as it was, or is not in the form that was asked for."""
    if is_open(given) and not (verdict.right is not None and is_open(verdict.right)):
        rest = solve(f"simplify {given}")
        return changed(
            verdict, verdict="not-in-form", left=tuple([s.rule for s in rest.steps if s.weight != "cosmetic"])
        )
    facts = Facts()
    if form is None:
        left = tuple([s.rule for s in derivation.steps if s.weight != "cosmetic"])
        as_it_was = facts.representative(given) == facts.representative(derivation.problem)
        unworked = derivation.task == "simplify" and left and as_it_was
        return changed(verdict, verdict="not-in-form", left=left) if unworked else verdict
    from derive.engine import simplify

    reached = simplify(given, form=form)
    if facts.representative(reached.result) == facts.representative(given):
        return verdict
    left = tuple([s.rule for s in reached.steps if s.weight != "cosmetic"])
    return changed(verdict, verdict="not-in-form", left=left, right=reached.result, reason="form")


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

"""Equivalent: the same value wherever both expressions have one. Cheap looks first, then a proof, then evidence.

identical tree → same form → simple points (a difference is proved there) → polynomial identity → ball arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from time import monotonic
from typing import NamedTuple

from derive.engine import Limits
from derive.equality.forms import Memo, form
from derive.equality.holes import NODES, extra_conditions, find_holes
from derive.equality.identity import proved
from derive.equality.looking import Look
from derive.equality.reading import expression
from derive.equality.verdicts import Equivalence, Evidence, Reason, Side, Verdict, Witness
from derive.errors import UsageError
from derive.expressions import Call, Equation, Expression, Matrix, postorder
from derive.functions import FUNCTIONS
from derive.numeric import Comparison, NoValue, compare
from derive.numeric.instances import order_letters
from derive.numeric.comparison import SECONDS
from derive.numeric.tally import NO_POINT

__all__ = ["Equivalence", "Evidence", "Witness", "equivalent"]

_ORDER: tuple[Verdict, ...] = (
    "identical", "similar", "equivalent", "agrees", "under-conditions", "unknown", "different",
)  # fmt: skip
_RANK = {verdict: i for i, verdict in enumerate(_ORDER)}
LOOK = 16e-6  # seconds for a distinct part of both: to compile it, and its value at three points; 100,000 nested sines
_OTHER: dict[Side, Side] = {"left": "right", "right": "left"}


class Question(NamedTuple):
    """What is compared, under which conditions, until when."""

    left: Expression
    right: Expression
    given: tuple[Expression, ...]
    end: float
    strict: bool = False  # whether the end was asked for: then nothing is begun that would go beyond it


def equivalent(
    a: str | Expression, b: str | Expression, *, given: Iterable[str | Expression] = (), limits: Limits | None = None
) -> Equivalence:
    """Whether a and b have the same value wherever both have one, where the relations `given` hold.

    Text is read; ReadError where it cannot be. `limits.seconds` bounds the search, 5 s at most; what is not decided
    then is "unknown".
    """
    relations = tuple(expression(r) for r in given)
    for r in relations:
        if not isinstance(r, Equation):
            raise UsageError(f"{r} is no condition: write x > 0, or n != 0")
    seconds = SECONDS if limits is None else min(limits.seconds, SECONDS)
    return _decided(Question(expression(a), expression(b), relations, monotonic() + seconds, limits is not None))


def _decided(q: Question) -> Equivalence:
    if q.left == q.right:
        return Equivalence(verdict="identical", evidence=Evidence(method="tree"))
    memo: Memo = {}
    if form(q.left, memo) == form(q.right, memo):
        return Equivalence(verdict="similar", evidence=Evidence(method="form"))
    if q.strict and monotonic() + len(memo) * LOOK > q.end:
        return unknown("budget")
    if isinstance(q.left, Equation) or isinstance(q.right, Equation):
        from derive.equality.relations import relations

        return relations(q, _decided)
    if isinstance(q.left, Matrix) and isinstance(q.right, Matrix):
        return _entry_by_entry(q, q.left, q.right)
    if isinstance(q.left, Matrix) != isinstance(q.right, Matrix) and not (q.left.open or q.right.open):
        return Equivalence(verdict="different", reason="shape", evidence=Evidence(method="shape"))
    try:
        return _values(q)
    except NoValue:
        return unknown("not-supported")


def _entry_by_entry(q: Question, left: Matrix, right: Matrix) -> Equivalence:
    """The worst verdict of all entries; the first of them that is as bad."""
    if (left.columns, len(left.arguments)) != (right.columns, len(right.arguments)):
        return Equivalence(verdict="different", reason="shape", evidence=Evidence(method="shape"))
    worst: Equivalence | None = None
    points = digits = 0
    for i, (a, b) in enumerate(zip(left.arguments, right.arguments, strict=True)):
        found = _decided(q._replace(left=a, right=b)) if monotonic() < q.end else unknown("budget")
        if found.evidence.points:
            points += found.evidence.points
            digits = min(digits or found.evidence.digits, found.evidence.digits)
        if worst is None or _RANK[found.verdict] > _RANK[worst.verdict]:
            worst = found
            if found.witness is not None:
                entry = divmod(i, left.columns)
                witness = found.witness.model_copy(update={"entry": (entry[0] + 1, entry[1] + 1)})
                worst = found.model_copy(update={"witness": witness})
        if found.verdict == "different":
            break
    assert worst is not None
    if worst.verdict == "agrees":
        evidence = worst.evidence.model_copy(update={"points": points, "digits": digits})
        return worst.model_copy(update={"evidence": evidence})
    return worst


def _values(q: Question) -> Equivalence:
    """By simple points, by an identity, by ball arithmetic at many points."""
    letters = order_letters(q.left, q.right)  # d^n/dx^n: judged order by order, by the judge alone
    look = None if letters else Look(q.left, q.right, q.given)
    if look is not None and look.different is not None:
        left, right = look.values(look.different)
        return _different(q, {name: str(x) for name, x in look.different.items()}, left, right)
    if look is not None and look.agreed and proved(q.left, q.right):
        evidence = Evidence(method="identity", points=look.agreed)
        return _with_domains(q, look, None, "equivalent", evidence)
    seen = compare(q.left, q.right, conditions=q.given, seconds=max(0.05, q.end - monotonic()))
    if seen.verdict == "different" and seen.reason != "disjoint domains":
        assert seen.witness is not None
        w = seen.witness
        shown = (w["left"], w["right"])
        if look is not None:
            again = look.values({name: Fraction(x) for name, x in w["point"].items()})
            shown = again if again[0] != again[1] else shown
        return _different(q, w["point"], *shown)
    if seen.verdict != "equal":
        return unknown(_reason(q, seen), seen, look)
    if look is not None and not look.agreed and proved(q.left, q.right):
        return _with_domains(q, look, seen, "equivalent", Evidence(method="identity", points=seen.agreed))
    evidence = Evidence(method="points", points=seen.agreed, digits=seen.digits, rejected=seen.rejected)
    return _with_domains(q, look, seen, "agrees", evidence)


def _with_domains(
    q: Question, look: Look | None, seen: Comparison | None, verdict: Verdict, evidence: Evidence
) -> Equivalence:
    """The verdict on equal values, or "under-conditions" where one side has a value and the other has none."""
    if look is None:
        return Equivalence(verdict=verdict, evidence=evidence)
    small = len(postorder(q.left)) <= NODES and len(postorder(q.right)) <= NODES
    extra = extra_conditions(q.left, q.right) if small else ((), ())
    near = find_holes(look, extra) if extra[0] or extra[1] else {}
    places: dict[Side, dict[str, str]] = {}
    if seen is not None and seen.wider:
        places["left"] = seen.wider
    if seen is not None and seen.narrower:
        places["right"] = seen.narrower
    places |= near
    for lacking, place in look.lacking.items():
        places[lacking] = {name: str(x) for name, x in place.items()}
    if not places:
        return Equivalence(verdict=verdict, evidence=evidence)
    side: Side = min(places, key=lambda s: (s in near, s))
    value = None
    if side in look.lacking:
        value = look.values(look.lacking[side])[side == "left"]
    conditions = [str(r) for s, k in (("left", 0), ("right", 1)) if s in places for r in extra[k]]
    return Equivalence(
        verdict="under-conditions",
        witness=Witness(point=places[side], lacks=side, **{_OTHER[side]: value}),
        evidence=evidence,
        conditions=tuple(dict.fromkeys(conditions)),
    )


def _different(q: Question, point: dict[str, str], left: str, right: str) -> Equivalence:
    witness = Witness(point=point, left=left, right=right, functions=_bodies(q))
    return Equivalence(verdict="different", witness=witness, evidence=Evidence(method="place"))


def unknown(reason: Reason, seen: Comparison | None = None, look: Look | None = None) -> Equivalence:
    """Not decided, for one of the reasons of `Equivalence.reason`."""
    points = max(seen.agreed if seen else 0, look.agreed if look else 0)
    rejected = seen.rejected if seen else 0
    evidence = Evidence(method="none", points=points, rejected=rejected)
    return Equivalence(verdict="unknown", reason=reason, evidence=evidence)


def _reason(q: Question, seen: Comparison) -> Reason:
    if seen.verdict == "different":
        return "no-common-domain"
    if monotonic() > q.end:
        return "budget"
    if seen.agreed:
        return "few-points"
    return "no-common-domain" if seen.reason.startswith(NO_POINT) else "not-supported"


def _bodies(q: Question) -> dict[str, str]:
    """The functions that are only named, and what was put in for them to compare values."""
    from derive.numeric.abstract import random_body

    found = {}
    for e in (q.left, q.right):
        for n in postorder(e):
            if isinstance(n, Call) and n.name not in FUNCTIONS and not n.open:
                body = random_body(n.name, len(n.arguments))
                slots = ", ".join(f"slot{i + 1}" for i in range(len(n.arguments)))
                found[f"{n.name}({slots})"] = str(body)
    return found


def of_sides(first: Equivalence, second: Equivalence) -> Equivalence:
    """The worse of two verdicts."""
    return max((first, second), key=lambda found: _RANK[found.verdict])

"""One record of the shared examples worked by us: is the answer right, how large is it, how long did it take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from time import process_time
from typing import Any, Literal, TypeAlias

import derive
from derive.errors import DeriveError
from derive.expressions import Call, E, Expression, Matrix, fold, power, rebuild
from derive.rules import Facts
from derive.trace import Derivation
from tests.examples.records import records

Verdict: TypeAlias = Literal["right", "wrong", "crashed", "refused", "in words"]
Record: TypeAlias = "dict[str, Any]"

SETS = "textbook suites rubi polynomials multivariable simplify tricky worked_solutions".split()
DIGITS = 36
CLOSE = Decimal("1.01e-29")  # relative: the last of 30 recorded digits may be off by one; a recorded 0 is absolute
LETTERS = {"tricky-29": {"a": "3"}, "tricky-33": {"a": "3", "b": "2", "c": "1"}, "tricky-55": {"m": "3"}}
"""The numbers for which the formulas of these records hold."""


@dataclass(frozen=True)
class Answer:
    """What became of one record.

    verdict  "right": the recorded values at every recorded point, to 30 digits; "wrong": done, and another value or
             none; "crashed": an error that is not one of ours; "refused": an outcome or error says why; "in words": the
             record has no values to compare with
    nodes, book  sizes of our result and of the book's, where the book gives one in the same letters
    seconds  of processor time: parse, differentiate, tidy
    """

    id: str
    asked: str
    verdict: Verdict
    said: str = ""
    ours: str = ""
    theirs: str = ""
    nodes: int = 0
    book: int = 0
    seconds: float = 0.0

    @property
    def ratio(self) -> float | None:
        """Our size by the book's, None where there is nothing to compare."""
        return self.nodes / self.book if self.nodes and self.book else None


def rows(name: str, every: int = 1) -> list[Record]:
    """Every n-th record of a set."""
    return records(name)[::every]


def answered(record: Record) -> Answer:
    """A record worked and judged."""
    asked = asked_for(record)
    if record.get("check", True) is None:
        return Answer(record["id"], asked, "in words", said=str(record["expected"]))
    start = process_time()
    try:
        d = worked(record)
    except DeriveError as error:
        return Answer(record["id"], asked, "refused", said=str(error), seconds=process_time() - start)
    except Exception as error:  # noqa: BLE001 - a page that lists what fails has to come to its end
        said = f"{type(error).__name__}: {error}"
        return Answer(record["id"], asked, "crashed", said=said, seconds=process_time() - start)
    seconds = process_time() - start
    if d.outcome != "done":
        said = f"{d.outcome}: {d.outcome.reason} {d.outcome.part or ''}".strip()
        return Answer(record["id"], asked, "refused", said=said, ours=str(d.result), seconds=seconds)
    said = fault(record, d.result)
    book, theirs = _book(record)
    return Answer(
        record["id"], asked, "wrong" if said else "right", said, str(d.result), theirs,
        size(d.result) if book else 0, book, seconds,
    )  # fmt: skip


def worked(record: Record) -> Derivation:
    """The derivation that a record asks for, from its text."""
    source = record["input"]
    if "check" in record:
        return derive.differentiate(derive.parse(source.partition(" (")[0]), record["check"][2])
    by = record.get("wrt", [])
    match record.get("task", "simplify" if record.get("kind") == "simplify" else "diff"):
        case "simplify":
            return derive.simplify(derive.parse(source))
        case "diff":
            return derive.differentiate(derive.parse(source), *by)
        case "gradient":
            return derive.gradient(source, by)
        case "jacobian":
            return derive.jacobian(source, by)
        case "hessian":
            return derive.hessian(source, by)
        case "chain":
            return derive.chain(source, record["subs"], by)
    raise ValueError(record["task"])


def fault(record: Record, result: Expression) -> str:
    """Where the result differs from what is recorded; nothing where it is right."""
    entries = result.arguments if isinstance(result, Matrix) else (result,)
    for at, values in _values(record):
        if len(values) != len(entries):
            return f"{len(entries)} entries instead of {len(values)}"
        for entry, value in zip(entries, values, strict=True):
            try:
                found = derive.evaluate(entry, at, digits=DIGITS)
            except DeriveError as error:
                return f"at {_point(at)}: {error}"
            if abs(Decimal(found) - value) > CLOSE * (abs(value) or 1):
                return f"at {_point(at)}: {found} instead of {value}"
    return ""


def size(e: Expression) -> int:
    """Nodes as a reader counts them: no signs, exp(u) as e^u; of a matrix, its entries."""
    entries = e.arguments if isinstance(e, Matrix) else (e,)
    facts = Facts()
    return sum(facts.size(fold(entry, _alike)) for entry in entries)


def asked_for(record: Record) -> str:
    """A record in short: `x^2*y by x, x`."""
    by = ", ".join(record.get("wrt", []))
    source = record["input"]
    text = f"[{', '.join(source)}]" if isinstance(source, list) else source
    where = ", ".join(f"{name} = {e}" for name, e in (record.get("subs") or {}).items())
    task = record.get("task", "diff")
    return (
        f"{task + ' ' if task != 'diff' else ''}{text}{f' where {where}' if where else ''}{f' by {by}' if by else ''}"
    )


def flat(value: Any) -> list[Any]:
    """[["1", "2"], ["3", "4"]]  →  1, 2, 3, 4"""
    return [v for part in value for v in flat(part)] if isinstance(value, list) else [value]


def _alike(node: Expression, parts: list[Expression]) -> Expression:
    return power(E, parts[0]) if type(node) is Call and node.label == "exp" else rebuild(node, tuple(parts))


def _values(record: Record) -> Iterator[tuple[dict[str, str], list[Decimal]]]:
    """(point, the recorded values there); where a formula is recorded, its values."""
    if record.get("check"):
        _, formula, name, points = record["check"]
        expected = derive.parse(formula)
        for x in points:
            at = {name: str(x), **LETTERS.get(record["id"], {})}
            yield at, [Decimal(derive.evaluate(expected, {name: str(x)}, digits=DIGITS))]
        return
    for point in record["points"]:
        yield point["at"], [Decimal(v) for v in flat(point["value"])]


def _book(record: Record) -> tuple[int, str]:
    """Size and text of the book's answer; 0 where there is none, or none in the letters of ours."""
    said = record.get("expected")
    if not said or record.get("task") == "chain" or "check" in record:
        return 0, ""
    try:
        parts = [derive.parse(text) for text in flat(said)]
    except DeriveError:
        return 0, ""
    return sum(size(e) for e in parts), ", ".join(flat(said))


def _point(at: dict[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in at.items())

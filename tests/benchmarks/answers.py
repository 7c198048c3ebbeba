"""`python -m tests.benchmarks.answers` judges every answer to the shared examples and writes docs/reference/answers.md.

--fresh   ask SymPy everything again, instead of reading what it said before
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.answering import SETS, Answer, answered, rows
from tests.benchmarks.report import ROOT, machine
from tests.benchmarks.sympy_answers import SECONDS, Kept, Theirs

PAGE = ROOT / "docs" / "reference" / "answers.md"
EVERY = {"rubi": 4}  # every n-th record is asked of SymPy, which takes 0.7 s for one of these
UNASKED = ("tricky",)  # not in SymPy's notation
LONG = 1.5
LISTED = 25  # rows of a list of long results, the longest first
SHOWN = 90  # characters of a formula in a list
ABOUT = {
    "textbook": "functions of open calculus textbooks and homework sets",
    "suites": "derivatives in the test suites of other systems",
    "rubi": "antiderivatives of an integration test suite; the book's answer is the integrand",
    "polynomials": "generated questions, several variables and orders",
    "multivariable": "partial derivatives, gradients, Jacobians, Hessians, chain rules",
    "simplify": "an expression and a short equal form",
    "tricky": "inputs on which known systems are wrong or refuse",
    "worked_solutions": "the book's own worked solutions",
}


@dataclass(frozen=True)
class Measured:
    """The answers to one set, and SymPy's to those it was asked."""

    name: str
    answers: tuple[Answer, ...]
    theirs: dict[str, Theirs]

    def of(self, verdict: str) -> list[Answer]:
        return [a for a in self.answers if a.verdict == verdict]

    @property
    def ratios(self) -> list[float]:
        """Our sizes by the book's, rising."""
        return sorted(a.ratio for a in self.answers if a.ratio is not None)


def measured(name: str, kept: Kept) -> Measured:
    """One set, worked and judged."""
    records = rows(name)
    for record in records[:10]:
        answered(record)  # rules compiled, grammar read: not a part of what one answer costs
    theirs = {}
    if name not in UNASKED:
        theirs = {r["id"]: kept.answer(r) for r in records[:: EVERY.get(name, 1)]}
        kept.keep()
    return Measured(name, tuple(answered(r) for r in records), theirs)


RIGHT = """\
Every record of the shared examples, worked from its text and judged by values that were computed elsewhere.
{machine}.

## Right

A record is *right* when the result has the recorded value, to 30 digits, at every recorded point; *silently wrong* when
it is presented as done and has another value there, or none; *refused* when the outcome says why; *crashed* on an error
of ours.

| set | what | records | right | silently wrong | crashed | refused | answer in words only |
|---|---|---|---|---|---|---|---|"""
BOOK = """\

## Size against the book's answer

Nodes of the result by nodes of the book's answer as it is printed, signs not counted, exp(u) counted as e^u. Below 1,
ours is the shorter one.

| set | compared | median | at most the book's | ≤ 1.25 | ≤ 1.5 | 95th of 100 |
|---|---|---|---|---|---|---|"""
SYMPY = """\

## Against `sympy.simplify(sympy.diff(…))`

SymPy reads the same text with real symbols, its cache cleared before each record, {seconds} s at most; of the rubi set
every {every}th. Its results are read back by our parser to be counted. Time is of the processor: parse + derive + tidy
with all steps logged, against parse + diff + simplify, on the records that both answer. What SymPy said is kept
between runs, with its time; `--fresh` asks it again.

| set | asked | both, read back | size, ours by theirs | shorter | as long | longer | ours, ms | theirs, ms | time |
|---|---|---|---|---|---|---|---|---|---|"""


def page(sets: Sequence[Measured]) -> str:
    """The page, from what was measured."""
    every = _together(sets)
    return "\n".join([
        "# Answers",
        "",
        "<!-- written by `python -m tests.benchmarks.answers` -->",
        "",
        RIGHT.format(machine=machine()),
        *[_right(s, ABOUT[s.name]) for s in sets],
        _right(every, "together"),
        BOOK,
        *[_against_book(s) for s in sets if s.ratios],
        _against_book(every),
        SYMPY.format(seconds=SECONDS, every=EVERY["rubi"]),
        *[_against_sympy(s) for s in sets if s.theirs],
        _against_sympy(every),
        "",
        *_failures(sets),
        *[line for s in sets for line in _long(s)],
    ])  # fmt: skip


def _together(sets: Sequence[Measured]) -> Measured:
    theirs = {key: answer for s in sets for key, answer in s.theirs.items()}
    return Measured("*all*", tuple(a for s in sets for a in s.answers), theirs)


def _right(s: Measured, about: str) -> str:
    judged = len(s.answers) - len(s.of("in words"))
    right = len(s.of("right"))
    return (
        f"| {s.name} | {about} | {len(s.answers)} | {right} ({right / judged:.1%}) | {len(s.of('wrong'))} "
        f"| {len(s.of('crashed'))} | {len(s.of('refused'))} | {len(s.of('in words'))} |"
    )


def share(ratios: Sequence[float], most: float) -> float:
    """How many of the ratios are at most `most`: 0.95 for 95 of 100."""
    return sum(r <= most for r in ratios) / len(ratios)


def _against_book(s: Measured) -> str:
    r = s.ratios
    parts = " | ".join(f"{share(r, most):.1%}" for most in (1, 1.25, LONG))
    return f"| {s.name} | {len(r)} | {median(r):.2f} | {parts} | {r[min(len(r) - 1, int(0.95 * len(r)))]:.2f} |"


def _against_sympy(s: Measured) -> str:
    pairs = [(a, theirs) for a in s.answers if a.nodes and (theirs := s.theirs.get(a.id)) is not None and theirs.nodes]
    sizes = [a.nodes / (theirs.nodes or 1) for a, theirs in pairs]
    ours = 1000 * sum(a.seconds for a, _ in pairs) / len(pairs)
    others = 1000 * sum(theirs.seconds for _, theirs in pairs) / len(pairs)
    counts = f"{sum(q < 1 for q in sizes)} | {sum(q == 1 for q in sizes)} | {sum(q > 1 for q in sizes)}"
    return (
        f"| {s.name} | {len(s.theirs)} | {len(pairs)} | {median(sizes):.2f} | {counts} "
        f"| {ours:.2f} | {others:.1f} | {ours / others:.1%} |"
    )


def _failures(sets: Sequence[Measured]) -> Iterator[str]:
    """Every record that is not right, with what was said."""
    yield from ("## Not right", "")
    for verdict, title in (
        ("wrong", "Silently wrong"),
        ("crashed", "Crashed"),
        ("refused", "Refused"),
        ("in words", "Judged elsewhere"),
    ):
        found = [(s.name, a) for s in sets for a in s.of(verdict)]
        if not found:
            yield from (f"{title}: none.", "")
            continue
        if verdict == "in words":
            yield from ("The answer is recorded in words; `tests/examples/test_tricky.py` judges these.", "")
        yield from ("| set | record | input | said |", "|---|---|---|---|")
        for name, a in found:
            yield f"| {name} | {a.id} | {_cell(a.asked)} | {_cell(a.said)} |"
        yield ""


def _long(s: Measured) -> Iterator[str]:
    """The results that are longer than 1.5 times the book's, the longest first."""
    found = sorted([a for a in s.answers if (a.ratio or 0) > LONG], key=lambda a: (-(a.ratio or 0), a.id))
    if not found:
        return
    more = f", the {LISTED} longest of them" if len(found) > LISTED else ""
    yield from (f"## {s.name}: {len(found)} results above {LONG} times the book's{more}", "")
    yield from ("| by the book's | record | input | ours | the book's |", "|---|---|---|---|---|")
    for a in found[:LISTED]:
        yield f"| {a.ratio:.2f} | {a.id} | {_cell(a.asked)} | {_cell(a.ours)} | {_cell(a.theirs)} |"
    yield ""


def _cell(text: str) -> str:
    short = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return f"`{short}`".replace("|", r"\|").replace("\n", " ")


if __name__ == "__main__":
    kept = Kept(fresh="--fresh" in sys.argv)
    PAGE.write_text(page([measured(name, kept) for name in SETS]).rstrip() + "\n", "utf-8")
    sys.stdout.write(PAGE.read_text("utf-8").partition("## Not right")[0])

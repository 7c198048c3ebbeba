"""`python -m tests.benchmarks.certificates [--every N] [--wrong N]` writes docs/reference/certificates.md.

Every n-th problem of each set of examples is certified by itself; where Coq refuses a file, every lemma is tried, so
that the steps that it refuses are known. Wrong derivations come from the mistakes of the rulebook.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice

import derive
from derive.certify import Certificate, certificate
from derive.certify.checking import refusals
from derive.certify.running import compile_text
from derive.errors import DeriveError
from derive.functions import FUNCTIONS
from derive.trace import Derivation
from tests.benchmarks.report import ROOT, machine
from tests.certify.wrong import mistaken

EXAMPLES = ROOT.parent / "shared" / "examples"
PAGE = ROOT / "docs" / "reference" / "certificates.md"
SEED = 15
ALONE = 10
UNARY = ("sin", "cos", "exp", "ln", "sqrt", "atan", "tanh")


def textbook(name: str) -> Iterator[Callable[[], Derivation]]:
    """The problems of a set of examples."""
    for line in (EXAMPLES / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        task = row.get("task", "diff")
        if task in ("gradient", "jacobian", "hessian"):
            work = {"gradient": derive.gradient, "jacobian": derive.jacobian, "hessian": derive.hessian}[task]
            yield lambda work=work, row=row: work(row["input"], row["variables"])  # type: ignore[misc]
        elif row.get("wrt"):
            yield lambda row=row: derive.differentiate(row["input"], *row["wrt"])  # type: ignore[misc]


def table() -> Iterator[Callable[[], Derivation]]:
    """Every function of the table of one argument."""
    for name, row in FUNCTIONS.items():
        if 1 in row.arity:
            yield lambda name=name: derive.differentiate(f"{name}(x)", "x")  # type: ignore[misc]


def chance() -> Iterator[Callable[[], Derivation]]:
    """100 random expressions, 3 to 5 operations deep."""
    walk = random.Random(SEED)
    for _ in range(100):
        text = _random(walk, walk.randint(3, 5))
        yield lambda text=text: derive.differentiate(text, "x")  # type: ignore[misc]


def _random(walk: random.Random, depth: int) -> str:
    if depth == 0:
        return walk.choice(["x", "x", "x", str(walk.randint(1, 9))])
    match walk.randrange(6):
        case 0:
            return f"({_random(walk, depth - 1)} + {_random(walk, walk.randrange(depth))})"
        case 1:
            return f"({_random(walk, depth - 1)} * {_random(walk, walk.randrange(depth))})"
        case 2:
            return f"({_random(walk, depth - 1)} / ({_random(walk, walk.randrange(depth))} + 2))"
        case 3:
            return f"({_random(walk, depth - 1)})^{walk.randint(2, 4)}"
        case _:
            return f"{walk.choice(UNARY)}({_random(walk, depth - 1)})"


SETS: dict[str, Callable[[], Iterator[Callable[[], Derivation]]]] = {
    "textbook": lambda: textbook("textbook.jsonl"),
    "multivariable": lambda: textbook("multivariable.jsonl"),
    "suites": lambda: textbook("suites.jsonl"),
    "functions of the table": table,
    f"random, depth 3 to 5, seed {SEED}": chance,
}


def measured(name: str, every: int) -> tuple[str, list[str]]:
    """A line of the table, and the problems that are not certified."""
    failed: list[str] = []
    tried = done = 0
    spent = 0.0
    for make in islice(SETS[name](), 0, None, every):
        tried += 1
        try:
            d = make()
            written = certificate(d, f"certificate_{tried}")
        except DeriveError as problem:
            failed.append(f"{name} {tried}: {problem}")
            continue
        if not written.written:
            failed.append(f"{name}: `{d.problem}`: {written.reason}")
            continue
        started = time.monotonic()
        run = compile_text(written.text)
        spent += time.monotonic() - started
        if run.accepted:
            done += 1
        else:
            steps, others, _ = refusals(written)
            shown = ", ".join([d.steps[k].rule for k in steps] or others)
            failed.append(f"{name}: `{d.problem}`: {shown}")
        sys.stderr.write(f"{name} {done}/{tried}\n")
    share = f"{100 * done / max(tried, 1):.0f} %"
    return f"| {name} | {every} | {tried} | {done} | {share} | {spent / max(tried, 1):.1f} |", failed


def wrong(count: int) -> str:
    """How many wrong derivations are refused, and at the faulty step."""
    problems = (make for make in textbook("textbook.jsonl"))
    tried = refused = at_the_step = 0
    walk = random.Random(SEED)
    for make in problems:
        try:
            made = list(mistaken(f"d/d{_letter(d := make())} {d.problem.arguments[0]}"))
        except (DeriveError, IndexError):
            continue
        for _, index, faulty in walk.sample(made, min(2, len(made))):
            written: Certificate = certificate(faulty)
            if not written.written:
                continue
            steps, _, _ = refusals(written)
            tried += 1
            refused += bool(steps)
            at_the_step += steps[:1] == (index,)
            sys.stderr.write(f"wrong {at_the_step}/{refused}/{tried}\n")
            if tried == count:
                return f"{tried} wrong derivations: {refused} refused, {at_the_step} at the faulty step."
    return f"{tried} wrong derivations: {refused} refused, {at_the_step} at the faulty step."


def _letter(d: Derivation) -> str:
    return str(d.problem.arguments[1])


def alone() -> str:
    """Seconds for a certificate by itself."""
    taken = []
    for make in islice(textbook("textbook.jsonl"), 0, 26 * ALONE, 26):
        started = time.monotonic()
        written = certificate(make())
        if written.written and compile_text(written.text).accepted:
            taken.append(time.monotonic() - started)
    taken.sort()
    p95 = taken[int(0.95 * (len(taken) - 1))]
    return f"One by one, {len(taken)} textbook derivations: median {statistics.median(taken):.1f} s, p95 {p95:.1f} s."


def main(arguments: list[str]) -> None:
    """Measure and write the page."""
    every = int(arguments[arguments.index("--every") + 1]) if "--every" in arguments else 1
    count = int(arguments[arguments.index("--wrong") + 1]) if "--wrong" in arguments else 500
    rows, failed = [], []
    for name in SETS:
        step = 1 if name.startswith("functions") else every
        row, missing = measured(name, step)
        rows.append(row)
        failed += missing
        write(rows, [], failed)
    write(rows, [alone(), "", wrong(count)], failed)


def write(rows: list[str], more: list[str], failed: list[str]) -> None:
    """The page, as far as it is measured."""
    head = ["| set | every | problems | certified | share | seconds each |", "|---|---|---|---|---|---|"]
    lines = [
        "<!-- written by `python -m tests.benchmarks.certificates` -->",
        "# Certificates, measured",
        "",
        "What Coq accepts of the example sets; every n-th problem was taken. Seconds are those of the clock,",
        f"on a machine that other work shares: {machine()}. Coq itself takes a half to a third of them.",
        "",
        *head,
        *rows,
        "",
        *more,
        "",
        "## Not certified",
        "",
        *[f"* {line}" for line in failed],
        "",
    ]
    PAGE.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

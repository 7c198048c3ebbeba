"""`python -m tests.benchmarks.certificates [--every N] [--wrong N] [--alone N] [--keep]` writes its reference page.

Every n-th problem of each set of examples is certified, many in one file; where Coq refuses a file, every lemma is
tried, so that the steps that it refuses are known. Wrong derivations come from the mistakes of the rulebook. Seconds
are those of the processor. With --keep what the page has already is not measured once more.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import derive
from derive.certify import Certificate, certificate
from derive.certify.auditing import audit
from derive.certify.checking import refusals_of, without_list
from derive.certify.document import together
from derive.certify.library import axioms
from derive.certify.running import Run, compile_text
from derive.errors import DeriveError
from derive.functions import FUNCTIONS
from derive.trace import Derivation
from tests.benchmarks.report import ROOT, machine
from tests.certify.wrong import mistaken

EXAMPLES = ROOT.parent / "shared" / "examples"
PAGE = ROOT / "docs" / "reference" / "certificates.md"
SEED = 15
FRESH = (104, 105, 106, 107)  # no certificate was looked at before; then 104 (99 at first) and 106 (97) were mended
BATCH = 40
PATIENCE = 600.0  # seconds for a batch, on a busy machine
DEFINED = (
    "7", "x", "x^2", "x^3", "3x^2+x", "1/x", "1/(x+1)", "1/x^2", "(2x+1)/(x-1)", "sqrt(x)", "sqrt(2x+1)", "x^(1/3)",
    "1/sqrt(x)", "sin(x)", "cos(x)", "sin(2x)", "tan(x)", "e^x", "2^x", "ln(x)", "x*sin(x)", "x^2*e^x", "abs(x)",
)  # fmt: skip
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


def definition() -> Iterator[Callable[[], Derivation]]:
    """Derivatives by the limit of the difference quotient."""
    for text in DEFINED:
        yield lambda text=text: derive.differentiate(text, "x", method="definition")  # type: ignore[misc]


def chance(seed: int) -> Iterator[Callable[[], Derivation]]:
    """100 random expressions, 3 to 5 operations deep."""
    walk = random.Random(seed)
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
    "functions of the table": table,
    "by the definition": definition,
    **{f"random, depth 3 to 5, seed {s}": lambda s=s: chance(s) for s in (SEED, *FRESH)},  # type: ignore[misc]
    "suites": lambda: textbook("suites.jsonl"),
}


def measured(name: str, every: int) -> tuple[str, list[str]]:
    """A line of the table, and the problems that are not certified."""
    failed: list[str] = []
    written: list[tuple[Derivation, Certificate]] = []
    tried = done = 0
    spent = 0.0
    for make in islice(SETS[name](), 0, None, every):
        tried += 1
        try:
            d = make()
            made = certificate(d, f"certificate_{tried}")
        except DeriveError as problem:
            failed.append(f"{name} {tried}: {problem}")
            continue
        if made.written:
            written.append((d, made))
        else:
            failed.append(f"{name}: `{d.problem}`: {made.reason}")
    for start in range(0, len(written), BATCH):
        good, bad, seconds = accepted(written[start : start + BATCH])
        done += len(good)
        spent += seconds
        failed += [f"{name}: `{d.problem}`: {why}" for d, why in bad]
        sys.stderr.write(f"{name} {done}/{start + BATCH}\n")
    share = f"{100 * done / max(tried, 1):.1f} %"
    return f"| {name} | {every} | {tried} | {done} | {share} | {spent / max(done, 1):.2f} |", failed


def accepted(
    tried: Sequence[tuple[Derivation, Certificate]],
) -> tuple[list[Derivation], list[tuple[Derivation, str]], float]:
    """(what Coq and the auditor accept, what not and why, seconds of the processor for what is accepted)."""
    bad: list[tuple[Derivation, str]] = []
    good = list(tried)
    spent, run = timed(lambda: compile_text(together([c for _, c in good]), seconds=PATIENCE))
    if not run:
        found, _ = refusals_of([c for _, c in tried], PATIENCE)
        good = []
        for (d, c), (steps, others) in zip(tried, found, strict=True):
            if steps or others:
                bad.append((d, ", ".join([*[d.steps[k].rule for k in steps], *others])))
            else:
                good.append((d, c))
        spent, run = timed(lambda: compile_text(together([c for _, c in good]), seconds=PATIENCE))
    if not run:
        return [], [(d, "in a file that Coq does not accept") for d, _ in tried], spent
    certified: list[Derivation] = []
    for d, c in good:
        why = audit(c.text, c.name, d, c.names, c.assumed, axioms())
        if why:
            bad.append((d, f"the audit refuses it: {why}"))
        else:
            certified.append(d)
    return certified, bad, spent


def timed(run: Callable[[], Run]) -> tuple[float, bool]:
    """(seconds of the processor that Coq took, whether it accepted the file)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, found.accepted


def wrong(count: int) -> str:
    """How many wrong derivations are refused, and at the faulty step."""
    walk = random.Random(SEED)
    made: list[tuple[int, Certificate]] = []
    for make in textbook("textbook.jsonl"):
        try:
            found = list(mistaken(f"d/d{_letter(d := make())} {d.problem.arguments[0]}"))
        except (DeriveError, IndexError):
            continue
        for _, index, faulty in walk.sample(found, min(3, len(found))):
            written = certificate(faulty, f"certificate_{len(made)}")
            if written.written and len(made) < count:
                made.append((index, written))
    refused = at_the_step = 0
    for start in range(0, len(made), BATCH):
        part = made[start : start + BATCH]
        verdicts, _ = refusals_of([c for _, c in part], PATIENCE)
        for (index, c), (steps, _) in zip(part, verdicts, strict=True):
            refused += bool(steps)
            at_the_step += steps[:1] == (index,)
            if steps[:1] != (index,):
                sys.stderr.write(f"wrong, but {steps} for {index}: {c.text}\n")
        sys.stderr.write(f"wrong {at_the_step}/{refused}/{start + len(part)}\n")
    return f"{len(made)} wrong derivations, seed {SEED}: {refused} refused, {at_the_step} at the faulty step."


def _letter(d: Derivation) -> str:
    return str(d.problem.arguments[1])


def alone(count: int) -> str:
    """Seconds of the processor for a certificate by itself."""
    taken = []
    for make in islice(textbook("textbook.jsonl"), 0, None, max(279 // count, 1)):
        written = certificate(make())
        if written.written:
            seconds, done = min([timed(lambda: compile_text(without_list(written.text))) for _ in range(1)])  # noqa: B023
            taken += [seconds] if done else []
    taken.sort()
    p95 = taken[int(0.95 * (len(taken) - 1))]
    return (
        f"One by one, {len(taken)} textbook derivations: median {statistics.median(taken):.2f} s, p95 {p95:.2f} s, "
        f"slowest {taken[-1]:.2f} s of the processor, on a crowded machine."
    )


def main(arguments: list[str]) -> None:
    """Measure and write the page."""
    if "--help" in arguments:
        sys.stdout.write(f"{__doc__}\n")
        return
    every, count, single = (
        _asked(arguments, word, usual) for word, usual in (("every", 1), ("wrong", 500), ("alone", 40))
    )
    page = PAGE.read_text("utf-8").splitlines() if "--keep" in arguments else []
    rows, failed = [], []
    for name in [n for n in SETS if not any(line.startswith(f"| {n} |") for line in page)]:
        row, missing = measured(name, 1 if name.startswith(("functions", "by the")) else every)
        rows.append(row)
        failed += missing
        write([line for line in page if line.startswith(tuple([f"| {n} |" for n in SETS]))] + rows, [], [
            *[line.removeprefix("* ") for line in page if line.startswith("* ")], *failed
        ])  # fmt: skip
    known = [
        line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(tuple([f"| {n} |" for n in SETS]))
    ]
    missed = [line.removeprefix("* ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("* ")]
    kept = [next((line for line in page if part in line), "") for part in ("One by one", " wrong derivations")]
    write(known, [kept[0] or alone(single), "", kept[1] or wrong(count)], missed)


def _asked(arguments: list[str], word: str, usual: int) -> int:
    return int(arguments[arguments.index(f"--{word}") + 1]) if f"--{word}" in arguments else usual


def write(rows: list[str], more: list[str], failed: list[str]) -> None:
    """The page, as far as it is measured."""
    head = ["| set | every | problems | certified | share | seconds each |", "|---|---|---|---|---|---|"]
    lines = [
        "<!-- written by `python -m tests.benchmarks.certificates` -->",
        "# Certificates, measured",
        "",
        "What Coq and the auditor accept of the example sets; every n-th problem was taken. Seconds are those of the",
        f"processor, for each of {BATCH} certificates in one file: {machine()}.",
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

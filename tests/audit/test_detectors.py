"""Every detector can fail: a derivation with that very defect is caught by it, a right one by none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import pytest

from derive import solve
from derive.audit import DETECTORS, audit
from derive.audit.detectors import defects
from derive.cli import main
from derive.expressions import Expression
from derive.notation import parse
from derive.trace import Condition, Derivation, Outcome, States, Step
from tests.audit.__main__ import random_report
from tests.audit.problems import problems
from tests.examples.records import EXAMPLES, records


class Fake:
    """A derivation whose parts can be changed."""

    def __init__(self, d: Derivation, **parts: Any) -> None:
        self.problem = parts.get("problem", d.problem)
        self.steps: Sequence[Step] = parts.get("steps", d.steps)
        self.states: Sequence[Expression] = parts.get("states", d.states)
        self.result = parts.get("result", d.result)
        self.conditions = parts.get("conditions", d.conditions)
        self.outcome = Outcome("done")


def of(text: str) -> Derivation:
    return solve(text)


def found(fake: Fake) -> set[str]:
    return {defect.detector for defect in defects(fake)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["d/dx x^2*sin(3x)", "d/dx ln(abs(x))", "d/dx sqrt(x)", "gradient x^2*y", "simplify x/x"]
)
def test_a_right_derivation_has_no_defect(text: str) -> None:
    assert not list(defects(of(text)))


def test_joins() -> None:
    d = of("d/dx x^2*sin(3x)")
    assert "joins" in found(Fake(d, result=parse("x")))
    assert "joins" in found(Fake(d, states=[d.states[0], *d.states[2:], d.states[-1]]))


def test_values() -> None:
    d = of("d/dx x^2")
    step = changed(d.steps[0], after=parse("3*x"))
    states = States(d.problem, [(step.before, step.after)])
    assert "values" in found(Fake(d, steps=[step], states=states, result=parse("3*x")))


def test_no_ops_and_repeats() -> None:
    d = of("d/dx x^2")
    step = changed(d.steps[0], after=d.steps[0].before)
    fake = Fake(d, steps=[step], states=[d.problem, d.problem], result=d.problem)
    assert {"no-ops", "repeats"} <= found(fake)


def test_paths() -> None:
    d = of("d/dx x^2*sin(3x)")
    wrong = [changed(s, locate=lambda k: ((), 1)) for s in d.steps]
    assert "paths" in found(Fake(d, steps=wrong))
    many = [changed(s, locate=lambda k, s=s: (s.path, 9)) for s in d.steps]  # type: ignore[misc]
    assert "paths" in found(Fake(d, steps=many))


def test_bindings() -> None:
    d = of("d/dx x^2")
    assert "bindings" in found(Fake(d, steps=[changed(d.steps[0], bindings={"u": parse("tan(7*y)")})]))


def test_words(monkeypatch: pytest.MonkeyPatch) -> None:
    d = of("d/dx sin(3x)")
    bare = [changed(s, bindings={}) for s in d.steps]
    assert "words" in found(Fake(d, steps=bare))


def test_conditions_too_weak() -> None:
    assert "too-weak" in found(Fake(of("d/dx ln(x)"), conditions=()))


def test_conditions_too_strong() -> None:
    d = of("d/dx x^2")
    too_much = Condition((parse("x > 0"),), "domain", parse("x"))
    assert "too-strong" in found(Fake(d, conditions=(too_much,)))
    assert "too-strong" not in found(Fake(d, conditions=(changed(too_much, enough=True),)))


def test_latex(monkeypatch: pytest.MonkeyPatch) -> None:
    d = of("d/dx x^2")
    monkeypatch.setattr("derive.audit.printing.latex", lambda e: r"\frac{1")
    assert "latex" in found(Fake(d))
    monkeypatch.setattr("derive.audit.printing.latex", lambda e: "x")
    assert "latex" in found(Fake(d))


def test_every_detector_is_tried_here() -> None:
    source = Path(__file__).read_text("utf-8")
    assert all(f'"{name}"' in source for name in DETECTORS)


@pytest.mark.parametrize(
    ("name", "every"), [("textbook", 12), ("suites", 12), ("multivariable", 15), ("polynomials", 20)]
)
def test_shared_examples(name: str, every: int) -> None:
    records(name)  # skips where they are absent
    report = audit(EXAMPLES / f"{name}.jsonl", every=every)
    assert report.problems
    assert report.clean, "\n".join(report.lines())


def test_random_problems() -> None:
    report = random_report(seed=7, count=25)
    assert report.problems > 20
    assert report.clean, "\n".join(report.lines())


def test_random_problems_can_be_repeated() -> None:
    assert list(problems(3, 20)) == list(problems(3, 20))
    assert list(problems(3, 20)) != list(problems(4, 20))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`derive audit FILE` tells the counts, and its status says whether there is a defect."""
    file = tmp_path / "set.jsonl"
    file.write_text('{"problem": "d/dx x^2"}\n{"input": "sin(x)", "wrt": ["x"]}\n', "utf-8")
    assert main(["audit", str(file)]) == 0
    assert capsys.readouterr().out.startswith("set: 2 derivations")
    assert main(["audit", str(file), "--every", "2"]) == 0
    assert capsys.readouterr().out.startswith("set: 1 derivations")
    monkeypatch.setattr("derive.audit.printing.latex", lambda e: "x")
    assert main(["audit", str(file)]) == 1
    assert main(["audit", str(tmp_path / "absent.jsonl")]) == 2

"""The report: how many defects each detector found over a set of problems, and where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from derive.audit.detectors import DETECTORS, Defect, defects
from derive.engine import differentiate, gradient, hessian, jacobian, simplify, solve
from derive.errors import DeriveError, UsageError
from derive.trace import Derivation

SHOWN = 20  # defects of one detector that are listed


@dataclass
class Report:
    """Counts of one set: problems, steps, refusals, and the defects by detector."""

    name: str
    problems: int = 0
    steps: int = 0
    stuck: int = 0
    refused: list[str] = field(default_factory=list)
    found: dict[str, list[tuple[str, Defect]]] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether no detector found anything."""
        return not any(self.found.values())

    def count(self, detector: str) -> int:
        return len(self.found.get(detector, ()))

    def add(self, label: str, d: Derivation, chosen: tuple[str, ...] = ()) -> None:
        """Looks at one more derivation."""
        self.problems += 1
        self.steps += len(d.steps)
        self.stuck += d.outcome != "done"
        for defect in defects(d, chosen):
            self.found.setdefault(defect.detector, []).append((label, defect))

    def lines(self) -> Iterator[str]:
        """The report as text."""
        counts = f"{self.problems} derivations, {self.steps} steps, {self.stuck} not done, {len(self.refused)} refused"
        yield f"{self.name}: {counts}"
        for name in DETECTORS:
            yield f"  {name:10} {self.count(name)}"
            for label, defect in self.found.get(name, [])[:SHOWN]:
                where = "" if defect.step is None else f" step {defect.step + 1}"
                yield f"    {label}{where}: {defect.what}"
        for line in self.refused[:SHOWN]:
            yield f"  refused {line}"


def audit(path: str | Path, *, every: int = 1, chosen: tuple[str, ...] = ()) -> Report:
    """The report on a file of JSON Lines; a record has `problem`, or `input` (or `latex`), `wrt`, a `task`.

    every   looks at every n-th record only; chosen: at some detectors only
    """
    place = Path(path)
    report = Report(place.stem)
    for label, given in _records(place, every):
        try:
            d = _derivation(given)
        except DeriveError as error:
            report.refused.append(f"{label}: {error}")
            continue
        report.add(label, d, chosen)
    return report


def _records(path: Path, every: int) -> Iterator[tuple[str, dict[str, Any]]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    for k, line in enumerate(lines):
        if not k % every:
            record = json.loads(line)
            yield str(record.get("id", k + 1)), record


def _derivation(record: dict[str, Any]) -> Derivation:
    """The derivation that a record asks for."""
    if "problem" in record:
        return solve(record["problem"])
    given = record.get("input") or record.get("latex")
    if given is None:
        raise UsageError("the record has no input")
    task, wrt = record.get("task", record.get("kind", "diff")), record.get("wrt", [])
    if task == "simplify":
        return simplify(given)
    vectors = {"gradient": gradient, "hessian": hessian, "jacobian": jacobian}
    if task in vectors:
        return vectors[task](given, wrt)
    if isinstance(given, str) and wrt:
        return differentiate(given, *wrt)
    return solve(given)


def total(reports: Iterable[Report]) -> int:
    """How many defects there are in all."""
    return sum([len(found) for report in reports for found in report.found.values()])

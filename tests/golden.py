"""Golden derivations: `> problem`, a line a step `rule | whole expression`, `= result`, `where conditions`.

`python -m tests.golden --write` writes the files anew, for review; `--show TEXT` prints one.
"""

from __future__ import annotations

import sys
from pathlib import Path

import derive
from derive.notation import text
from derive.trace import Derivation

FOLDER = Path(__file__).parent / "derivations"


def lines(problem: str) -> list[str]:
    """The derivation of a problem as it stands in a file."""
    d = derive.solve(problem)
    found = [f"> {problem}"]
    for step, state in zip(d.steps, d.states[1:], strict=True):
        found.append(f"{step.rule} | {text(state)}")
    found.append(f"= {text(d.result)}")
    if d.outcome != "done":
        part = "" if d.outcome.part is None else f" {text(d.outcome.part)}"
        found.append(f"{d.outcome.kind} {d.outcome.reason}{part}")
    found.append(f"where {conditions(d)}")
    return found


def conditions(d: Derivation) -> str:
    """What the result needs, "nothing" where it needs nothing."""
    return "; ".join(f"{c}{' (never)' if c.never else ''}" for c in d.conditions) or "nothing"


def blocks(path: Path) -> list[list[str]]:
    """The derivations of a file, each a list of lines."""
    parts = path.read_text("utf-8").split("\n\n")
    return [block for block in (part.strip().splitlines() for part in parts) if block]


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


def written(path: Path) -> str:
    """The file as it would be written now; only its problems are read."""
    problems = [line.removeprefix("> ") for block in blocks(path) for line in block if line.startswith("> ")]
    return "\n\n".join("\n".join(lines(problem)) for problem in problems) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        for file in files():
            file.write_text(written(file), "utf-8")
    elif sys.argv[1:2] == ["--show"]:
        for problem in sys.argv[2:]:
            sys.stdout.write("\n".join(lines(problem)) + "\n\n")
    else:
        sys.exit(__doc__)

"""Runs the examples of README.md and docs/: ```python blocks, and ```console blocks as a terminal would show them."""

from __future__ import annotations

import os
import subprocess
import sys
from doctest import ELLIPSIS
from pathlib import Path

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).parent
TERMINAL = {"COLUMNS": "80", "LANG": "C.UTF-8", "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "xterm"}
TERMINAL["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"


def console(example: Example) -> str | None:
    """Every `$ derive …` line prints what stands under it; None where it does, the difference otherwise."""
    commands: list[tuple[str, list[str]]] = []
    for line in example.parsed.rstrip().splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line.rstrip())
    for command, expected in commands:
        run = subprocess.run(
            ["bash", "-c", command], cwd=ROOT, env=os.environ | TERMINAL, capture_output=True, text=True
        )
        shown = [line.rstrip() for line in (run.stdout + run.stderr).strip("\n").splitlines()]
        if shown != expected:
            return "\n".join([f"$ {command}", "prints", *shown, "and not", *expected])
    return None


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        CodeBlockParser(language="console", evaluator=console),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
).pytest()

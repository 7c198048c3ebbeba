"""Runs the examples of README.md and docs/: ```python blocks, and ```console blocks as a terminal would show them.

`python conftest.py PAGE…` writes what the commands print now into the console blocks of those pages.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from doctest import ELLIPSIS
from pathlib import Path

ROOT = Path(__file__).parent
TERMINAL = {"COLUMNS": "80", "LANG": "C.UTF-8", "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "xterm"}


def shown(command: str) -> list[str]:
    """The lines that the command prints in a terminal of 80 columns, blank ends cut; `derive` is this checkout's."""
    script = f'derive() {{ "{sys.executable}" -m derive "$@"; }}\n{command}'
    environment = os.environ | TERMINAL | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(["bash", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    return [line.rstrip() for line in (run.stdout + run.stderr).strip("\n").splitlines()]


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Each `$ command` of a console block with the lines under it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.rstrip().splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line.rstrip())
    return [(command, "\n".join(lines).strip("\n").splitlines()) for command, lines in found]


def filled(page: str) -> str:
    """The page with every console block showing what its commands print now."""

    def block(match: re.Match[str]) -> str:
        parts = ["\n".join([f"$ {command}", *shown(command)]) for command, _ in commands(match[1])]
        assert "an error of ours" not in "".join(parts), parts
        return "```console\n" + "\n\n".join(parts) + "\n```"

    return re.sub(r"```console\n(.*?)\n```", block, page, flags=re.DOTALL)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(filled(Path(name).read_text("utf-8")), "utf-8")
else:
    from sybil import Example, Sybil
    from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

    def console(example: Example) -> str | None:
        """None where every command prints what stands under it, the difference otherwise."""
        for command, expected in commands(example.parsed):
            printed = shown(command)
            if printed != expected:
                return "\n".join([f"$ {command}", "prints", *printed, "and not", *expected])
        return None

    pytest_collect_file = Sybil(
        parsers=[
            PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
            CodeBlockParser(language="console", evaluator=console),
            SkipParser(),
        ],
        patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    ).pytest()

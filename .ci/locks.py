"""Checks requirements/*.txt: hashes on every line, no registry address, and every direct dependency is locked."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def names(requirements: list[str]) -> set[str]:
    """`["lark>=1.3,<2"]  →  {"lark"}`."""
    return {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in requirements}


def problems() -> list[str]:
    """What is wrong, one line each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = {"core": [], **extras}
    found = []
    for name, extra in needed.items():
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        if re.search(r"https?://|--index-url|--extra-index-url|--find-links", text):
            found.append(f"requirements/{name}.txt holds an address")
        pins = re.findall(r"^(\S+)==\S+ .*\\\n((?:    --hash=.*\n)*)", text, re.MULTILINE)
        found += [f"requirements/{name}.txt: {pin} has no hash" for pin, hashes in pins if not hashes]
        missing = names(project["dependencies"] + extra) - names([pin for pin, _ in pins]) - {project["name"]}
        found += [
            f"requirements/{name}.txt lacks {pin}; docs/how-to/lock.md says how to lock" for pin in sorted(missing)
        ]
    return found


if __name__ == "__main__":
    sys.exit("\n".join(problems()) or 0)

"""The how-to page is enough: its pieces, put where it says, make a rule and a function that pass the tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "add-a-rule.md"


def piece(pattern: str) -> str:
    """The part of the page that the group of the pattern matches."""
    found = re.search(pattern, PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None, f"the page has no {pattern}"
    return found[1]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path} has changed: the page shows {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """A copy of the project in which somebody has followed the page."""
    for folder in ("derive", "grammar", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").touch()

    rule = piece(r"```python\nfrom .*?\n\n(INVERSE = .*?\n\))\n```")
    edit(tmp_path / "derive/rules/differentiation/products.py", "\nQUOTIENT = Rule(\n", f"\n{rule}\nQUOTIENT = Rule(\n")
    names = tmp_path / "derive/rules/differentiation/__init__.py"
    edit(names, "CONSTANT_DENOMINATOR, PRODUCT,", "CONSTANT_DENOMINATOR, INVERSE, PRODUCT,")
    order = piece(r"```text\n +(d\.CONSTANT_DENOMINATOR.*?)\n```")
    edit(tmp_path / "derive/strategy/methods.py", order.replace("d.INVERSE, ", ""), order)
    row = piece(r'```text\n(F\("gd".*?)\n```')
    edit(tmp_path / "derive/functions.py", '    F("sinh"', f'{row}\n    F("sinh"')
    edit(tmp_path / "tests/numeric/oracle.py", '    "sin":', piece(r'```text\n("gd".*?)\n```') + '\n    "sin":')
    for language in ("en", "ko"):
        messages = tmp_path / "derive/explain/messages" / f"{language}.toml"
        edit(messages, "[functions]\n", '[functions]\ngd = "Gudermannian function"\n')
        messages.write_text(messages.read_text("utf-8") + "\n" + piece(r"```toml\n(.*?)```"), "utf-8")
    return tmp_path


def test_the_how_to_is_enough(followed: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(followed), "PYTHONUTF8": "1"}

    def python(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=followed, env=environment, capture_output=True, text=True, timeout=300
        )

    tests = ("tests/rules", "tests/explain/test_messages.py", "tests/numeric/test_functions.py")
    done = python("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", "derivative.inverse or gd")
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 20  # type: ignore[index]
    shown = python("-m", "derive", "d/dx gd(1/x)", "--format", "text", "--detail", "full").stdout
    assert "Derivative of 1/x" in shown
    assert "Answer: -sech(1/x)/x^2" in shown

"""The names that users may rely on: exactly those of `__all__`, sorted, loaded when asked for, and explained."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import derive

ROOT = Path(__file__).parents[1]
HEAVY = ("lark", "flint", "rich", "typer", "sympy", "pydantic")


def test_names_are_sorted_and_said_once() -> None:
    assert list(derive.__all__) == sorted(set(derive.__all__))


@pytest.mark.parametrize("name", derive.__all__)
def test_every_name_is_there_and_has_a_docstring(name: str) -> None:
    value = getattr(derive, name)
    if inspect.isclass(value) or inspect.isroutine(value):
        assert inspect.getdoc(value), f"derive.{name} has no docstring"
        assert not name.startswith("_")


@pytest.mark.parametrize("name", [name for name in derive.__all__ if inspect.isfunction(getattr(derive, name))])
def test_every_public_function_is_typed(name: str) -> None:
    signature = inspect.signature(getattr(derive, name))
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())


def test_dir_lists_the_public_names() -> None:
    assert set(derive.__all__) <= set(dir(derive))


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = derive.no_such_name


def test_importing_derive_imports_nothing_heavy() -> None:
    code = f"import sys, derive; sys.exit(', '.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr


def test_every_error_is_one_of_ours_and_drawn_in_the_tree() -> None:
    from derive import errors

    raised = [v for v in vars(errors).values() if inspect.isclass(v) and issubclass(v, Exception)]
    for error in raised:
        assert issubclass(error, errors.DeriveError)
        assert error.__name__ in (errors.__doc__ or "")
        assert error.__name__ in derive.__all__ or error is errors.RuleError  # for authors of rules, not for callers


def test_version_is_said_once_and_for_all() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == derive.__version__

"""What tests of the page do in a browser: type a problem, wait for its answer."""

from __future__ import annotations

from typing import Any


def solve(page: Any, problem: str) -> None:
    page.fill("#problem", problem)
    page.press("#problem", "Enter")
    page.wait_for_selector("#out .answer")


def titled(page: Any, problem: str) -> bool:
    """Whether the problem has been worked out."""
    return bool(page.title() == f"{problem} – derive")

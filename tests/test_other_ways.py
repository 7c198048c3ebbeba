"""The command line and the page name the other ways of working a problem out."""

from __future__ import annotations

import pytest

import derive
from derive.cli import main


def test_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["d/dx x^x", "--alternatives", "--format", "text"]) == 0
    printed = capsys.readouterr().out
    assert "another way: by logarithms, 8 steps" in printed
    assert "another way: as a power of e, 9 steps" in printed


@pytest.mark.parametrize("format", ["text", "unicode", "latex", "markdown", "html"])
def test_every_format_names_them(format: str) -> None:
    d = derive.solve("d/dx sin(x)/x^2", alternatives=True)
    assert "다른 풀이" in d.render(format, language="ko")


@pytest.mark.parametrize(
    ("problem", "method"),
    [
        ("d/dx x^x by logarithmic differentiation", "logarithmic"),
        ("d/dx sin(x)/x^2 with negative powers", "negative-power"),
        ("d/dx x^sin(x) as a power of e", "exponential"),
        ("d/dx((x + 1)^3) by expanding first", "expand-first"),
        ("d/dx(x^3)", "rules"),
    ],
)
def test_a_problem_names_its_method(problem: str, method: str) -> None:
    assert derive.solve(problem).method == method


@pytest.mark.parametrize(
    ("problem", "others"),
    [
        ("d/dx sin(x)", []),  # no other method has anything of its own to do
        ("d/dx x^x", ["logarithmic", "exponential"]),
        ("d/dx x^x by logarithms", ["rules", "exponential"]),
        ("d/dx sin(x)/x^2 with negative powers", ["rules", "logarithmic"]),
        ("d/dx (x + 1)^3", ["expand-first", "logarithmic"]),
        ("gradient x*y", []),
    ],
)
def test_only_methods_with_something_of_their_own_the_shortest_first(problem: str, others: list[str]) -> None:
    d = derive.solve(problem, alternatives=True)
    assert [other.method for other in d.alternatives] == others
    lengths = [len(other.steps) for other in d.alternatives]
    assert lengths == sorted(lengths)


def test_a_curve_is_shown_as_its_equation() -> None:
    page = derive.solve("x^2 + y^2 = 25, dy/dx").render("text")
    assert page.startswith("x^2 + y^2 = 25")
    assert "dy/dx = -x/y" in page or "d/dx(`y`(x)) = -x/y" in page
    assert "solve(" not in page

"""The picture on the page: what is drawn and what is not, the tangent that is dragged, contours, the graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.service.browsing import solve
from tests.service.endless import wait_for

pytest.importorskip("fastapi")


def test_what_is_not_given_is_not_drawn(visit: Callable[..., Any]) -> None:
    page = visit("/?q=df/dt where f(x, y), x(t), y(t)")
    page.wait_for_selector("#graph svg")
    assert not page.locator("#drawing").is_visible()


@pytest.mark.parametrize(
    ("problem", "strokes"),
    [("d/dx floor(x)", 11), ("d/dx x^3", 1), ("d/dx abs(x)", 1), ("d/dx cbrt(x)", 1), ("d/dx sign(x)", 3)],
)
def test_a_jump_is_not_drawn_as_a_slope(visit: Callable[..., Any], problem: str, strokes: int) -> None:
    page = visit(f"/?q={problem}")
    page.wait_for_selector("#drawing svg .curve")
    assert page.get_attribute("#plot path.curve", "d").count("M") == strokes


def test_what_has_no_values_is_not_drawn(visit: Callable[..., Any]) -> None:
    page = visit()
    for problem in ("d/dx x^2", "d/dx ln(x - 10)"):
        with page.expect_response("**/v1/plot"):
            solve(page, problem)
        wait_for(lambda: page.locator("#drawing").is_visible() == (problem == "d/dx x^2"))  # noqa: B023


@pytest.mark.parametrize(
    ("problem", "reading", "has_tangent"),
    [
        ("d/dx x^2", "x = 2: function 4, slope 4", True),
        ("d^2/dx^2 x^3", "x = 2: function 8, derivative of order 2 12", False),
        ("d/dx x^2 at x = 3", "x = 3: function 9, slope 6", True),
        ("d/dx floor(x)", "x = 2: function 2", False),
        ("d/dx x^2 at x = 20", "x = 20: function 400, slope 40", True),
        ("simplify (x %2B 1)^2", "x = 2: function 9", False),
        ("d/dx(x^2) %2B 1", "x = 2: function 5", False),
    ],
)
def test_a_tangent_has_the_slope_of_what_is_drawn(
    visit: Callable[..., Any], problem: str, reading: str, has_tangent: bool
) -> None:
    page = visit(f"/?q={problem}")
    page.wait_for_selector("#drawing svg")
    assert page.inner_text("#reading") == reading
    assert page.locator("#drawing svg .tangent").first.is_visible() == has_tangent
    left = "[...document.querySelectorAll('#plot .tick.left')].every(t => t.getBBox().x >= 0)"
    assert page.evaluate(left), "no number is cut"


def test_the_tangent_is_dragged_and_moved_by_keys(visit: Callable[..., Any]) -> None:
    page = visit("/?q=d/dx x^2")
    page.wait_for_selector("#drawing svg .tangent")
    before = page.inner_text("#reading")
    page.locator("#slider").scroll_into_view_if_needed()
    box = page.locator("#plot svg.plot").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    dragged = page.inner_text("#reading")
    assert dragged != before
    assert "slope -" in dragged
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#reading") != dragged
    assert page.get_attribute("#slider", "aria-valuetext") == page.inner_text("#reading")


def test_contours_and_the_gradient(visit: Callable[..., Any]) -> None:
    page = visit("/?q=gradient x^2 %2B y^2", scheme="dark")
    page.wait_for_selector("#plot .contour")
    assert page.locator("#plot .contour").count() >= 3
    before = page.get_attribute("#plot .arrow", "d")
    page.focus("#slider")
    page.keyboard.press("ArrowUp")
    assert page.get_attribute("#plot .arrow", "d") != before
    x, y, f, p, q = page.evaluate("(document.querySelector('#reading').textContent.match(/-?[0-9.]+/g)).map(Number)")
    assert (f, p, q) == pytest.approx((x * x + y * y, 2 * x, 2 * y), rel=1e-3)


def test_what_depends_on_what(visit: Callable[..., Any]) -> None:
    page = visit("/?q=df/dt where f(x, y), x(t), y(t)")
    page.wait_for_selector("#graph svg")
    assert "f → x" in page.inner_html("#graph svg title")

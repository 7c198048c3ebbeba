"""The page in a browser: typing, steps, languages, practice, tangent, keyboard, phone and desktop, light and dark."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.service.browsing import solve, titled
from tests.service.endless import wait_for

pytest.importorskip("fastapi")
HERE = Path(__file__).parent
SHOTS = HERE.parents[1] / "build" / "screenshots"
AXE = HERE / "vendor" / "axe.min.js"


MANIFESTS = [files("derive.service") / "web" / "vendor" / "vendor.json", HERE / "vendor" / "vendor.json"]


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_what_is_vendored_is_what_was_published(manifest: Any) -> None:
    folder = Path(str(manifest)).parent
    listed = json.loads(manifest.read_text("utf-8"))
    found = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()} - {"vendor.json"}
    hashes = {f["file"]: f["sha256"] for package in listed for f in package["files"]}
    assert found == set(hashes)
    assert all(package["version"] and package["licence"] for package in listed)
    for name, expected in hashes.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected, name


def barriers(page: Any) -> list[str]:
    """What axe-core finds."""
    # evaluated by the test's own channel, which the page's policy does not reach
    page.evaluate(AXE.read_text("utf-8"))
    said = "v.id + ' ' + v.nodes.map(n => n.html.slice(0, 100))"
    return list(page.evaluate(f"axe.run().then(r => r.violations.map(v => {said}))"))


def test_type_and_read(visit: Callable[..., Any]) -> None:
    page = visit()
    page.type("#problem", "d/dx x^2*sin(3x)")
    page.wait_for_selector("#echo math")
    page.press("#problem", "Enter")
    page.wait_for_selector("#out .answer")
    titles = page.locator("#out .steps > li > h2").all_inner_texts()
    assert [t.split(" ", 1)[-1].strip() for t in titles][:3] == ["Product rule", "Power rule", "Chain rule"]
    assert page.locator("#out .changed").count() >= 3
    mark = page.locator("#out .changed").first
    assert mark.evaluate("e => getComputedStyle(e).borderBottomStyle") == "solid"
    assert mark.evaluate("e => getComputedStyle(e).color") != page.evaluate("getComputedStyle(document.body).color")
    assert page.evaluate("document.activeElement.id") == "out"
    missing = page.evaluate("[...document.querySelectorAll('math')].filter(m => !m.getAttribute('alttext')).length")
    assert missing == 0, "a screen reader has words for every formula"
    steps = page.locator("#out details").last
    assert not steps.locator("p").first.is_visible()
    steps.locator("summary").click()
    assert steps.locator("li").first.is_visible()
    steps.locator("summary").click()
    assert not steps.locator("li").first.is_visible()


def test_errors_stand_under_their_place(visit: Callable[..., Any]) -> None:
    page = visit()
    page.fill("#problem", "d/dx x + sine(x)")
    page.wait_for_selector("#echo .problem")
    first, second = page.inner_text("#echo pre").split("\n")[:2]
    assert first[second.index("^") :].startswith("sine")
    assert page.inner_text("#echo .problem p") == "'sine' is not a function known here; did you mean sin?"
    assert page.get_attribute("#problem", "aria-invalid") == "true"
    page.fill("#problem", "d/dx x + sin(x)")
    page.wait_for_selector("#echo math")
    assert page.get_attribute("#problem", "aria-invalid") is None


def test_what_is_typed_is_no_error_yet(visit: Callable[..., Any]) -> None:
    page = visit("/?lang=ko")
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text))
    page.type("#problem", "d/dx (x + ", delay=250)
    page.wait_for_selector("#echo .problem")
    assert page.inner_text("#echo .problem p") == '여기에는 수, 문자, "(" 가운데 하나가 와야 합니다.'
    page.type("#problem", "sine(x))", delay=20)
    page.locator("#echo .problem", has_text="혹시 sin 아닌가요?").wait_for()
    page.fill("#problem", "d/dx (x + sin(x))")
    page.wait_for_selector("#echo math")
    assert said == []


def test_an_error_is_told_once(visit: Callable[..., Any]) -> None:
    page = visit("/?q=d/dx x %2B sine(x)")
    page.wait_for_selector("#echo .problem")
    page.wait_for_load_state("networkidle")
    assert page.locator(".problem").count() == 1


def test_what_is_no_answer_of_ours_is_told(visit: Callable[..., Any]) -> None:
    page = visit()
    page.route("**/v1/**", lambda route: route.fulfill(status=200, body="<html>come in</html>"))
    page.fill("#problem", "d/dx x^2")
    page.press("#problem", "Enter")
    page.locator("#out .problem", has_text="the server does not answer").wait_for()


def test_language_and_detail(visit: Callable[..., Any]) -> None:
    page = visit("/?q=d/dx x^2*sin(3x)")
    page.wait_for_selector("#out .answer")
    few = page.locator("#out .steps > li").count()
    page.select_option("#detail", "full")
    page.locator("#out .steps > li").nth(few).wait_for()
    page.select_option("#language", "ko")
    page.locator("#out", has_text="곱의 미분법").wait_for()
    assert page.evaluate("document.documentElement.lang") == "ko"
    assert page.inner_text("#tab-practice") == "연습"
    assert "lang=ko" in page.url
    assert "detail=full" in page.url


def test_the_browser_goes_back(visit: Callable[..., Any]) -> None:
    page = visit()
    for problem in ("d/dx x^2", "d/dx x^3"):
        page.fill("#problem", problem)
        page.press("#problem", "Enter")
        page.wait_for_selector("#out .answer")
        wait_for(partial(titled, page, problem))
    page.select_option("#detail", "full")  # a setting is no other place
    wait_for(lambda: "detail=full" in page.url)
    page.click("#tab-practice")
    page.wait_for_selector("#exercise math")
    page.go_back()
    assert page.locator("#panel-derive").is_visible()
    page.go_back()
    wait_for(partial(titled, page, "d/dx x^2"))
    assert page.input_value("#problem") == "d/dx x^2"
    assert page.input_value("#detail") == "standard"
    page.go_back()
    wait_for(lambda: page.locator("#out > *").count() == 0)
    assert page.input_value("#problem") == ""
    page.go_forward()
    page.wait_for_selector("#out .answer")


def test_what_is_copied_is_what_is_shown(visit: Callable[..., Any]) -> None:
    page = visit("/?q=d/dx x^2")
    page.wait_for_selector("#out .answer")
    page.fill("#problem", "d/dx (((")
    page.wait_for_selector("#echo .problem")
    page.click("#copy-latex")
    page.locator("#status", has_text="copied").wait_for()
    assert "2x" in page.evaluate("navigator.clipboard.readText()")
    page.click("#others")
    page.wait_for_selector("#ways details")


def test_nothing_asked_is_nothing_shown(visit: Callable[..., Any]) -> None:
    page = visit("/?q=d/dx x^2")
    page.wait_for_selector("#drawing svg")
    page.fill("#problem", "")
    page.click("#ask button")
    wait_for(lambda: page.locator("#out > *").count() == 0)
    assert not page.locator("#tools").is_visible()
    assert not page.locator("#drawing").is_visible()
    assert page.evaluate("document.activeElement.id") == "problem"


def test_an_answer_that_comes_late_is_not_shown(visit: Callable[..., Any]) -> None:
    page = visit()
    held: list[Any] = []

    def hold(route: Any) -> None:
        if "x^9" in route.request.post_data:
            held.append(route)
        else:
            route.continue_()

    page.route("**/v1/derivations", hold)
    page.fill("#problem", "d/dx x^9")
    page.press("#problem", "Enter")
    page.wait_for_selector("#out[aria-busy]", state="attached")
    solve(page, "d/dx x^3")
    with page.expect_response(lambda r: "x^9" in (r.request.post_data or "")):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    assert page.get_attribute("#out h1 math", "alttext") == "d/dx(x^3)"
    assert page.locator("#out[aria-busy]").count() == 0


@pytest.mark.parametrize(
    "problem", ["hessian x^2*y + sin(x*y)*exp(x+y)", "d/dx x %2B " + "x^2*sin(x)*" * 12 + "sine(x)"]
)
def test_wide_lines_are_scrolled_not_the_page(visit: Callable[..., Any], problem: str) -> None:
    page = visit(f"/?q={problem}".replace("(x+y)", "(x%2By)"), width=375)
    page.wait_for_selector("#out .answer, #echo .problem")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert barriers(page) == []  # what is scrolled can be reached by keyboard
    if "sine" in problem:  # the caret is in sight
        seen = page.evaluate(
            "(() => { const p = document.querySelector('#echo pre'), n = p.textContent.indexOf('\\n');"
            " const at = p.textContent.lastIndexOf('^') - n - 1, x = at / n * p.scrollWidth - p.scrollLeft;"
            " return 0 <= x && x <= p.clientWidth && p.scrollLeft > 0 })()"
        )
        assert seen


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("gradient x*y", "gradient of"), ("tangent to x^2 at x = 1", "tangent to x^2 at x = 1"),
        ("x^2 %2B y^2 = 1, dy/dx", ", dy/dx"), ("d/dx x^2 by definition", "read as"),
    ],
)  # fmt: skip
def test_what_is_to_be_done_is_part_of_how_a_problem_is_read(
    visit: Callable[..., Any], problem: str, said: str
) -> None:
    page = visit(f"/?q={problem}")
    page.wait_for_selector("#echo p")
    assert said in page.inner_text("#echo p")
    assert page.locator("#echo .problem").count() == 0
    assert "implicit" not in page.inner_text("#echo")


def test_copy_and_share(visit: Callable[..., Any]) -> None:
    page = visit("/?q=d/dx x^2*sin(3x)")
    page.wait_for_selector("#out .answer")
    clip = "navigator.clipboard.readText()"
    copied = page.locator("#status", has_text="copied")
    for button, expected in (("latex", "\\frac{d}{dx}"), ("markdown", "Product rule"), ("json", '"schema_version"')):
        page.evaluate("document.querySelector('#status').textContent = ''")
        page.click(f"#copy-{button}")
        copied.wait_for()
        assert expected in page.evaluate(clip), button
    page.evaluate("document.querySelector('#status').textContent = ''")
    page.click("#share")
    copied.wait_for()
    other = visit(page.evaluate(clip).removeprefix(page.evaluate("location.origin")))
    other.wait_for_selector("#out .answer")
    assert other.inner_text("#out .answer") == page.inner_text("#out .answer")


def test_other_ways(visit: Callable[..., Any]) -> None:
    page = visit("/?q=d/dx x^2*sin(3x)")
    page.wait_for_selector("#out .answer")
    page.click("#others")
    page.wait_for_selector("#ways details, #status:has-text('no other')")
    assert page.locator("#ways details").count() >= 1
    page.locator("#ways summary").first.click()
    assert page.locator("#ways .answer").first.is_visible()


def test_practice(visit: Callable[..., Any]) -> None:
    page = visit()
    page.click("#tab-practice")
    page.wait_for_selector("#exercise math")  # there is one at once
    page.select_option("#topic", "power-rule")
    page.click("#choose button")
    page.wait_for_selector("#exercise math")
    page.fill("#answer", "x + 12345")
    page.press("#answer", "Enter")
    page.wait_for_selector("#verdict .wrong")
    page.type("#answer", "6")
    assert page.inner_text("#verdict") == "", "the verdict was about another answer"
    page.click("#hint")
    page.wait_for_selector("#hints li")
    page.click("#hint")
    assert page.locator("#hints li").count() == 2
    problem = page.get_attribute("#exercise math", "alttext")
    right = page.evaluate(
        "p => fetch('/v1/derivations', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify({problem: p})}).then(r => r.json()).then(d => d.result.text)", problem,
    )  # fmt: skip
    page.fill("#answer", right)
    page.press("#answer", "Enter")
    page.wait_for_selector("#verdict .right")
    page.reload()
    page.wait_for_selector("#exercise math")
    page.click("#solution")
    page.wait_for_selector("#worked .answer")
    assert barriers(page) == []


def test_by_keyboard_alone(visit: Callable[..., Any]) -> None:
    page = visit()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "problem":
            break
    page.keyboard.type("d/dx sin(3x)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#out .answer")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.locator("#out details[open]").count() == 1
    page.focus("#tab-derive")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-practice"
    assert page.locator("#panel-practice").is_visible()


def test_the_formula_editor(visit: Callable[..., Any]) -> None:
    page = visit("/editor")
    page.wait_for_selector("#echo math")
    page.click("#edit button")
    page.wait_for_selector("#out .answer")
    assert "frac" in page.input_value("#problem")


LOOKS = [
    ("derivation", "/?q=d/dx x^2*sin(3x)", "#drawing svg"),
    ("gradient", "/?q=gradient x^2*y %2B sin(x*y)", "#plot .contour"),
    ("chain", "/?q=df/dt where f(x, y), x(t), y(t)", "#graph svg"),
    ("error", "/?q=d/dx x %2B sine(x)", "#echo .problem"),
    ("editor", "/editor", "#echo math"),
    ("docs", "/docs", "table"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "language"), [(375, "ko-KR"), (1200, "en-US")])
def test_every_page_is_free_of_barriers(visit: Callable[..., Any], width: int, language: str, scheme: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name, path, there in LOOKS:
        page = visit(path, width=width, scheme=scheme, language=language)
        page.wait_for_selector(there)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert barriers(page) == [], name

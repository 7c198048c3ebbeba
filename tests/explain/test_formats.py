"""Every format shows every derivation, at every detail, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from itertools import product
from xml.etree import ElementTree as ET

import math_core
import pytest

import derive
from derive.engine import derivation
from derive.errors import UsageError
from derive.explain import FORMATS, render
from derive.explain.catalog import LANGUAGES
from derive.explain.outlining import DETAILS
from derive.explain.page import Page
from derive.explain.render_html import body
from derive.explain.terminal import show
from derive.expressions import Derivative as DerivativeNode
from derive.expressions import Expression, call, make, natural, product_of, sum_of, symbol
from derive.notation.block import columns
from derive.strategy import RULES
from derive.trace import Derivation
from tests.explain.derivations import PROBLEMS, worked

WAYS = list(product(DETAILS, LANGUAGES))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_format_at_every_detail_in_every_language(problem: str, format: str) -> None:
    for detail, language in WAYS:
        shown = render(worked(problem), format, detail=detail, language=language)
        assert shown.strip()
        assert "′`" not in shown, "a prime of the book stands as it is kept"


def test_the_plain_page() -> None:
    assert render(worked("d/dx(x^2*sin(3*x))")) == (
        "d/dx(x^2*sin(3*x))\n"
        "\n"
        "1. Product rule: (u*v)' = u'*v + u*v' with u = x^2, v = sin(3*x)\n"
        "   = d/dx(x^2)*sin(3*x) + x^2*d/dx(sin(3*x))\n"
        "\n"
        "2. Power rule: bring the exponent 2 down and lower it by one\n"
        "   = 2*x*sin(3*x) + x^2*d/dx(sin(3*x))\n"
        "\n"
        "3. Chain rule: outer function sin(w), inner function w = 3*x; d/dw(sin(w)) = cos(w)\n"
        "   = 2*x*sin(3*x) + x^2*cos(3*x)*d/dx(3*x)\n"
        "\n"
        "4. Constant multiple: d/dx(3*x) = 3\n"
        "   = 2*x*sin(3*x) + x^2*cos(3*x)*3\n"
        "\n"
        "5. Tidy: numbers are multiplied and go first\n"
        "   = 2*x*sin(3*x) + 3*x^2*cos(3*x)\n"
        "\n"
        "Answer: 2*x*sin(3*x) + 3*x^2*cos(3*x)\n"
        "  for every real x\n"
        "  checked at 12 points to 37 digits, against the series of the input\n"
    )


def test_what_could_not_be_worked_out_is_said() -> None:
    shown = render(worked("d/dx(x^2*polygamma(x, 2))"))
    assert "What could be worked out: " in shown
    assert "no rule of the book fits d/dx(polygamma(x, 2))" in shown


def test_an_empty_domain_is_said() -> None:
    d = worked("d/dx(atanh(sqrt(x^2 + 2)))")
    assert "defined nowhere over the reals" in render(d)
    assert "실수 범위에서 정의되는 곳이 없다" in render(d, language="ko")


def test_how_the_input_was_read_is_said() -> None:
    assert "1/2x was read as 1/2*x, not as 1/(2*x)" in render(derive.solve("d/dx 1/2x"))


@pytest.mark.parametrize("problem", PROBLEMS)
def test_screen_lines_fit(problem: str) -> None:
    for language in LANGUAGES:
        for line in render(worked(problem), "unicode", language=language).splitlines():
            assert columns(line) <= 80, line


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("format", ["latex", "markdown"])
def test_mathematics_compiles(problem: str, format: str) -> None:
    compiler = math_core.LatexToMathML()
    for detail, language in WAYS:
        shown = render(worked(problem), format, detail=detail, language=language)
        between = r"\\\[(.+?)\\\]" if format == "latex" else r"\$\$(.+?)\$\$"
        formulas = re.findall(between, shown, re.DOTALL)
        within = re.sub(between, "", shown, flags=re.DOTALL)
        formulas += re.findall(r"(?<!\\)\$(.+?)(?<!\\)\$", within)
        assert formulas
        for formula in formulas:
            assert compiler.convert_with_local_state(formula.strip(), displaystyle=False)
        words = re.sub(r"(?<!\\)\$.+?(?<!\\)\$", "", within)
        if format == "latex":
            assert not re.search(r"(?<!\\)[&#_^~<>]|(?<![\\%])%(?!.*usepackage)", words), words


VOID = {"meta", "br", "hr", "link", "img"}


class Balanced(HTMLParser):
    """Checks that every tag is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert name not in ("src", "href", "srcset"), "nothing is loaded"
            assert "http" not in (value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("problem", PROBLEMS)
def test_html_is_well_formed_and_loads_nothing(problem: str) -> None:
    for detail, language in WAYS:
        shown = render(worked(problem), "html", detail=detail, language=language)
        checker = Balanced()
        checker.feed(shown)
        checker.close()
        assert not checker.open
        assert f'<html lang="{language}">' in shown
        assert "http:" not in shown
        assert "https:" not in shown
        assert "script" not in checker.seen
        ET.fromstring("".join(body(Page(worked(problem), detail, language))).replace("&nbsp;", "&#160;"))


def test_html_marks_what_changed() -> None:
    assert 'class="changed"' in render(worked("d/dx(x^2*sin(3*x))"), "html")


def test_html_escapes_names() -> None:
    x = symbol("<script>alert(1)</script>")
    d = derivation("differentiate", make(DerivativeNode, (call("sin", x), x, natural(1)), False), RULES)
    for format in ("html", "markdown"):
        assert "<script>" not in render(d, format)


def test_the_terminal_marks_and_colours() -> None:
    from rich.console import Console

    seen = StringIO()
    console = Console(
        file=seen, force_terminal=True, width=60, color_system="standard", no_color=False, highlight=False
    )
    show(worked("d/dx(x^2*sin(3*x))"), console=console)
    text = seen.getvalue()
    assert "\x1b[1;4;35m2x\x1b[0m" in text
    for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines():
        assert columns(line.rstrip()) <= 60


def test_a_pipe_gets_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    show(worked("d/dx(x^2*sin(3*x))"), language="ko")
    text = capsys.readouterr().out
    assert "곱의 미분법" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"format": "papyrus"}, "text, unicode"),
        ({"detail": "chatty"}, "answer, brief"),
        ({"language": "tlh"}, "en, ko"),
    ],
)
def test_misuse(options: dict[str, str], expected: str) -> None:
    with pytest.raises(UsageError, match=expected):
        render(worked("d/dx(5)"), **options)  # type: ignore[arg-type]


def deep(n: int) -> Expression:
    e = symbol("x")
    for _ in range(n):
        e = call("sin", e)
    return make(DerivativeNode, (e, symbol("x"), natural(1)), False)


@cache
def huge(problem: Callable[[int], Expression]) -> Derivation:
    return derivation("differentiate", problem(3_000), RULES)


def wide(n: int) -> Expression:
    x = symbol("x")
    e = sum_of([product_of([natural(i + 2), x]) for i in range(n)])
    return make(DerivativeNode, (e, x, natural(1)), False)


@pytest.mark.parametrize("format", ["text", "unicode", "latex", "markdown", "html"])
@pytest.mark.parametrize("problem", [deep, wide])
def test_huge_formulas_are_cut_with_a_word(problem: Callable[[int], Expression], format: str) -> None:
    shown = render(huge(problem), format)
    assert len(shown) < 300_000
    assert "a formula of more than" in shown

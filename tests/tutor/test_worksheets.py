"""Worksheets are what they say: LaTeX whose formulas compile, HTML that is balanced, Markdown with every exercise."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from math_core import LatexToMathML

from derive.explain.catalog import LANGUAGES
from derive.tutor import practice, worksheet

TOPICS = ("chain-rule", "jacobian", "implicit", "tangent", "higher-order")
VOID = frozenset(("meta", "br", "hr", "img", "link", "input"))


class Balance(HTMLParser):
    """The tags that are open, and whether one was closed that was not."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_compile_and_markup_is_balanced(topic: str, language: str) -> None:
    found = practice(topic, 2, 1, 2, distractors=0)
    converter = LatexToMathML()
    for source in (
        worksheet(found, "latex", solutions="answers", language=language),
        worksheet(found, "markdown", solutions="answers", language=language),
    ):
        formulas = re.findall(r"\$([^$]+)\$", source)
        assert len(formulas) == 2 * len(found)
        for formula in formulas:
            assert converter.convert_with_local_state(formula, displaystyle=True).startswith("<math")
    page = worksheet(found, "html", solutions="steps", language=language)
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert page.count("<!doctype html>") == 1
    assert f'lang="{language}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_with_steps_is_one_latex_document(language: str) -> None:
    source = worksheet(practice("product-rule", 2, 1, 1, distractors=0), "latex", solutions="steps", language=language)
    for part in (r"\documentclass", r"\begin{document}", r"\end{document}"):
        assert source.count(part) == 1
    for environment in re.findall(r"\\begin\{(\w+\*?)\}", source):
        assert source.count(rf"\begin{{{environment}}}") == source.count(rf"\end{{{environment}}}")
    assert ("kotex" in source) == (language == "ko")

"""Every rule of differentiation has a lemma of the support library, or a reason why it has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import derive.certify
from derive.certify import worksheet_checked
from derive.certify.checking import refusals_of
from derive.certify.rulebook import lemmas, reason
from derive.certify.terms import FUNCTIONS
from derive.rules import registry
from tests.certify.instances import END, PAGE, START, UNPROVED, listed, whole, written
from tests.certify.test_certificates import ALL, coq

LIBRARY = Path(derive.certify.__file__).parent / "coq"
PROVED = set(re.findall(r"^Lemma (\w+)", "".join(f.read_text("utf-8") for f in LIBRARY.glob("*.v")), re.MULTILINE))


@pytest.mark.parametrize("rule", [r for r in registry() if r.startswith("derivative.")])
def test_each_rule_is_proved_or_says_why_not(rule: str) -> None:
    found = lemmas(rule)
    assert bool(found) != bool(reason(rule))
    assert set(found) <= PROVED


@pytest.mark.parametrize("name", FUNCTIONS.values())
def test_each_function_has_its_derivative(name: str) -> None:
    assert f"der_{name}" in PROVED


def test_the_page_lists_the_rules_without_a_proof() -> None:
    """`python -m tests.certify.instances --write` brings it up to date."""
    assert f"{START}{listed()}{END}" in PAGE.read_text("utf-8")


@coq
@pytest.mark.skipif(not ALL, reason="five minutes")
def test_coq_accepts_every_example_but_those_that_are_named() -> None:
    refused = set()
    tried = list(written())
    for start in range(0, len(tried), 40):
        part = tried[start : start + 40]
        found, _ = refusals_of([c for _, _, c in part], 600)
        refused |= {before for (_, before, _), (steps, others) in zip(part, found, strict=True) if steps or others}
    assert refused == set(UNPROVED)


@coq
@pytest.mark.skipif(not ALL, reason="a minute")
def test_derivations_by_every_method_are_certified() -> None:
    found = worksheet_checked(list(whole()))
    assert found.state == "certified", found.reason


def test_nothing_is_taken_for_granted() -> None:
    for file in LIBRARY.glob("*.v"):
        assert not re.search(r"\b(Axiom|Admitted|Parameter|admit|Conjecture)\b", file.read_text("utf-8"))

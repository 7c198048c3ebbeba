"""Every rule of differentiation has a lemma of the support library, or a reason why it has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import derive.certify
from derive.certify.rulebook import lemmas, reason
from derive.certify.terms import FUNCTIONS
from derive.rules import registry

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


def test_nothing_is_taken_for_granted() -> None:
    for file in LIBRARY.glob("*.v"):
        assert not re.search(r"\b(Axiom|Admitted|Parameter|admit|Conjecture)\b", file.read_text("utf-8"))

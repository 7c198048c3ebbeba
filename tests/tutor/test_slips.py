"""Every slip: its examples hold, it is wrong, it has words in every language."""

from __future__ import annotations

import pytest

from derive.explain.catalog import LANGUAGES, has, message
from derive.notation import parse
from derive.numeric import compare
from derive.rules import Facts, Match, registry, right_side
from derive.rules.pattern import matcher
from derive.rules.slips import SLIPS, Slip

ALL = [pytest.param(slip, id=slip.id) for slip in SLIPS]


def made(slip: Slip, text: str) -> object:
    """What the slip makes of an expression, or None."""
    e = parse(text)
    if slip.kind not in ("", e.kind):
        return None
    match = Match(e, Facts())
    found = right_side(slip.rhs, match) if matcher(slip.lhs)(e, match) else None  # type: ignore[arg-type]
    return found[0] if isinstance(found, tuple) else found


@pytest.mark.parametrize("slip", ALL)
def test_examples_hold_and_are_wrong(slip: Slip) -> None:
    assert any(wrong is not None for _, wrong in slip.examples)
    assert any(wrong is None for _, wrong in slip.examples)
    for before, wrong in slip.examples:
        found = made(slip, before)
        if wrong is None:
            assert found is None, f"{before} became {found}"
        else:
            assert found == parse(wrong)
            assert compare(parse(before), parse(wrong)).verdict == "different"


@pytest.mark.parametrize("slip", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words(slip: Slip, language: str) -> None:
    slots = {"before": parse("x"), "wrong": parse("y")}
    for about in ("wrong", "advice"):
        assert has(language, f"slip.{slip.id}", about)
        assert message(language, f"slip.{slip.id}", about, slots)


def test_ids_are_not_those_of_mistakes() -> None:
    mistakes = {m.id for rule in registry().values() for m in rule.mistakes}
    ids = [slip.id for slip in SLIPS]
    assert len(set(ids)) == len(ids)
    assert not mistakes & set(ids)

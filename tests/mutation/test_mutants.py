"""A sample of the rulebook is mutated: no mutant is missed; the whole is `python -m tests.mutation`."""

from __future__ import annotations

import pytest

from derive.notation import parse
from derive.rules import Facts, Rule, apply, registry
from tests.mutation.__main__ import judged, mutants
from tests.mutation.mutants import SLIPS, slipped

TAUGHT = [
    "derivative.power", "derivative.product", "derivative.quotient", "derivative.sum", "derivative.constant-multiple",
    "derivative.chain-sin", "derivative.chain-ln", "derivative.chain-power", "derivative.exponential",
    "product.like-bases", "sum.like-terms",
]  # fmt: skip


@pytest.mark.parametrize("id", TAUGHT)
def test_every_mutant_of_a_rule_is_caught_or_does_no_harm(id: str) -> None:
    missed = [str(m) for m in mutants(registry()[id]) if not judged(m)]
    assert not missed


@pytest.mark.parametrize("id", ["derivative.product", "derivative.quotient", "derivative.chain-sin"])
def test_the_slips_of_a_calculus_rule_have_another_value(id: str) -> None:
    rule = registry()[id]
    caught = [judged(m) for m in mutants(rule) if m.slip in SLIPS]
    assert len(caught) >= 5
    assert caught.count("judge") >= len(caught) - 1


def test_a_rule_that_is_not_changed_is_not_caught() -> None:
    """The harness can say no: what does the same as the rule is neither judged nor written differently."""
    rule: Rule = registry()["derivative.product"]
    found = apply(rule, parse("d/dx(x*sin(x))"), Facts())
    assert found is not None
    mutant = next(slipped(rule, found[0]))
    same = type(mutant)(rule, mutant.slip, mutant.place, rule)
    assert judged(same) == ""

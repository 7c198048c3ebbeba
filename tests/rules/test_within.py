"""What a rule says it needs to stand in an expression stands wherever it applies: nothing is passed over."""

from __future__ import annotations

from derive.expressions import Expression
from derive.notation import parse
from derive.rules import Facts, Rule, apply, registry
from derive.rules.factors import are_unlike, split_coefficient
from derive.rules.facts import MARKS

EXAMPLES: list[Expression] = [parse(before) for rule in registry().values() for before, _ in rule.examples]
CHOOSY: list[Rule] = [rule for rule in registry().values() if rule.within]


def test_a_rule_applies_nowhere_without_what_it_needs() -> None:
    facts = Facts()
    tried = 0
    for rule in CHOOSY:
        needed = sum([MARKS[name] for name in rule.within])
        for e in EXAMPLES:
            if apply(rule, e, facts) is not None:
                tried += 1
                assert facts.names(e) & needed, f"{rule.id} applies to {e}"
    assert tried > len(CHOOSY)


def test_the_names_are_those_that_stand_anywhere_inside() -> None:
    facts = Facts()
    for source, names in (("2^x*sin(3*t)", "^ sin"), ("e^2 + g(abs(x))", "e abs"), ("x^3/7 - y", ""), ("e^x", "e ^")):
        assert facts.names(parse(source)) == sum([MARKS[name] for name in names.split()])


def test_unlike_terms_have_different_bodies() -> None:
    facts = Facts()
    for e in EXAMPLES:
        if e.kind == "sum" and are_unlike(e.arguments):
            bodies = [facts.representative(split_coefficient(t)[1]) for t in e.arguments]
            assert len(set(bodies)) == len(bodies), str(e)

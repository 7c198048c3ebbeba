"""The rulebook: rules as values, the patterns they are written in, the conditions they need."""

from derive.rules.apply import apply, assumptions, matched, right_side
from derive.rules.conditions import domain, own_domain, status
from derive.rules.facts import Facts
from derive.rules.model import Binding, Bindings, Given, Match, Mistake, Rule, Weight
from derive.rules.registry import mistakes, registry

__all__ = [
    "Binding", "Bindings", "Facts", "Given", "Match", "Mistake", "Rule", "Weight", "apply", "assumptions", "domain",
    "matched", "mistakes", "own_domain", "registry", "right_side", "status",
]  # fmt: skip

"""The rulebook: rules as values, the patterns they are written in, the conditions they need."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from derive.rules.apply import apply, assumptions, matched, right_side
from derive.rules.conditions import domain, own_domain, status
from derive.rules.facts import Facts
from derive.rules.model import Binding, Bindings, Given, Match, Mistake, Rule, Weight

if TYPE_CHECKING:
    from derive.rules.book import mistakes, registry

__all__ = [
    "Binding", "Bindings", "Facts", "Given", "Match", "Mistake", "Rule", "Weight", "apply", "assumptions", "domain",
    "matched", "mistakes", "own_domain", "registry", "right_side", "status",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in ("mistakes", "registry"):  # the whole book is opened only when it is asked for
        return getattr(import_module("derive.rules.book"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

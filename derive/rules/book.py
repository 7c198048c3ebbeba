"""Every rule of the book, by its id."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from derive.errors import RuleError
from derive.rules import (
    absolute, adjoints, arcs, arithmetic, chains, closed_forms, collected, conjugates, cube_roots, curves,
    definition, difference_algebra,
    difference_exponentials, difference_powers, difference_roots, difference_structure,
    difference_trigonometry, differentiation, equations, expand, exponentials, extremes, fields, fractions,
    implicit, integrals, known_limits, leibniz, limit_laws, logarithm_bases, logarithmic, logarithms, matrices,
    multiples, multivariable, nth_linear, number_roots, one_sided, perfect_squares, polynomial_expanding,
    polynomial_factoring, powers, products, radicals, rational_fractions, rational_identities, real_roots,
    rewriting, shared_exponents, slopes_at, summations, sums, taylor, trigonometric_angles,
    trigonometric_doubles, trigonometric_sums, trigonometric_values, trigonometry, unbounded,
)  # fmt: skip
from derive.rules import nests
from derive.rules.model import Mistake, Rule
from derive.rules.table import TABLE, TWO_ARGUMENTS

_MODULES = (
    differentiation.sums, differentiation.constant_parts, differentiation.products, differentiation.powers,
    differentiation.functions, collected,
    differentiation.orders, differentiation.integrals, differentiation.summations, sums, products, powers, arithmetic,
    expand, fractions, multiples, integrals, summations,
    rational_fractions, rational_identities, polynomial_factoring, polynomial_expanding,
    trigonometry, trigonometric_sums, trigonometric_angles, trigonometric_doubles,
    trigonometric_values, arcs, conjugates, cube_roots,
    nests, radicals, number_roots, perfect_squares, exponentials, shared_exponents, logarithms, logarithm_bases,
    absolute, extremes, real_roots, slopes_at, matrices, multivariable,
    fields, chains,
    adjoints, curves, taylor, equations, implicit, logarithmic, rewriting, nth_linear, closed_forms, leibniz,
    definition, difference_algebra, difference_structure, difference_powers, difference_roots,
    difference_trigonometry, difference_exponentials, limit_laws, known_limits, one_sided, unbounded,
)  # fmt: skip


@cache
def registry() -> MappingProxyType[str, Rule]:
    """All rules in the order of the book; RuleError when an id, or the id of a mistake, stands twice."""
    book: dict[str, Rule] = {}
    seen: set[str] = set()
    for rule in [r for module in _MODULES for r in vars(module).values() if isinstance(r, Rule)] + [
        *TABLE,
        *TWO_ARGUMENTS,
    ]:
        if rule.id in book:
            raise RuleError(f"two rules are called {rule.id}")
        book[rule.id] = rule
        for mistake in rule.mistakes:
            if mistake.id in seen:
                raise RuleError(f"two mistakes are called {mistake.id}")
            seen.add(mistake.id)
    return MappingProxyType(book)


@cache
def mistakes() -> MappingProxyType[str, tuple[Rule, Mistake]]:
    """Every mistake with its rule, by the mistake's id."""
    return MappingProxyType({m.id: (rule, m) for rule in registry().values() for m in rule.mistakes})

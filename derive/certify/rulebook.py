"""Which lemma of the support library proves which rule of differentiation, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping

from derive.certify.terms import FUNCTIONS

LEMMAS: Mapping[str, tuple[str, ...]] = {
    "derivative.constant": ("by_constant",),
    "derivative.variable": ("by_variable",),
    "derivative.constant-terms": ("by_sum", "by_constant"),
    "derivative.sum": ("by_sum", "by_difference"),
    "derivative.negation": ("by_negation",),
    "derivative.linear": ("by_multiple", "by_variable"),
    "derivative.constant-multiple": ("by_multiple", "by_multiple_right"),
    "derivative.constant-part": ("by_multiple", "by_denominator"),
    "derivative.product": ("by_product",),
    "derivative.product-several": ("by_product",),
    "derivative.product-wide": ("by_product",),
    "derivative.collected": ("by_sum", "by_difference", "by_product", "by_multiple", "by_power", "by_chain"),
    "derivative.constant-denominator": ("by_denominator",),
    "derivative.reciprocal": ("by_reciprocal",),
    "derivative.quotient": ("by_quotient",),
    "derivative.power": ("by_power", "by_inverse_power", "by_real_power"),
    "derivative.power-parameter": ("by_real_power",),
    "derivative.chain-power": ("by_power", "by_inverse_power", "by_real_power"),
    "derivative.chain-power-parameter": ("by_real_power",),
    "derivative.natural-exponential": ("der_exp",),
    "derivative.chain-natural-exponential": ("by_chain", "der_exp"),
    "derivative.exponential": ("by_base",),
    "derivative.chain-exponential": ("by_base",),
    "derivative.general-power": ("by_general_power",),
    "derivative.root": ("by_real_power",),
    "derivative.root-as-power": ("by_real_power",),
    "derivative.cbrt": ("by_real_power",),
    "derivative.chain-cbrt": ("by_real_power",),
    "derivative.minimum": ("by_below",),
    "derivative.maximum": ("by_below",),
    "derivative.piecewise": ("by_below", "by_unlike"),
    "derivative.extreme-known": ("by_below",),
    "derivative.mod": ("by_difference", "by_multiple", "by_chain", "der_Rfloor"),
    "derivative.chain-mod-first": ("by_difference", "by_multiple", "by_chain", "der_Rfloor"),
    "derivative.chain-mod-second": ("by_difference", "by_product", "by_chain", "der_Rfloor"),
    "derivative.chain-mod-both": ("by_difference", "by_product", "by_chain", "der_Rfloor"),
    "derivative.fundamental-theorem": ("by_integral",),
    "derivative.chain-integral": ("by_integral",),
    "derivative.lower-limit": ("by_integral",),
    "derivative.both-limits": ("by_integral",),
    "derivative.log": ("der_ln", "by_denominator"),
    "derivative.chain-log-first": ("by_chain", "der_ln", "by_denominator"),
    "derivative.chain-log-second": ("by_reciprocal", "by_chain", "der_ln"),
    "derivative.chain-log-both": ("by_quotient", "by_chain", "der_ln"),
}
"""Rules about the structure of a term; those about a function of the table follow from its name."""

REASONS: Mapping[str, str] = {
    "abstract": "an abstract function has no term",
    "chain-abstract": "an abstract function has no term",
    "chain-several": "an abstract function has no term",
    "extreme-nested": "both sides are the same term",
    "higher-order": "both sides are the same term",
    "mixed": "both sides are the same term",
    "running-letter": "a letter would be bound in one place and free in another",
    "under-integral": "a derivative under an integral has no lemma",
    "leibniz": "a derivative under an integral has no lemma",
    "written-out-sum": "sums have no term",
    "constant-first-term": "sums have no term",
    "sum-over-index": "sums have no term",
    "at-point": "values at a point have no statement",
    "matrix": "matrices are proved entry by entry",
    "lambertw": "Coq's libraries lack it",
    "gamma": "Coq's libraries lack it",
    "digamma": "Coq's libraries lack it",
    "polygamma": "Coq's libraries lack it",
    "factorial": "Coq's libraries lack it",
    "atan2": "Coq's libraries lack it",
}
"""What a rule's name begins with, after derivative. and chain- → why there is no lemma."""


def lemmas(rule: str) -> tuple[str, ...]:
    """The lemmas that prove a rule of differentiation: "derivative.chain-sin"  →  ("by_chain", "der_sin")."""
    if rule in LEMMAS:
        return LEMMAS[rule]
    name = rule.removeprefix("derivative.")
    inner = name.removeprefix("chain-")
    if inner in FUNCTIONS:
        return ("by_chain", f"der_{FUNCTIONS[inner]}") if inner != name else (f"der_{FUNCTIONS[inner]}",)
    return ()


def reason(rule: str) -> str:
    """Why a rule of differentiation has no lemma; "" where nothing is said."""
    name = rule.removeprefix("derivative.")
    for start in (name, name.removeprefix("chain-"), *_starts(name.removeprefix("chain-"))):
        if start in REASONS:
            return REASONS[start]
    return ""


def _starts(name: str) -> list[str]:
    words = name.split("-")
    return ["-".join(words[:k]) for k in range(len(words) - 1, 0, -1)]

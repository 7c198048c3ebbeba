"""Mutants that do what the rule does, each with the reason: by "rule: slip", or by the slip for all rules."""

_COS = "fails at no rational point; where cos is 0 neither tan or sec nor their derivatives have a value"
_SMOOTH = (
    "a sum, a product, a sign and a function that is not known ask nothing beyond their parts: no relation is made"
)
_SCHWARZ = (
    "a relation between the derivatives of an unknown function; the judge's functions are smooth, and meet it anyway"
)
_KEPT = "factors are written, none is cancelled: what stood below a line still does, and no relation is made"

EXPLAINED: dict[str, str] = {
    **{f"derivative.{name}: not assumed: cos(?x) != 0": _COS for name in ("tan", "sec")},
    **{f"derivative.chain-{name}: not assumed: cos(?u) != 0": _COS for name in ("tan", "sec")},
    **{f"edge.{name}: nothing assumed": _SMOOTH for name in ("sum", "negation", "product", "abstract")},
    "hessian.definition: nothing assumed": _SCHWARZ,
    "polynomial.factor: nothing assumed": _KEPT,
}

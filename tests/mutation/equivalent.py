"""Mutants that do what the rule does, each with the reason: by "rule: slip", or by the slip for all rules."""

_COS = "fails at no rational point; where cos is 0 neither tan or sec nor their derivatives have a value"

EXPLAINED: dict[str, str] = {
    **{f"derivative.{name}: not assumed: cos(?x) != 0": _COS for name in ("tan", "sec")},
    **{f"derivative.chain-{name}: not assumed: cos(?u) != 0": _COS for name in ("tan", "sec")},
}

"""Mutants that do what the rule does, each with the reason: by "rule: slip", or by the slip for all rules."""

EXPLAINED: dict[str, str] = {}

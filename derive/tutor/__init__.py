"""The tutor: what is right and wrong in what somebody claims, and what comes next. Stateless: all is in the call."""

from derive.tutor.chain_claims import ChainCheck, check_chain
from derive.tutor.check import check
from derive.tutor.hints import Hint, hints
from derive.tutor.lines import diagnose
from derive.tutor.nexts import allfirsts, apply, onefirst, ready, stepsremaining
from derive.tutor.practice import Exercise, practice
from derive.tutor.practice.worksheet import worksheet
from derive.tutor.verdicts import Verdict

__all__ = [
    "ChainCheck", "Exercise", "Hint", "Verdict", "allfirsts", "apply", "check", "check_chain", "diagnose", "hints",
    "onefirst", "practice", "ready", "stepsremaining", "worksheet",
]  # fmt: skip

"""The tutor: what is right and wrong in what somebody claims, and what comes next. Stateless: all is in the call."""

from derive.tutor.chain_claims import ChainCheck, check_chain
from derive.tutor.check import check
from derive.tutor.lines import diagnose
from derive.tutor.nexts import allfirsts, apply, onefirst, ready, stepsremaining
from derive.tutor.verdicts import Verdict

__all__ = [
    "ChainCheck", "Verdict", "allfirsts", "apply", "check", "check_chain", "diagnose", "onefirst", "ready",
    "stepsremaining",
]  # fmt: skip

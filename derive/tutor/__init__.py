"""The tutor: what is right and wrong in what somebody claims."""

from derive.tutor.chain_claims import ChainCheck, check_chain

__all__ = ["ChainCheck", "check_chain"]

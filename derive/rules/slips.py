"""Every slip, in the order in which they are tried: those at operators, then those of algebra."""

from __future__ import annotations

from derive.rules.algebra_slips import ALGEBRA_SLIPS
from derive.rules.derivative_slips import DERIVATIVE_SLIPS
from derive.rules.slip import Slip

__all__ = ["ALGEBRA_SLIPS", "DERIVATIVE_SLIPS", "SLIPS", "Slip"]

SLIPS = (*DERIVATIVE_SLIPS, *ALGEBRA_SLIPS)

"""Every slip, in the order in which they are tried: those at operators, those of algebra, then what was left out."""

from __future__ import annotations

from derive.rules.algebra_slips import ALGEBRA_SLIPS
from derive.rules.derivative_slips import DERIVATIVE_SLIPS, LEFT_OUT_SLIPS
from derive.rules.slip import Slip

__all__ = ["ALGEBRA_SLIPS", "DERIVATIVE_SLIPS", "LEFT_OUT_SLIPS", "SLIPS", "Slip"]

SLIPS = (*DERIVATIVE_SLIPS, *ALGEBRA_SLIPS, *LEFT_OUT_SLIPS)

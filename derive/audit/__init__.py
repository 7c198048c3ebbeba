"""The audit: every derivation of a set is looked at by detectors that trust nothing of how it was made."""

from derive.audit.detectors import DETECTORS, Defect
from derive.audit.report import Report, audit

__all__ = ["DETECTORS", "Defect", "Report", "audit"]

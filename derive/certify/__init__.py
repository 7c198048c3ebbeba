"""Certificates: a derivation as a Coq file, a lemma a step, and a check that does not trust who wrote it."""

from derive.certify.checking import Checked, check, worksheet_checked
from derive.certify.document import Certificate, certificate, worksheet

__all__ = ["Certificate", "Checked", "certificate", "check", "worksheet", "worksheet_checked"]

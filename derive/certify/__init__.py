"""Certificates: a derivation as a Coq file, a lemma a step, and a check that does not trust who wrote it."""

from derive.certify.document import Certificate, certificate, worksheet

__all__ = ["Certificate", "certificate", "worksheet"]

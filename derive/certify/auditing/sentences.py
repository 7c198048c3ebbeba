"""What may stand in the file of a certificate at all, and on what it may rest."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.certify.reasons import Reason

AXIOMS = frozenset((
    "Coq.Reals.ClassicalDedekindReals.sig_not_dec", "Coq.Reals.ClassicalDedekindReals.sig_forall_dec",
    "Coq.Logic.FunctionalExtensionality.functional_extensionality_dep", "Coq.Logic.Classical_Prop.classic",
))  # fmt: skip
"""What Coq's real numbers are built on; nothing else may be assumed."""

SEALED = (
    "Coq.Reals.Rdefinitions.RbaseSymbolsImpl.", "Coq.Reals.Rdefinitions.RinvImpl.", "Coq.ssr.ssrunder.Under_rel."
)  # fmt: skip
"""Modules of Coq whose definitions are hidden behind a signature: its checker lists them, though they are defined."""

_SENTENCE = re.compile(r"\.(?=\s|$)")
_COMMANDS = ("Definition", "Lemma", "Theorem", "Proof", "Qed", "Print Assumptions", "Section", "End", "Hypothesis")
INTERVALS = "From Interval Require Import Tactic"  # for the witness alone: the theorem stands before it
_IMPORTS = (
    "From Coq Require Import Reals Psatz Lra", "From Coquelicot Require Import Coquelicot",
    "Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Rules",
    "Require Import Certified.Algebra Certified.Limits Certified.Integrals",
    "Open Scope R_scope",
    INTERVALS,
)  # fmt: skip
_NEVER = re.compile(
    r"\b(Axioms?|Admitted|Parameters?|admit|give_up|Conjecture|Variables?|Context|Notation|Ltac|Module|"
    r"Hint|Instance|Arguments|Coercion|Set|Unset|Load|Abort|Extraction|Declare|Canonical|Bypass)\b"
)


def sentences(text: str, name: str, assumed: Collection[int]) -> Reason | None:
    """Whether there stands only what a certificate needs."""
    bare = re.sub(r"\(\*[^*]*\*\)", " ", text)
    if "(*" in bare or '"' in bare:
        return Reason("own-comment")
    found = _NEVER.search(bare)
    if found:
        return Reason("such-sentence", {"sentence": found[0]})
    steps = {f"{name}_step_{k + 1}" for k in assumed}
    inside = False
    defined: set[str] = set()
    for part in _SENTENCE.split(bare):
        sentence = " ".join(part.split())
        if not sentence or sentence in _IMPORTS:
            continue
        command = next((c for c in _COMMANDS if sentence == c or sentence.startswith(f"{c} ")), "")
        if not command and not inside:
            return Reason("such-sentence", {"sentence": sentence[:40]})
        if inside and command not in ("", "Qed"):
            return Reason("command-in-a-proof", {"command": command})
        inside = command == "Proof" or (inside and command != "Qed")
        if command in ("Definition", "Lemma", "Theorem", "Hypothesis"):
            word = sentence.split()[1]
            if word in defined or not word.startswith(name):
                return Reason("such-name", {"name": word})
            defined.add(word)
            if command == "Hypothesis" and word not in steps:
                return Reason("such-assumption", {"name": word})
    return None


def text_of(text: str, start: str) -> str | None:
    flat = " ".join(text.split())
    at = flat.find(start)
    if at < 0 or flat.find(start, at + 1) >= 0:  # once, and only once
        return None
    end = _SENTENCE.search(flat, at + len(start))
    return flat[at + len(start) : end.start()].strip() if end else None


def grounds(declared: Collection[str]) -> Reason | None:
    """The file declares none, so that its theorem rests on some of those of the libraries."""
    if not AXIOMS.intersection(declared):
        return Reason("known-grounds")
    for found in sorted(declared):
        if found not in AXIOMS and not found.startswith(SEALED):
            return Reason("such-grounds", {"name": found})
    return None

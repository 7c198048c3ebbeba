"""Whether Coq accepts a certificate, and if not, which steps it does not accept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from derive.certify.auditing import audit
from derive.certify.document import LISTING, Certificate, certificate, together, worksheet
from derive.certify.library import NoCoq, axioms
from derive.certify.running import SECONDS, compile_text, try_each
from derive.certify.reasons import Reason
from derive.numeric import compare
from derive.trace import Derivation

State: TypeAlias = Literal["certified", "certified-except", "not-certified", "unchecked"]
MOST_ASSUMED = 5  # with more steps unproved it is no certificate


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a certificate.

    steps    for "certified-except" the steps (by index) that are premises of the theorem, checked by numbers only;
             for "not-certified" those that Coq refused
    why      it is not certified, or not checked; `reason` says it in English
    """

    state: State
    certificate: Certificate
    why: Reason | None = None
    steps: tuple[int, ...] = ()
    seconds: float = 0.0

    @property
    def reason(self) -> str:
        return self.why.said() if self.why else ""


def check(d: Derivation, name: str = "certificate", *, seconds: float = SECONDS) -> Checked:
    """Write the certificate of a derivation, compile it in a process with limits, audit it."""
    written = certificate(d, name)
    if not written.written:
        return Checked("not-certified", written, written.why)
    try:
        return _checked(d, written, seconds)
    except NoCoq as problem:
        return Checked("unchecked", written, problem.reason)


def _checked(d: Derivation, written: Certificate, seconds: float) -> Checked:
    run = compile_text(without_list(written.text), seconds=seconds)
    spent = run.seconds
    if run.timed_out:
        return Checked("not-certified", written, Reason("time", {"most": f"{seconds:.0f}"}), (), spent)
    if run.accepted:
        return _audited(d, written, spent)
    refused, others, more = refusals(written, seconds)
    spent += more
    if others or not refused:
        return Checked(
            "not-certified", written, Reason("lemmas", {"names": " ".join(others) or written.name}), refused, spent
        )
    wrong = [k for k in refused if compare(d.steps[k].before, d.steps[k].after).verdict != "equal"]
    if wrong or len(refused) > MOST_ASSUMED:
        shown = ", ".join([str(k + 1) for k in (wrong or refused)])
        return Checked("not-certified", written, Reason("steps", {"steps": shown}), tuple(wrong or refused), spent)
    partly = certificate(d, written.name, assuming=refused)
    run = compile_text(without_list(partly.text), seconds=seconds)
    spent += run.seconds
    if not run.accepted:
        return Checked("not-certified", partly, Reason("joining"), refused, spent)
    return _audited(d, partly, spent)


def _audited(d: Derivation, written: Certificate, spent: float) -> Checked:
    problem = audit(written.text, written.name, d, written.names, written.assumed, axioms())
    if problem:
        return Checked("not-certified", written, Reason("audit", {"name": written.name, "problem": problem}), (), spent)
    state: State = "certified-except" if written.assumed else "certified"
    return Checked(state, written, None, written.assumed, spent)


def worksheet_checked(derivations: Sequence[Derivation], *, seconds: float = 20 * SECONDS) -> Checked:
    """Several certificates compiled as one file, each audited; the reason names the first that is refused."""
    text, made = worksheet(derivations)
    whole = Certificate(text, None, "worksheet", tuple([le for c in made for le in c.lemmas]))
    try:
        run = compile_text(without_list(text), seconds=seconds)
        known = axioms()
    except NoCoq as problem:
        return Checked("unchecked", whole, problem.reason)
    if not run.accepted:
        name = re.search(r"certificate_\d+", _line(text, run.said))
        return Checked(
            "not-certified", whole, Reason("lemmas", {"names": name[0] if name else "worksheet"}), (), run.seconds
        )
    for d, c in zip(derivations, made, strict=True):
        why = audit(c.text, c.name, d, c.names, c.assumed, known) if c.written else None
        if why:
            return Checked("not-certified", whole, Reason("audit", {"name": c.name, "problem": why}), (), run.seconds)
    return Checked("certified", whole, None, (), run.seconds)


def without_list(text: str) -> str:
    """Without the last command: to list what a theorem rests on takes Coq longer than to check it.

    What the libraries take for granted is known from the day they were compiled, and the file adds nothing to it.
    """
    return text[: text.rfind(LISTING)]


def _line(text: str, said: str) -> str:
    """The lines around the one that Coq complains about."""
    found = re.search(r"line (\d+)", said)
    lines = text.splitlines()
    return "\n".join(lines[max(0, int(found[1]) - 3) : int(found[1])]) if found else ""


def refusals(written: Certificate, seconds: float = SECONDS) -> tuple[tuple[int, ...], tuple[str, ...], float]:
    """(the steps that Coq refuses, other lemmas that it refuses, seconds): each lemma is tried by itself."""
    found, spent = refusals_of([written], seconds)
    return *found[0], spent


def refusals_of(
    written: Sequence[Certificate], seconds: float = SECONDS
) -> tuple[list[tuple[tuple[int, ...], tuple[str, ...]]], float]:
    """For each certificate the steps and the other lemmas that Coq refuses, all tried in one go; seconds."""
    text = together(written).replace(" Qed.", "\nQed.\nAdmitted.")
    run = try_each(text, seconds=seconds)
    names = set(re.findall(r"(\w+) is declared$", run.said, re.MULTILINE))
    found = []
    for c in written:
        steps = tuple(sorted([le.step for le in c.lemmas if le.name in names and le.step is not None]))
        others = [le.name for le in c.lemmas if le.name in names and le.step is None]
        found.append((steps, (*others, *([c.name] if run.timed_out else []))))
    return found, run.seconds

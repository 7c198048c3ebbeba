"""Certificates: what is written, what Coq accepts, what it refuses, what the auditor sees.

Without coqc the checks are skipped. DERIVE_CERTIFICATES=all compiles 60 certificates and refuses 20 wrong derivations;
otherwise a few of each.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from itertools import islice

import pytest

import derive
from derive.certify import certificate, check, worksheet, worksheet_checked
from derive.certify.auditing import AXIOMS, audit
from derive.certify.checking import refusals_of
from derive.certify.library import axioms
from derive.certify.reader import Unreadable, read
from derive.certify.reasons import Reason
from derive.certify.running import compile_text
from tests.certify.wrong import mistaken

coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")
ALL = os.environ.get("DERIVE_CERTIFICATES") == "all"

RIGHT = """
d/dx x^2*sin(3x)
gradient x^2*y + sin(x*y)
d^2/dx^2 x^2*sin(x)
d/dx asin(x/2)
d/dx x^x
d/dx (ln(x)+1)/x
d/dx sqrt(x)*tan(x)
hessian x^2*y
d/dx 7
d/dx x
d/dx 3x^2 - 5x + 1
d/dx (x^2+1)^3
d/dx 1/x
d/dx 1/x^3
d/dx x^(2/3)
d/dx x^(-1/2)
d/dx (x+1)/(x-1)
d/dx x/(x^2+1)
d/dx e^x
d/dx e^(x^2)
d/dx x*e^(-x)
d/dx e^(2x)/(e^x+1)
d/dx 2^x
d/dx x^3*3^x
d/dx ln(x)
d/dx ln(x^2+1)
d/dx ln(sin(x))
d/dx log_2(x)
d/dx sqrt(x^2+1)
d/dx sqrt(4-x^2)
d/dx sin(x)*cos(x)
d/dx sin(x)^2
d/dx sin(x^2)
d/dx cos(5x)
d/dx tan(x^2)
d/dx cot(x)
d/dx sec(x)
d/dx csc(x)
d/dx sec(x)*tan(x)
d/dx acos(x)
d/dx atan(x)
d/dx atan(2x)
d/dx asec(x)
d/dx acsc(x)
d/dx sinh(x)
d/dx cosh(x^2)
d/dx tanh(x)
d/dx coth(x)
d/dx sech(x)
d/dx asinh(x)
d/dx acosh(x)
d/dx atanh(x)
d/dx abs(x)
d/dx erf(x)
d/dx x^2*y/(x+y)
d^3/dx^3 x^5
jacobian [x*y, x+y]
simplify (x^2-1)/(x-1)
simplify sin(x)^2 + cos(x)^2
d/dx x*sqrt(x)
d/dx x^2*sin(x) at x=2
d/dx ln(x)/x at x=1/2
d/dx a*x^2 at x=-3
d/dx 3^x/2^x
d/dx e^(2*ln(x))
d/dx ln(abs(-5*x^3))
d/dx cos(x - pi/2)
d^2/dx^2 x^(1/5)
d/dx floor(x)
d/dx ceil(2x)
d/dx fract(x)*x
d/dx round(x)
∂/∂x mod(x^2, y)
d/dx x*relu(x)
d/dx sinc(2x)
∂/∂x max(x, y, 2)
d/dx piecewise(x^2, x<1, 1/(x+3), x>=1)
d^2/dx^2 piecewise(x^3, x<0, x^2*sin(x), x>1)
d^2/dx^2 asec(x)*x
d/dx x/(cos(2)+2)
d/dx sqrt(tanh(ln(exp(x))/(x + 2)))
d/dx x*asin(1/2)
d/dx x*sin(5*pi/6)
d/dx sqrt(4^3)*x
d/dx atan(sqrt(x/(x + 2)))
d/dx 4*sqrt(3)*asinh(3*sqrt(11)*(x + 2/3)/11)/9
d/dx sin(sin(sin(x^2+1)*x)*x)^2
d/dx int_0^x sin(t) dt
d/dx x*int_0^1 2*a*sin(t) dt
d/dx x*int_a^sin(x) b*t/(1+t^2) dt
gradient int_x^y cos(t^2) dt
d/dx atan(tanh(x + x))*x/9
d/dx x*sin(acos(x))
d/dx x*sqrt(5 + 2*sqrt(6))
d/dx ln(asin(x))
""".strip().splitlines()
"""Problems of every kind that is certified; the first eight stand for all of them."""

DEFINED = ("x^2", "1/x", "sqrt(x)", "sin(x)", "e^x", "ln(x)", "x*sin(x)", "tan(x)", "1/sqrt(x)")

WRONG = ("d/dx x^2*sin(3x)", "d/dx ln(x)/x", "d/dx (x^2+1)^3")


@coq
def test_a_worksheet_is_certified() -> None:
    problems = RIGHT if ALL else RIGHT[:8]
    defined = [derive.differentiate(f, "x", method="definition") for f in (DEFINED if ALL else DEFINED[:1])]
    found = worksheet_checked([derive.solve(p) for p in problems] + defined)
    assert found.state == "certified", found.reason


@coq
def test_wrong_derivations_are_refused_at_the_faulty_step() -> None:
    wrong = [w for p in WRONG for w in islice(mistaken(p), 10)]
    tried = wrong[:20] if ALL else wrong[::12]
    found, _ = refusals_of([certificate(d, f"certificate_{k}") for k, (_, _, d) in enumerate(tried)])
    for (name, index, _), (refused, _) in zip(tried, found, strict=True):
        assert refused[:1] == (index,), name


@coq
def test_a_wrong_derivation_is_not_certified() -> None:
    name, index, d = next(mistaken("d/dx x^2*sin(3x)"))
    found = check(d)
    assert (found.state, found.steps) == ("not-certified", (index,)), name


@coq
def test_a_step_without_a_proof_becomes_a_premise() -> None:
    d = derive.solve("d/dx x^2*sin(3x)")
    written = certificate(d, assuming=(1,))
    run = compile_text(written.text)
    assert run.accepted, run.said
    assert audit(written.text, written.name, d, written.names, (1,), axioms()) is None
    assert "assumes" in str(audit(written.text, written.name, d, written.names, (), axioms()))


@pytest.mark.parametrize("problem", RIGHT)
def test_each_is_written_and_states_what_was_asked(problem: str) -> None:
    d = derive.solve(problem)
    written = d.certificate()
    assert written.written, written.reason
    assert audit(written.text, written.name, d, written.names, (), AXIOMS) is None
    assert not re.search(r"\bAdmitted\b|\bAxiom\b", written.text)


@coq
def test_the_tree_proves_what_the_states_prove(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derive.certify.linking.MOST_STATES", 0)
    problems = (
        RIGHT if ALL else ["d/dx x^2*sin(3x)", "d^2/dx^2 x^2*sin(x)", "d/dx x^(2/3)", "gradient x^2*y + sin(x*y)"]
    )
    found = worksheet_checked([derive.solve(p) for p in problems])
    assert found.state == "certified", found.reason


def test_a_certificate_grows_with_its_steps() -> None:
    few, many = (derive.solve("d/dx " + " + ".join([f"{k}x^{k}*sin({k}x)" for k in range(1, n)])) for n in (12, 23))
    short, long = (len(certificate(d).text) / len(d.steps) for d in (few, many))
    assert long < 1.4 * short


def test_no_text_of_the_user_gets_in() -> None:
    text = derive.differentiate("`Admitted`^2*`Axiom`", "Admitted").certificate().text
    assert "v_1" in text
    assert "Admitted" not in text
    assert "Axiom" not in text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("(2 * v_1)).\nProof", "(3 * v_1)).\nProof", "not about"),
        ("Print Assumptions", "Axiom more : False.\nPrint Assumptions", "Axiom"),
        ("Qed.", "Admitted.", "Admitted"),
        (" True.", " (v_1 = 7) /\\ True.", "hypothesis"),
        ("Lemma certificate_witness : exists v_1 : R, certificate_given v_1", "Lemma certificate_w : True", "witness"),
        ("Open Scope R_scope.", "Open Scope R_scope.\nLtac close := idtac.", "Ltac"),
        ("Open Scope R_scope.", 'Open Scope R_scope.\n(* "(* *) Axiom *)', "comment"),
        ("is_derive (fun v_1 => (v_1 ^ 2))", "is_derive (fun v_1 => (v_1 ^ 3))", "not about"),
    ],
)
def test_the_auditor_sees_what_was_changed(old: str, new: str, says: str) -> None:
    d = derive.solve("d/dx x^2")
    written = certificate(d)
    text = written.text
    if old.startswith("(2 * v_1)"):
        old, new = "is_derive (fun v_1 => (v_1 ^ 2)) v_1 (2 * v_1)", "is_derive (fun v_1 => (v_1 ^ 2)) v_1 (3 * v_1)"
    assert old in text
    assert says in str(audit(text.replace(old, new), written.name, d, written.names, (), AXIOMS))


@pytest.mark.parametrize(
    ("old", "new"),
    [(" 2 12", " 2 13"), ("^ 3)) 2 12", "^ 3)) 3 12"), ("(fun v_1 => (v_1 ^ 3)) 2", "(fun v_1 => (v_1 ^ 2)) 2")],
)
def test_the_auditor_sees_another_point_or_value(old: str, new: str) -> None:
    d = derive.solve("d/dx x^3 at x=2")
    written = certificate(d)
    at = written.text.index("Theorem")
    text = written.text[:at] + written.text[at:].replace(old, new, 1)
    assert text != written.text
    assert "not about the value" in str(audit(text, written.name, d, written.names, (), AXIOMS))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("(sin h_1)", "(cos h_1)", "exists"),
        ("(RInt (fun h_1 => (sin h_1)) 0 v_1)", "(RInt (fun h_1 => (sin h_1)) 1 v_1)", "not about what was asked"),
        ("(RInt (fun h_1 => (sin h_1)) 0 v_1)", "(RInt (fun h_1 => (sin v_1)) 0 v_1)", "not about what was asked"),
        ("ex_RInt", "ex_Riemann", "exists"),
    ],
)
def test_the_auditor_reads_integrals(old: str, new: str, says: str) -> None:
    d = derive.solve("d/dx int_0^x sin(t) dt")
    written = certificate(d)
    at = written.text.index("Theorem")
    text = written.text[:at] + written.text[at:].replace(old, new)
    assert text != written.text
    assert says in str(audit(text, written.name, d, written.names, (), AXIOMS))


def test_any_letter_of_an_integral_will_do() -> None:
    d = derive.solve("d/dx int_0^x sin(t) dt")
    written = certificate(d)
    assert audit(written.text.replace("h_1", "h_7"), written.name, d, written.names, (), AXIOMS) is None


def test_the_auditor_wants_no_more_axioms() -> None:
    d = derive.solve("d/dx x^2")
    written = certificate(d)
    more = {*AXIOMS, "Certified.Rules.false_it_is"}
    assert "false_it_is" in str(audit(written.text, written.name, d, written.names, (), more))
    assert "not known" in str(audit(written.text, written.name, d, written.names, (), ()))


@coq
def test_what_the_libraries_take_for_granted_is_what_coq_lists() -> None:
    """The list of the checker, made once, holds every axiom that Coq finds below a theorem."""
    text, _ = worksheet([derive.solve(p) for p in RIGHT[:8]])
    run = compile_text(text)
    assert run.accepted, run.said
    found = set(re.findall(r"^([\w.]+)(?=\s*:|$)", run.said.split("Axioms:")[1], re.MULTILINE))
    assert found
    assert all(any(axiom.endswith(f".{name}") for axiom in AXIOMS & axioms()) for name in found)


def test_conditions_that_never_hold_are_no_certificate() -> None:
    """Coq accepts every derivative of ln(-x^2 - 1): there is no point to speak about."""
    written = certificate(derive.solve("d/dx x^2"))
    assert "certificate_witness" in written.text
    try:
        d = derive.solve("d/dx ln(-x^2-1)")
    except derive.DeriveError:
        return
    assert not certificate(d).written


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("d/dx lambertw(x)", "lambertw"),
        ("d/dx f(x)", "function f"),
        ("d/dx x^10000", "1000"),
        ("d/dx gamma(x)", "gamma"),
        ("d/dx sum(x^k, k, 1, n)", "over k"),
        ("d/dx int_0^x x*sin(t) dt", "integrand"),
        ("d/dx int_1^x abs(t) dt", "smooth"),
        ("d/dx int_0^x int_0^t cos(s) ds dt", "inside another"),
        ("lim x->0 sin(x)/x", "limits"),
        ("x^3 + y^3 = 6xy, dy/dx", "kind implicit"),
    ],
)
def test_what_cannot_be_said_has_a_reason(problem: str, reason: str) -> None:
    written = certificate(derive.solve(problem))
    assert not written.written
    assert reason in written.reason


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("0 < v_1", ("<", 0, "v_1")),
        ("(- 1) < v_1 < 1", ("/\\", ("<", ("-", 1), "v_1"), ("<", "v_1", 1))),
        ("(/ v_1 ^ 3)", ("/", ("^", "v_1", 3))),
        ("((v_1 + 2) * (sin v_2))", ("*", ("+", "v_1", 2), ("sin", "v_2"))),
        ("(fun v_1 => (v_1 ^ 2))", ("fun", "v_1", ("^", "v_1", 2))),
        ("a - b - c", ("-", ("-", "a", "b"), "c")),
    ],
)
def test_the_reader_reads(text: str, meaning: object) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize("text", ["(a", "a)", "a ; b", "a < b < c < d", "()", "+"])
def test_the_reader_refuses(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_the_reader_is_not_recursive_over_brackets() -> None:
    assert read("(" * 5000 + "a" + ")" * 5000) == "a"


def test_json_carries_the_certificate_on_request() -> None:
    d = derive.solve("d/dt t^2*sin(t)")
    plain, told = json.loads(d.to_json()), json.loads(d.to_json(certificate=True))
    assert "certificate" not in plain
    found = told.pop("certificate")
    assert told == plain
    assert found["text"] == d.certificate().text
    assert found["variables"] == {"v_1": "t"}
    assert {1, 2} < {row["step"] for row in found["lemmas"]} <= {None, *range(1, len(d.steps) + 1)}
    again = derive.Derivation.from_json(d.to_json(certificate=True))
    assert again.result == d.result
    none = json.loads(derive.solve("d/dx gamma(x)").to_json(certificate=True))["certificate"]
    assert none["text"] is None
    assert "gamma" in none["reason"]


def test_what_the_auditor_found_is_said_in_both_languages() -> None:
    d = derive.solve("d/dx x^2")
    written = certificate(d)
    found = audit(written.text.replace("(v_1 ^ 2)", "(v_1 ^ 3)"), written.name, d, written.names, (), AXIOMS)
    why = Reason("audit", {"name": written.name, "problem": found or ""})
    assert why.said() == "the audit refuses certificate: the theorem is not about what was asked for"
    assert "물은 것" in why.said("ko")
    assert "theorem" not in why.said("ko")

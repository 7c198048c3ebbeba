"""What every statement of a certificate is made of: its variables, its conditions, the lemmas so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.certify.claims import Rewrite, claims
from derive.certify.conditions import assumed, evident, needed
from derive.certify.exponents import closed_value
from derive.certify.reasons import NotExpressible
from derive.certify.terms import Terms, number
from derive.certify.witness import holds, witnesses
from derive.expressions import Derivative, Expression, Integral, Limit, postorder, symbols
from derive.trace import Derivation

MOST_STEPS = 1000  # about 2 s for each hundred


@dataclass(frozen=True, slots=True)
class Lemma:
    """One statement with its proof. `step`: the index of the step it is about, where it is about one."""

    name: str
    text: str
    step: int | None = None


class Statements:
    """What is known while one certificate is written: its claims, its terms, its conditions, its lemmas so far."""

    def __init__(self, d: Derivation, name: str, assuming: Collection[int]) -> None:
        if d.outcome != "done":
            raise NotExpressible("end")
        if len(d.steps) > MOST_STEPS:
            raise NotExpressible("end-of-steps", most=MOST_STEPS)
        self.name = name
        self.assuming = assuming
        self.rules = {s.index: s.rule for s in d.steps}
        self.claims, self.rewrites, self.value = claims(d)
        letters = self.value.letters if self.value else ()
        if any(type(node) is Limit for c in self.claims if c.asked for node in postorder(c.start)):
            raise NotExpressible("asked-limit")
        used = [*letters] + [e for c in self.claims for e in (c.start, *[s for _, s in c.path])]
        bound = set().union(*[_bound(e) for e in used])
        free = set().union(*[_letters(e) for e in used])
        if any(type(node) is Integral for e in used for node in postorder(e)):
            _apart(free, bound, self.rewrites)
        self.names = sorted(free - bound)
        self.terms = Terms(self.names, bound)
        self.variables = [self.terms.variables[n].text for n in self.names]
        starts = [self.terms.of(c.start.arguments[0] if c.slope else c.start) for c in self.claims if c.asked]
        asked = [p for t in starts for p in needed(t)]
        found = [p for p in asked if not (evident(p) and holds(p, {}))] + list(assumed(d.conditions, self.terms))
        self.given = list({p.text: p for p in found}.values())
        near = [t.text for t in self.terms.bound.values()]
        self.points = [
            {**point, **{h: Fraction(1, 64 + 7 * k) for h in near}}
            for k, point in enumerate(witnesses(self.given, self.variables, 3))
        ]
        self.fixed = self._numbers()
        self.held = witnesses(self.given, self.variables, 1, {v: q for v, (q, _) in self.fixed.items()})
        if not self.held or not self.points:
            raise NotExpressible("witness")
        self.lemmas: list[Lemma] = []
        self._sides: dict[str, str] = {}
        self._slopes: dict[tuple[str, str], str] = {}
        self._near: dict[str, str] = {}
        self._steps: dict[int, str] = {}
        self._working = len(d.steps)  # the step that is being proved: only earlier ones may be used
        self._written = [
            *[c.start for c in self.claims if c.asked],
            *[side for c in d.conditions for e in c.alternatives for side in e.arguments],
        ]

    def _numbers(self) -> dict[str, tuple[Fraction, str]]:
        """The variables that are numbers in the theorem: v_1 → (2, "2") where the derivative at x = 2 is asked for."""
        found: dict[str, tuple[Fraction, str]] = {}
        for letter, written in zip(self.value.letters, self.value.numbers, strict=True) if self.value else ():
            q = closed_value(written)
            if q is None:
                raise NotExpressible("rational-point", letter=letter, value=written)
            found[self.terms.of(letter).text] = q, number(q).text
        return found

    @property
    def binder(self) -> str:
        return f"forall {' '.join(self.variables)} : R, " if self.variables else ""

    @property
    def premise(self) -> str:
        return f"{self.given_at()} ->"

    @property
    def intro(self) -> str:
        return f"intros {' '.join([*self.variables, 'G'])}."

    def at(self, lemma: str) -> str:
        """A lemma at the variables in sight: (step_1 v_1 v_2 G)."""
        return f"({' '.join([lemma, *self.variables, 'G'])})"

    def given_at(self) -> str:
        return " ".join([f"{self.name}_given", *self.variables])

    @property
    def free(self) -> list[str]:
        """The variables that the theorem is about; the others are numbers there."""
        return [v for v in self.variables if v not in self.fixed]

    @property
    def placed(self) -> list[str]:
        """The variables, with numbers for some of them, as the theorem has them."""
        return [self.fixed[v][1] if v in self.fixed else v for v in self.variables]

    @property
    def theorem_start(self) -> str:
        """What stands before the statement of the theorem."""
        binder = f"forall {' '.join(self.free)} : R, " if self.free else ""
        return f"{binder}{' '.join([f'{self.name}_given', *self.placed])} ->"

    def add(self, kind: str, statement: str, proof: str, step: int | None = None, *, number: int | None = None) -> str:
        count = (
            number if number is not None else 1 + sum(le.name.startswith(f"{self.name}_{kind}_") for le in self.lemmas)
        )
        lemma = f"{self.name}_{kind}_{count}"
        head = f"Lemma {lemma} : {self.binder}{self.premise}\n  {statement}.\n"
        self.lemmas.append(Lemma(lemma, f"{head}Proof. {self.intro} {proof} Qed.", step))
        return lemma

    @property
    def given_definition(self) -> str:
        """The conditions under their name."""
        definition = " /\\ ".join([*[f"({p.text})" for p in self.given], "True"])
        typed = f" ({' '.join(self.variables)} : R)" if self.variables else ""
        return f"Definition {self.name}_given{typed} : Prop :=\n  {definition}.\n"

    @property
    def opened(self) -> str:
        return f"pose proof G as O; unfold {self.name}_given in O; conditions O;"

    @property
    def _numbered(self) -> str:
        """The conditions by the names C0, C1, …"""
        if not self.given:
            return ""
        names = "".join([f"[C{k} " for k in range(len(self.given))]) + "_" + "]" * len(self.given)
        return f"assert (O := G); unfold {self.name}_given in O; destruct O as {names}."


def _letters(e: Expression) -> set[str]:
    """Names of an expression, those that a derivative is taken by among them."""
    found = set(symbols(e))
    for node in postorder(e):
        if type(node) is Derivative:
            found.update(str(x) for x in node.arguments[1::2])
    return found


def _bound(e: Expression) -> set[str]:
    """Names that limits and integrals bind."""
    return {str(node.arguments[1]) for node in postorder(e) if type(node) in (Limit, Integral)}


def _apart(free: set[str], bound: set[str], rewrites: Sequence[Rewrite]) -> None:
    """A letter is bound or free, not both; and no step looks at one that is bound."""
    for name in sorted(free & bound):
        raise NotExpressible("two-letters", letter=name)
    if any(bound & symbols(r.before) for r in rewrites):
        raise NotExpressible("inside-integral")

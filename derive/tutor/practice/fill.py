"""Problems made backwards from rules: the left side of a rule with its letters filled in."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from derive.expressions import (
    Call, Derivative, Expression, Symbol, call, equation, make, natural, negation, power, postorder, product_of,
    quotient, sum_of, symbol,
)  # fmt: skip
from derive.notation import parse_pattern
from derive.rules import Facts, Match, Rule
from derive.rules.pattern import builder

X, Y = symbol("x"), symbol("y")
E = make(type(parse_pattern("e")), (), "e")
FUNCTIONS = ("sin", "cos", "ln", "sqrt", "tan", "atan")
LETTERS = {"c": "constant", "a": "constant", "b": "constant", "n": "number", "k": "number"}


class Filling:
    """Chooses parts of problems at one difficulty, 1 to 5, by a seed."""

    def __init__(self, rng: Random, difficulty: int, several: bool = False) -> None:
        self.rng = rng
        self.difficulty = difficulty
        self.several = several

    def problem(self, rule: Rule) -> Expression:
        """The rule's left side with every letter filled in."""
        if rule.id == "implicit.both-sides":
            return call("implicit", self.curve(), Y, X)
        pattern = parse_pattern(rule.lhs)
        match = Match(pattern, Facts())
        names = {str(n.label) for n in postorder(pattern) if type(n) is Symbol and str(n.label).startswith("?")}
        for name in sorted(names | {str(n.label) for n in postorder(pattern) if type(n) is Call}):
            if name.startswith("?"):
                match.bindings[name.lstrip("?")] = self.part(name, rule.id)
        made = builder(rule.lhs)(match)
        if type(made) is Derivative:
            operand = self.dressed(made.arguments[0])
            made = make(Derivative, (operand, *made.arguments[1:]), self.several)
        return made

    def part(self, name: str, rule: str) -> Expression | tuple[Expression, ...]:
        """What a letter of a rule stands for."""
        letter = name.lstrip("?")
        if letter == "xs":
            return (X, Y)
        if letter == "x":
            return X
        if rule == "higher-order" or (letter == "n" and "higher-order" in rule):
            return natural(2 if self.difficulty < 3 else 3)
        if rule == "jacobian.definition" and letter == "f":
            from derive.expressions import Matrix

            return make(Matrix, (self.field(), self.field()), 2)
        if rule == "tangent.definition":
            return self.function(self.difficulty) if letter == "f" else (X, natural(self.rng.randint(0, 3)))
        if name.startswith("??"):
            return tuple([self.function(1) for _ in range(1 if self.difficulty < 4 else 2)])
        if LETTERS.get(letter) == "constant":
            return natural(self.rng.randint(2, 9))
        if LETTERS.get(letter) == "number":
            return natural(self.rng.randint(2, 3 + 2 * self.difficulty))
        if self.several and letter == "f":
            return self.field()
        if "chain" in rule and letter == "u":
            return self.inner()
        return self.function(1 + self.rng.randrange(self.difficulty) // 2)

    def dressed(self, e: Expression) -> Expression:
        """A harder problem around an easier one: a factor, another term, a power."""
        if self.several:
            return self.mixed(e)
        wrap: list[Callable[[Expression], Expression]] = [
            lambda u: u,
            lambda u: sum_of([u, self.term()]),
            lambda u: product_of([natural(self.rng.randint(2, 9)), u]),
            lambda u: product_of([self.monomial(), u]),
            lambda u: quotient(u, self.monomial()),
        ]
        for _ in range(max(0, self.difficulty - 1) // 2 + (self.difficulty > 1 and self.rng.random() < 0.5)):
            e = self.rng.choice(wrap)(e)
        return e

    def mixed(self, e: Expression) -> Expression:
        """e with y in it: as a factor, or in another term."""
        y = power(Y, natural(self.rng.randint(2, 4))) if self.rng.random() < 0.5 else Y
        return product_of([e, y]) if self.rng.random() < 0.5 else sum_of([product_of([e, y]), self.field()])

    def monomial(self) -> Expression:
        n = self.rng.randint(1, 2 + self.difficulty)
        return X if n == 1 else power(X, natural(n))

    def term(self) -> Expression:
        c = self.rng.randint(1, 9)
        e = self.monomial()
        e = e if c == 1 else product_of([natural(c), e])
        return negation(e) if self.rng.random() < 0.3 else e

    def polynomial(self, terms: int = 2) -> Expression:
        degrees = sorted(self.rng.sample(range(1, 3 + self.difficulty), terms - 1), reverse=True)
        made: list[Expression] = []
        for d in degrees:
            c, e = self.rng.randint(1, 6), X if d == 1 else power(X, natural(d))
            made.append(e if c == 1 else product_of([natural(c), e]))
        last = natural(self.rng.randint(1, 9))
        return sum_of([*made, negation(last) if self.rng.random() < 0.4 else last])

    def function(self, level: int) -> Expression:
        """A function of x: a polynomial, an elementary function; from level 2 on, one of something."""
        kind = self.rng.randrange(4)
        if kind == 0:
            return self.polynomial(2)
        if kind == 1:
            return self.monomial()
        if kind == 2:
            return power(E, X if level < 2 else self.inner())
        return call(self.rng.choice(FUNCTIONS[: 3 + self.difficulty // 2]), X if level < 2 else self.inner())

    def inner(self) -> Expression:
        """The inner function of a chain: linear, then a polynomial, then anything."""
        if self.difficulty == 1:
            c = natural(self.rng.randint(2, 9))
            return (
                product_of([c, X])
                if self.rng.random() < 0.5
                else sum_of([product_of([c, X]), natural(self.rng.randint(1, 9))])
            )
        if self.difficulty == 2 or self.rng.random() < 0.5:
            return sum_of([power(X, natural(self.rng.randint(2, 4))), natural(self.rng.randint(1, 9))])
        return call(self.rng.choice(FUNCTIONS[:3]), self.inner() if self.difficulty > 4 else X)

    def field(self) -> Expression:
        """A function of x and y."""
        monomial = product_of(
            [
                self.monomial(),
                power(Y, natural(self.rng.randint(2, 3 + self.difficulty))) if self.rng.random() < 0.6 else Y,
            ]
        )
        if self.difficulty == 1:
            return (
                sum_of([monomial, product_of([natural(self.rng.randint(2, 9)), Y])])
                if self.rng.random() < 0.5
                else monomial
            )
        inner = product_of([X, Y]) if self.rng.random() < 0.5 else sum_of([power(X, natural(2)), Y])
        other = power(E, inner) if self.rng.random() < 0.4 else call(self.rng.choice(("sin", "cos", "ln")), inner)
        return sum_of([monomial, other])

    def curve(self) -> Expression:
        """An equation in x and y."""
        n, m = self.rng.randint(2, 2 + self.difficulty), self.rng.randint(2, 2 + self.difficulty)
        terms = [power(X, natural(n)), power(Y, natural(m))]
        if self.difficulty > 1:
            terms.insert(1, product_of([natural(self.rng.randint(2, 6)), X, Y]))
        return equation(sum_of(terms), "=", natural(self.rng.randint(1, 9)))

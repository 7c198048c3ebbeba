"""Names for parts that come again: `sin(x^2)*exp(sin(x^2))` is `t_1*exp(t_1)` where `t_1 = sin(x^2)`.

A derivative shares most of its parts with its function; written out in full, one of a thousand nodes may be gigabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from derive.errors import LimitError
from derive.expressions import BINDERS, Expression, Limit, Substitution, postorder, reached, rebuild, symbol, symbols
from derive.notation.print_text import text
from derive.notation.rope import MAX_CHARACTERS

WORTH = 6  # characters: a part as short as this, sin(x), is written again


@dataclass(frozen=True, slots=True)
class Named:
    """An expression with names for its parts: `body` holds them, `lets` says what they are, each from earlier ones."""

    lets: tuple[tuple[Expression, Expression], ...]
    body: Expression

    def __str__(self) -> str:
        return self.text()

    def text(self, *, flat: bool = False, max_characters: int = MAX_CHARACTERS) -> str:
        """A line for each name, then the body: `let t_1 = sin(x^2)`."""
        return "\n".join(self.lines(text, flat=flat, max_characters=max_characters))

    def unicode(self, *, flat: bool = False, max_characters: int = MAX_CHARACTERS) -> str:
        """The same in one-line Unicode."""
        from derive.notation.print_line import unicode_line

        return "\n".join(self.lines(unicode_line, flat=flat, max_characters=max_characters))

    def latex(self, *, flat: bool = False, max_characters: int = MAX_CHARACTERS) -> str:
        """The same in LaTeX, one below the other."""
        from derive.notation.print_latex import latex

        let = r"&\text{{let }} {} = {}"
        *lets, body = self.lines(latex, let, flat=flat, max_characters=max_characters)
        return r"\begin{aligned} " + r" \\ ".join([*lets, f"&{body}"]) + r" \end{aligned}" if lets else body

    def lines(
        self, printer: Callable[..., str], let: str = "let {} = {}", *, flat: bool, max_characters: int
    ) -> list[str]:
        """The definitions and the body, as a printer draws them; LimitError where they are too long together."""
        lines: list[str] = []
        left = max_characters
        for name, value in self.lets:
            lines.append(let.format(printer(name), printer(value, flat=flat, max_characters=left)))
            left = max(left - len(lines[-1]), 0)
        return [*lines, printer(self.body, flat=flat, max_characters=left)]


def named(e: Expression, max_characters: int = MAX_CHARACTERS) -> Named:
    """`e` with names t_1, t_2, … for the parts that come again, where that is shorter, else without any.

    What has more than `max_characters` with names, too, is left without.
    Nothing is named inside an operator, an integral or a sum: what these bind would lose its meaning outside.
    """
    order = _outside(e)
    if len(order) > max_characters:
        return Named((), e)
    uses: dict[Expression, int] = {}
    for node in order:
        for a in _parts(node):
            uses[a] = uses.get(a, 0) + 1
    names = _fresh_names(e)
    name = next(names)
    length: dict[Expression, int] = {}  # characters, names being used
    written: dict[Expression, Expression] = {}
    lets: list[tuple[Expression, Expression]] = []
    for node in order:
        parts = _parts(node)
        written[node] = rebuild(node, tuple([written[a] for a in parts])) if parts else node
        full = length[node] = _own_length(node) + sum([length[a] for a in parts])
        short, n = len(name), uses.get(node, 0)
        if full > WORTH and n * full > full + n * short + len("let  = \n") + short:
            lets.append((symbol(name), written[node]))
            written[node], length[node] = symbol(name), short
            name = next(names)
    found = Named(tuple(lets), written[e])
    try:
        characters = len(found.text(max_characters=max_characters))
    except LimitError:
        return Named((), e)
    try:
        text(e, max_characters=characters)
    except LimitError:
        return found
    return Named((), e)


def _fresh_names(e: Expression) -> Iterator[str]:
    taken = symbols(e)
    return (name for name in map("t_{}".format, count(1)) if name not in taken)


def _parts(node: Expression) -> tuple[Expression, ...]:
    """The children that may have names: none of an operator, or of anything else that binds a letter."""
    return () if node.open or type(node) in (*BINDERS, Limit, Substitution) else node.arguments


def _outside(root: Expression) -> list[Expression]:
    """The distinct nodes outside operators, children first."""
    outside = set(reached(root, _parts))
    return [node for node in postorder(root) if node in outside]


def _own_length(node: Expression) -> int:
    """About how many characters a node adds to those of its parts."""
    if not node.arguments:
        return len(str(node.label))
    if not _parts(node):
        return 2 * len(postorder(node))
    return len(node.arguments) + (len(str(node.label)) + 1 if isinstance(node.label, str) else 0)

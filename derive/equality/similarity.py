"""Similar: the same up to the order of terms and factors, and trivia; what trivia are is said in `forms.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from derive.equality.forms import Hash, Memo, form, key
from derive.equality.reading import brief, expression
from derive.expressions import Expression, Path, Product, Sum

if TYPE_CHECKING:
    from derive.explain.catalog import Segments


class Parts(BaseModel):
    """Where two expressions begin to differ: the path of a part of the first, its text, and what the second has."""

    model_config = ConfigDict(frozen=True)

    path: Path
    left: str
    right: str


class Similarity(BaseModel):
    """Whether two expressions are the same up to order and trivia; true when they are.

    verdict  "identical": the same tree; "similar"; "different": in more than trivia, which may be of equal value
    """

    model_config = ConfigDict(frozen=True)

    verdict: Literal["identical", "similar", "different"]
    witness: Parts | None = Field(default=None, description="of different ones: the smallest parts that differ")
    evidence: Literal["tree", "form"] = Field(default="form", description="what was compared: the trees, or the forms")

    def __bool__(self) -> bool:
        return self.verdict != "different"

    def segments(self, language: str = "en") -> Segments:
        """The verdict in words and formulas."""
        from derive.equality.wording import similarity

        return similarity(self, language)

    def message(self, language: str = "en") -> str:
        """The verdict in words, one line of plain text."""
        from derive.explain.inline import one_line

        return one_line(self.segments(language))


def similar(a: str | Expression, b: str | Expression) -> Similarity:
    """Whether a and b are the same up to order and trivia: `similar("1 + 2x/3", "2/3*x + 1")` is true.

    Text is read; ReadError where it cannot be. Linear in the distinct nodes of both.
    """
    return compared(expression(a), expression(b))


def compared(left: Expression, right: Expression) -> Similarity:
    """`similar` of two expressions."""
    if left == right:
        return Similarity(verdict="identical", evidence="tree")
    memo: Memo = {}
    if form(left, memo) == form(right, memo):
        return Similarity(verdict="similar")
    path, mine, its = first_difference(left, right, memo)
    return Similarity(verdict="different", witness=Parts(path=path, left=brief(mine), right=brief(its)))


def first_difference(left: Expression, right: Expression, memo: Memo) -> tuple[Path, Expression, Expression]:
    """The smallest parts whose exchange would make the two similar: x + sin(2*x), sin(3*x) + x  →  2 and 3."""
    path: list[int] = []
    while type(left) is type(right) and left.label == right.label and len(left.arguments) == len(right.arguments):
        pair = _odd_ones(left, right, memo)
        if pair is None:
            break
        path.append(pair[0])
        left, right = left.arguments[pair[0]], right.arguments[pair[1]]
    return tuple(path), left, right


def _odd_ones(left: Expression, right: Expression, memo: Memo) -> tuple[int, int] | None:
    """The positions of the one argument on each side that the other side does not have, if it is one."""
    mine, its = ([key(form(a, memo)) for a in e.arguments] for e in (left, right))
    if type(left) is Sum or type(left) is Product:
        first, second = _unmatched(mine, its), _unmatched(its, mine)
    else:
        first = second = [i for i, (f, g) in enumerate(zip(mine, its, strict=True)) if f != g]
    return (first[0], second[0]) if len(first) == len(second) == 1 else None


def _unmatched(mine: list[Hash], its: list[Hash]) -> list[int]:
    left: dict[Hash, int] = {}
    for k in its:
        left[k] = left.get(k, 0) + 1
    odd = []
    for i, k in enumerate(mine):
        if left.get(k, 0):
            left[k] -= 1
        else:
            odd.append(i)
    return odd

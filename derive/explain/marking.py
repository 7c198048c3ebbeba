"""Which part of a formula changed: the smallest that covers every difference from the formula before."""

from __future__ import annotations

from collections.abc import Callable

from derive.expressions import Expression, occurrences

MANY = 12  # children that differ: more are marked as a whole without a second look


def changed(
    before: Expression, after: Expression, alike: Callable[[Expression, Expression], bool] | None = None
) -> Expression | None:
    """The part of `after` to be marked; None when it is the whole formula, or nothing has changed.

    A part that also stands elsewhere, unchanged, would be marked there too; then the part around it is taken.
    `alike` says of two different expressions whether they look the same, and so need no mark.
    """
    if before == after:
        return None
    line = [after]
    while type(before) is type(after) and before.label == after.label and len(before.arguments) == len(after.arguments):
        different = [i for i, (a, b) in enumerate(zip(before.arguments, after.arguments, strict=True)) if a != b]
        if 1 < len(different) <= MANY and alike is not None:
            different = [i for i in different if not alike(before.arguments[i], after.arguments[i])]
        if len(different) != 1:
            break
        before, after = before.arguments[different[0]], after.arguments[different[0]]
        line.append(after)
    root = line[0]
    while len(line) > 1:
        part = line.pop()
        if part.arguments and occurrences(root, part)[1] == 1:
            return part
        if not part.arguments and len(line) > 1 and occurrences(root, part)[1] == 1:
            return part
    return None

"""Which part of a formula changed: the smallest that covers every difference from the formula before."""

from __future__ import annotations

from derive.expressions import Expression, occurrences


def changed(before: Expression, after: Expression) -> Expression | None:
    """The part of `after` to be marked; None when it is the whole formula, or nothing has changed.

    A part that also stands elsewhere, unchanged, would be marked there too; then the part around it is taken.
    """
    if before == after:
        return None
    line = [after]
    while type(before) is type(after) and before.label == after.label and len(before.arguments) == len(after.arguments):
        different = [i for i, (a, b) in enumerate(zip(before.arguments, after.arguments, strict=True)) if a != b]
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

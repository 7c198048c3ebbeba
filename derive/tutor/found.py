"""The suspects that were found guilty, as they are told: with their place in the whole."""

from __future__ import annotations

from collections.abc import Sequence

from derive.expressions import occurrences
from derive.tutor.suspects import Suspect
from derive.tutor.verdicts import Slipped


def slipped(found: Sequence[Suspect]) -> tuple[Slipped, ...]:
    """Each mistake with its path in the state that it was made in."""
    return tuple([_one(suspect) for suspect in found])


def _one(suspect: Suspect) -> Slipped:
    path, _ = occurrences(suspect.whole, suspect.before)
    return Slipped(
        suspect.mistake, suspect.rule, suspect.before, suspect.wrong, suspect.right, path or (),
        dict(suspect.match.bindings),
    )  # fmt: skip

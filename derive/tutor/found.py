"""The suspects that were found guilty, as they are told: with their place in the whole."""

from __future__ import annotations

from collections.abc import Sequence

from derive.expressions import occurrences
from derive.trace import Derivation
from derive.tutor.suspects import Suspect
from derive.tutor.verdicts import Slipped


def slipped(found: Sequence[Suspect], derivation: Derivation) -> tuple[Slipped, ...]:
    """Each mistake with its path in the state that it was made in."""
    return tuple([_one(s, derivation if k == 0 else None) for k, s in enumerate(found)])


def _one(suspect: Suspect, derivation: Derivation | None) -> Slipped:
    path = occurrences(derivation.states[suspect.index], suspect.before)[0] if derivation is not None else ()
    return Slipped(
        suspect.mistake, suspect.rule, suspect.before, suspect.wrong, suspect.right, path or (),
        dict(suspect.match.bindings),
    )  # fmt: skip

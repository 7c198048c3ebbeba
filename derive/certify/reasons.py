"""Why there is no certificate: the name of a sentence in the messages, and what fills its slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from derive.errors import DeriveError
from derive.explain.catalog import Slot, message


@dataclass(frozen=True, slots=True)
class Reason:
    """`id` is the message certificate.no-ID; "" where the reason is a `text` that Coq or the system gave.

    A slot may be filled by another reason: why the auditor refuses a file.
    """

    id: str
    slots: Mapping[str, Slot | Reason] = field(default_factory=dict)
    text: str = ""

    def said(self, language: str = "en") -> str:
        """The reason in words: Reason("order", {"order": "n"})  →  the order n has no term"""
        if not self.id:
            return self.text
        slots = {name: v.said(language) if isinstance(v, Reason) else v for name, v in self.slots.items()}
        return words(f"no-{self.id}", "what", language, slots)

    def __str__(self) -> str:
        return self.said()


class NotExpressible(DeriveError):
    """There is no Coq term for this, or no proof by our lemmas; `reason` says why in any language."""

    def __init__(self, id: str, **slots: Slot) -> None:
        self.reason = Reason(id, slots)
        super().__init__(self.reason.said())


def words(id: str, field: str, language: str, slots: Mapping[str, Slot]) -> str:
    """A message about certificates as plain text."""
    return "".join([str(content) for _, content in message(language, f"certificate.{id}", field, slots)])

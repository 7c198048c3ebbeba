"""Whether two expressions are the same: up to order and trivia (`similar`), or in value (`equivalent`)."""

from derive.equality.equivalence import equivalent
from derive.equality.similarity import Similarity, similar
from derive.equality.verdicts import Equivalence

__all__ = ["Equivalence", "Similarity", "equivalent", "similar"]

"""What the points visited so far have shown about two expressions, and the verdict that follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import log10
from typing import Any, Literal, TypeAlias

from flint import arb

from derive.expressions import symbols
from derive.numeric.grid import Grid
from derive.numeric.points import Place, shown
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program, Values
from derive.numeric.signals import NoValue, Undefined, Unsupported, Unsure
from derive.numeric.together import Together

Verdict: TypeAlias = Literal["equal", "different", "unknown"]
Domain: TypeAlias = Literal["same", "wider", "narrower"]
Reject: TypeAlias = "tuple[Place, Program | NoValue | None]"

LADDER = (128, 256, 512, 1024, 2048)
AGREE_BITS = 100
ENOUGH = 6  # fewer agreeing points are "unknown"
PRINTED = 20
DEEP_BITS = 512  # at one point; x and x + 1e-100 differ
DEEP_PRINTED = 150
LARGE = 10_000  # operations beyond which the deep look costs more than it tells
MAX_REJECTS = 24  # told; the textbook examples reject at most 60 points
NO_POINT = "no point of the domain was found"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on b against a, and its evidence.

    domain   "wider": b has values where a certainly has none; "narrower": b has none where a has
    wider, narrower   such a point
    witness  {"point", "left", "right"}: a point at which the values certainly differ
    residuals  at each of the points an enclosure of the difference, of large values in proportion to them
    rejects  the first points that were not compared, each with the condition or the failure that says why
    reason   of "unknown"
    """

    verdict: Verdict
    agreed: int = 0
    rejected: int = 0
    precision_bits: int = 0
    digits: int = 0
    witness: dict[str, Any] | None = None
    domain: Domain | None = None
    wider: dict[str, str] | None = None
    narrower: dict[str, str] | None = None
    points: tuple[dict[str, str], ...] = ()
    residuals: tuple[Any, ...] = field(default=(), compare=False)
    rejects: tuple[Reject, ...] = field(default=(), compare=False)
    reason: str = ""

    @property
    def equal(self) -> bool:
        return self.verdict == "equal"


class Tally:
    """What the points visited so far have shown.

    deep  whether the first point that agrees is looked at with many more digits
    """

    def __init__(self, programs: Together, precision: int, deep: bool = True) -> None:
        self.programs = programs
        self.deep = deep and programs.size < LARGE
        self.left, self.right, self.given = programs.left, programs.right, programs.given
        self.ladder = [precision, *[p for p in LADDER if p > precision]]
        self.agreed = self.rejected = self.bits = self.unsure = self.refused = 0
        self.nowhere = False  # a part of the left side without letters has no value, as 0^0
        self.worst = arb(0)
        self.enough = ENOUGH
        self.late = False
        self.witness: dict[str, Any] | None = None
        self.wider: Place | None = None
        self.narrower: Place | None = None
        self.narrower_count = 0
        self.visited: list[Place] = []
        self.residual: Any = None
        self.residuals: list[Any] = []
        self.rejects: list[Reject] = []
        self.failure: NoValue | None = None

    @property
    def hopeless(self) -> bool:
        """High precision was of no use at several points, and nothing agreed."""
        return self.unsure >= 4 and not self.agreed

    @property
    def vain(self) -> bool:
        """Other points tell no more: there is no numeric method at any of several, or no value anywhere."""
        return self.nowhere or (self.refused >= ENOUGH and not self.agreed)

    def visit(self, place: Place) -> bool:
        """Compare at one point, in a `working` block of the first precision; True when a difference was proved."""
        verdict = self._at(Inputs.at(place), place, self.ladder[0])
        return self._visit_closely(place) if verdict is None else verdict

    def _visit_closely(self, place: Place) -> bool:
        """The same in higher precisions, one after the other."""
        for bits in self.ladder[1:]:
            with working(bits):
                verdict = self._at(Inputs.at(place), place, bits)
            if verdict is not None:
                return verdict
            if self.hopeless:
                break
        self._reject(place, self.failure)
        self.unsure += 1
        return False

    def _reject(self, place: Place, why: Program | NoValue | None) -> None:
        self.rejected += 1
        if len(self.rejects) < MAX_REJECTS:
            self.rejects.append((place, why))

    def _at(self, inputs: Inputs, place: Place, bits: int) -> bool | None:
        """None asks for a higher precision."""
        values: Values = [inputs]
        for condition in self.given:
            try:
                truth = condition.onward(values)
            except Undefined:
                truth = False
            except NoValue:
                truth = None
            if truth is None:
                return None
            if not truth:
                self._reject(place, condition)
                return False
        a, b = self._values(values)
        if isinstance(a, NoValue) or isinstance(b, NoValue):
            return self._without_value(a, b, place)
        verdict = self._agreement(a, b, bits)
        if verdict is None:
            return None
        if not verdict:
            self.bits = bits
            left, right = _shown(a, b)
            self.witness = {"point": shown(place), "left": left, "right": right}
            return True
        if bits > self.bits:
            self.bits = bits
        if self.deep and not self.agreed and self._differ_deeply(place):
            return True
        self.agreed += 1
        self.visited.append(place)
        self.residuals.append(self.residual)
        return False

    def _values(self, values: Values) -> tuple[Any, Any]:
        """The values of both sides, or what says why there is none; operations known by now are in `values`."""
        left, right = self.left, self.right
        if right.lazy:
            return _attempt(left.value, values[0]), _attempt(right.value, values[0])
        try:
            b = right.onward(values)  # by way of the left one's operations
        except NoValue as failure:
            if len(values) <= left.until:  # one of those failed
                return failure, _attempt(right.value, values[0])
            b = failure
        a = values[left.result]
        return a if type(a) is arb and a.is_finite() else _attempt(left.known, values), b

    def _differ_deeply(self, place: Place) -> bool:
        """One point is looked at with many more digits, where a tiny constant term shows."""
        with working(DEEP_BITS):
            a, b = self._values([Inputs.at(place)])
        if type(a) is not arb or type(b) is not arb or a.overlaps(b):
            return False
        self.bits = DEEP_BITS
        self.witness = {"point": shown(place), "left": a.str(DEEP_PRINTED), "right": b.str(DEEP_PRINTED)}
        return True

    def _without_value(self, a: Any, b: Any, place: Place) -> bool | None:
        if isinstance(a, Unsure) or isinstance(b, Unsure):
            self.failure = a if isinstance(a, Unsure) else b
            return None
        self._reject(place, a if isinstance(a, NoValue) else b)
        if type(a) is Unsupported or type(b) is Unsupported:
            self.refused += 1
        if isinstance(a, NoValue):
            self.failure = a
            if isinstance(a, Undefined):
                self.nowhere = not (self.left.lazy or a.node is None or symbols(a.node))
                if not isinstance(b, NoValue):
                    self.wider = self.wider or place
        else:
            self.failure = b
            if isinstance(b, Undefined):
                self.narrower = self.narrower or place
                self.narrower_count += 1
        return False

    def _agreement(self, a: Any, b: Any, bits: int) -> bool | None:
        """True: agree closely; False: certainly differ; None: not decided."""
        if type(a) is not arb or type(b) is not arb:
            self.residual = None
            if isinstance(a, Grid) or isinstance(b, Grid):
                return self._grids_agree(a, b, bits)
            return None if a is None or b is None else a is b
        self.residual = difference = a - b
        if difference != _ZERO:
            return False
        gap, scale = difference.abs_upper(), a.abs_upper() + b.abs_upper()
        if scale > 1:
            self.residual = difference / scale
        if gap == 0:
            return True
        if gap <= scale * _TOLERANCE:
            relative = gap / scale
            if relative > self.worst:
                self.worst = relative
            return True
        if bits >= 2 * LADDER[0] and gap <= _TOLERANCE:  # both are 0, as far as can be told
            self.worst = self.worst.max(gap)
            return True
        return None

    def _grids_agree(self, a: Any, b: Any, bits: int) -> bool | None:
        if not isinstance(a, Grid) or not isinstance(b, Grid) or (a.columns, a.rows) != (b.columns, b.rows):
            return False
        verdicts, gaps = [], []
        for x, y in zip(a.entries, b.entries, strict=True):
            verdicts.append(self._agreement(x, y, bits))
            gaps.append(self.residual)
        self.residual = tuple(gaps)
        return False if False in verdicts else None if None in verdicts else True

    def comparison(self) -> Comparison:
        domain: Domain | None = "narrower" if self.narrower else "wider" if self.wider else None
        evidence: dict[str, Any] = {
            "agreed": self.agreed,
            "rejected": self.rejected,
            "precision_bits": self.bits,
            "wider": shown(self.wider) if self.wider else None,
            "narrower": shown(self.narrower) if self.narrower else None,
            "points": tuple([shown(p) for p in self.visited]),
            "residuals": tuple(self.residuals),
            "rejects": tuple(self.rejects),
        }
        if self.witness is not None:
            return Comparison("different", witness=self.witness, domain=domain, **evidence)
        constant = not self.programs.symbols
        if self.agreed >= (1 if constant else self.enough):
            return Comparison("equal", domain=domain or "same", digits=self._digits(), **evidence)
        reason = "" if self.failure is None else str(self.failure)
        if not self.agreed and self.narrower and self.narrower_count >= (1 if constant else ENOUGH):
            witness = {"point": shown(self.narrower), "left": "a value", "right": f"none: {reason}"}
            return Comparison("different", witness=witness, domain=domain, reason="disjoint domains", **evidence)
        few = f"only {self.agreed} points of the domain were found" if self.agreed else NO_POINT
        reason = "; ".join([r for r in (few, reason, "the time was over" if self.late else "") if r])
        return Comparison("unknown", domain=domain, reason=reason, **evidence)

    def _digits(self) -> int:
        """Decimal digits of agreement at the worst point."""
        if self.worst == 0:
            return int(self.bits * 0.30103)
        mantissa, exponent = [int(part) for part in self.worst.upper().man_exp()]
        spare = max(0, mantissa.bit_length() - 53)  # bits that a float has no room for
        return int(-(log10(mantissa >> spare) + (exponent + spare) * 0.30103))


_ZERO = arb(0)
_TOLERANCE = arb(2) ** -AGREE_BITS


def _attempt(value: Callable[[Any], Any], at: Any) -> Any:
    try:
        return value(at)
    except NoValue as failure:
        return failure


def _shown(a: Any, b: Any) -> tuple[str, str]:
    """The two values as text; of matrices, the first entries that certainly differ."""
    if isinstance(a, Grid) and isinstance(b, Grid) and (a.columns, a.rows) == (b.columns, b.rows):
        for x, y in zip(a.entries, b.entries, strict=True):
            if isinstance(x, arb) and isinstance(y, arb) and x != y:
                return _shown(x, y)
    if isinstance(a, arb) and isinstance(b, arb):
        return a.str(PRINTED, radius=False), b.str(PRINTED, radius=False)
    return _kind(a), _kind(b)


def _kind(value: Any) -> str:
    return f"a {value.rows}×{value.columns} matrix" if isinstance(value, Grid) else str(value)

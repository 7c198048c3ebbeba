"""Makes explicit what people leave out: products without a sign, functions without a bracket, the reach of d/dx.

The tokens that come out have one reading (grammar/expression.lark); every choice made here that someone might have
meant otherwise is noted.

    2x sin 3x cos x        →  2*x*sin(3*x)*cos(x)
    d/dx x^2 + 1           →  d/dx(x^2 + 1)
    d/dx (x + 1)^2         →  d/dx((x + 1)^2)
    |x|y|z|                →  abs(x)*y*abs(z)
"""

from __future__ import annotations

from derive.expressions import Number
from derive.notation.binding import with_calls
from derive.notation.frames import COMPLETE, PRIMARY_GOES_ON, REST_ENDS, RUN_ENDS, TERM_ENDS, Frame
from derive.notation.lexed import Lexed
from derive.notation.marks import DECIDE
from derive.notation.operands import BEGIN, FOLLOW
from derive.notation.tokens import CLOSERS, OPENERS, STARTS, Token


def explicit(lexed: Lexed) -> list[Token]:
    """The tokens with every product, bracket and reach written out."""
    return Explicit(lexed).run()


class Explicit:
    """One pass over the tokens of a text."""

    def __init__(self, lexed: Lexed) -> None:
        self.lexed = lexed
        self.tokens = with_calls(lexed) if lexed.binders else lexed.tokens
        self.out: list[Token] = []
        self.frames: list[Frame] = [Frame("real", Token("", None, 0, 0), "$END")]
        self.done = False  # whether an operand has just been completed
        self.newline = False
        self.position = 0
        self.head_start = 0  # where the function began whose argument is looked for

    def run(self) -> list[Token]:
        tokens, out, frames = self.tokens, self.out, self.frames
        while self.position < len(tokens):
            token = tokens[self.position]
            self.position += 1
            kind = token.kind
            if kind in DECIDE:
                decided = DECIDE[kind](self, token)
                if decided is None:
                    continue
                token = decided
            frame = frames[-1]
            again = False
            while not again and frame.mode != "real" and self.ends(frame, token):
                again = self.close_virtual(token)
                frame = frames[-1]
            if again:
                continue
            kind = token.kind
            if kind in STARTS:
                if self.done:
                    self.juxtapose(frame, token)
                    frame = frames[-1]
                if frame.run is None:
                    frame.run = token.start
                if kind in BEGIN:
                    BEGIN[kind](self, token)
                    continue
                out.append(token)
                if kind in OPENERS:
                    frames.append(Frame("real", token, OPENERS[kind]))
                    self.done = False
                else:
                    self.done = True
                continue
            out.append(token)
            if kind in CLOSERS:
                if len(frames) > 1:
                    self.end_of_term(frame, token)
                    frames.pop()
                    if frame.closer == "BRACE_AS_PAREN" and kind == "RBRACE":
                        token.kind = "RPAR"
                    self.done = True
                    if frame.then:
                        self.follow(frame.then)
            elif kind in COMPLETE:
                self.done = True
            else:
                if frame.mode == "rest" and frame.pending is None and kind in ("PLUS", "MINUS") and self.done:
                    frame.slash, frame.run, frame.pending = None, None, ("sign", token.start)
                elif frame.mode == "primary" and kind == "CARET" and frame.pending is None:
                    frame.pending = ("power", token.start)
                self.done = False
                if kind in TERM_ENDS:
                    if frame.mode != "rest" or not frame.pending or frame.pending[0] != "sign":
                        self.end_of_term(frame, token)
                elif kind == "SLASH":
                    self.flush(frame, token)
                    frame.slash = token.start
                elif kind == "TIMES":
                    self.flush(frame, token)
                    frame.slash = None
        return out

    def ends(self, frame: Frame, token: Token) -> bool:
        """Whether the virtual `frame` ends before `token`."""
        mode, kind = frame.mode, token.kind
        if mode == "point" and self.out[-1].kind == "DIRECTION":
            return True
        if not self.done:
            return kind in CLOSERS or kind in ("$END", "COMMA", "RELATION")
        if mode == "one":
            return True
        if mode == "primary":
            return kind not in PRIMARY_GOES_ON
        if mode == "run":
            return kind in RUN_ENDS or self.is_exponential(token)
        if mode == "rest":
            return kind in REST_ENDS
        if kind in ("PLUS", "MINUS") and not token.blank:  # the point of a limit
            after = self.tokens[self.position]
            if after.blank or after.kind == "LPAR":
                token.value = "+" if kind == "PLUS" else "-"
                token.kind = "DIRECTION"
                return False
        return (kind in STARTS and (token.blank or kind == "LPAR")) or kind in REST_ENDS

    def is_exponential(self, token: Token) -> bool:
        """Whether `token` is the e of e^…, which begins a function like exp."""
        return token.kind == "ATOM" and token.value.label == "e" and self.tokens[self.position].kind == "CARET"

    def open_virtual(self, mode: str, at: int, kind: str = "LPAR", then: str = "") -> None:
        token = Token(kind, None, at, at, virtual=True)
        self.out.append(token)
        self.frames.append(Frame(mode, token, OPENERS[kind], then))
        self.done = False

    def close_virtual(self, before: Token) -> bool:
        """Closes the innermost frame before the token at hand; whether that token is to be looked at again."""
        frame = self.frames[-1]
        if self.done and frame.mode in _NOTED:
            self.note_reach(frame, before)
        self.end_of_term(frame, before)
        self.frames.pop()
        if frame.mode != "point":
            self.out.append(Token(frame.closer, None, before.start, before.start, virtual=True))
        if frame.then and (self.done or frame.mode == "point"):
            self.position -= 1
            self.tokens[self.position] = before
            self.follow(frame.then)
            return True
        return False

    def follow(self, then: str) -> None:
        """What must come after a part: the argument of a function, the group of a command, the operand of a limit."""
        self.done = False
        FOLLOW[then](self)

    def juxtapose(self, frame: Frame, token: Token) -> None:
        before = self.out[-1]
        if before.kind == "ATOM" and token.kind == "ATOM" and type(before.value) is Number is type(token.value):
            if not (before.virtual or token.virtual):
                raise self.lexed.error("two numbers side by side", token.start, "write * between them, or one number")
        if self.newline and not self.lexed.latex:
            raise self.lexed.error(
                "the expression goes on in a new line", token.start, "write an operator between them"
            )
        if before.kind == "ATOM" and len(self.out) > 2 and not token.blank and token.kind != "LPAR":
            self.note_exponent(token)
        if frame.slash is not None and frame.pending is None:
            frame.pending = ("slash", frame.run, frame.slash, token.start)
        if frame.mode == "run" and frame.pending is None and type(before.value) is not Number:
            frame.pending = ("run", frame.opener.start, token.start)
        self.out.append(Token("TIMES", None, token.start, token.start, virtual=True))
        self.done = False

    def note_exponent(self, token: Token) -> None:
        """e^2x is e^2·x, and may have been meant as e^(2x)."""
        base, caret = self.out[-3], self.out[-2]
        if caret.kind == "CARET" and base.kind == "ATOM" and not caret.virtual and token.kind == "NAME":
            self.lexed.notes.append(("exponent-then-factor", base.start, token.end, caret.start, token.start))

    def flush(self, frame: Frame, token: Token) -> None:
        pending = frame.pending
        if pending and pending[0] == "slash":
            end = self.out[-2].end if self.out[-1] is token else self.out[-1].end
            self.lexed.notes.append(("product-after-slash", pending[1], end, pending[2], pending[3]))
            frame.pending = None

    def end_of_term(self, frame: Frame, token: Token) -> None:
        if frame.pending:
            self.flush(frame, token)
        frame.slash = frame.pending = None
        frame.run = None

    def note_reach(self, frame: Frame, before: Token) -> None:
        """Notes how far a function or operator without a bracket was taken to reach, where one may doubt it."""
        start, end, pending = frame.opener.start, before.start, frame.pending
        add = self.lexed.notes.append
        if frame.mode == "run":
            if pending and pending[0] == "run":
                add(("function-reach", frame.start, end, start, pending[2]))
            elif before.kind == "SLASH":
                add(("function-before-slash", frame.start, end, start))
        elif frame.start == start:
            return  # a limit
        elif frame.mode == "rest":
            if pending and pending[0] == "sign":
                add(("operator-takes-rest", frame.start, end, start, pending[1]))
        elif pending and pending[0] == "power":
            add(("operator-takes-power", frame.start, end, start, pending[1]))
        elif before.virtual is False and (before.kind in STARTS or before.kind in ("TIMES", "SLASH")):
            if before.kind in STARTS or self.lexed.text[start - 1 : start].isspace():
                add(("operator-takes-bracket", frame.start, end, start))


_NOTED = frozenset({"run", "rest", "primary"})

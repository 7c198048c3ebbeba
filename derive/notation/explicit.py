"""Makes explicit what people leave out: products without a sign, functions without a bracket, the reach of d/dx.

The tokens that come out have one reading (grammar/expression.lark); every choice made here that someone might have
meant otherwise is noted.

    2x sin 3x cos x        →  2*x*sin(3*x)*cos(x)
    d/dx x^2 + 1           →  d/dx(x^2 + 1)
    d/dx (x + 1)^2         →  d/dx((x + 1)^2)
    |x|y|z|                →  abs(x)*y*abs(z)
"""

from __future__ import annotations

from typing import Any

from derive.expressions import Call, Expression, Number, Symbol, make
from derive.notation.lexer import Lexed
from derive.notation.names import is_abstract
from derive.notation.tokens import CLOSERS, OPENERS, STARTS, Token


class Head:
    """A function before its arguments: `sin`, `sin^2`, `log_2`, `f''`; `known` is false for an abstract one."""

    __slots__ = ("base", "end", "exponent", "inverted", "known", "name", "places", "start")

    def __init__(self, name: str, known: bool, start: int, end: int, places: tuple[int, ...] = ()) -> None:
        self.name = name
        self.known = known
        self.start = start
        self.end = end
        self.places = places
        self.base: Expression | None = None
        self.exponent: Expression | None = None
        self.inverted = False


class Frame:
    """An open bracket, typed or put in.

    mode  "real", or for a virtual one what it takes: "one" operand, a "primary" with its exponent, a "run" of factors
          up to the next function, the "rest" of the sum, the "point" of a limit
    then  what must follow its end: "argument" of a function, "group" of a command, "operand" of an operator
    """

    __slots__ = ("closer", "mode", "opener", "pending", "run", "slash", "start", "then")

    def __init__(self, mode: str, opener: Token, closer: str, then: str = "") -> None:
        self.mode = mode
        self.opener = opener
        self.closer = closer
        self.then = then
        self.start = opener.start
        self.run: int | None = None
        self.slash: int | None = None
        self.pending: tuple[Any, ...] | None = None


_NOTED = frozenset({"run", "rest", "primary"})
_RUN_ENDS = frozenset({
    "PLUS", "MINUS", "TIMES", "SLASH", "MOD", "COMMA", "RELATION", "TO", "OVER", "AMPERSAND", "NEWLINE", "$END",
    "SEMICOLON", "AT_BAR", "DIRECTION", "FUNCTION", "DERIVATIVE", "LIMIT", "TASK", "BY", "AT", "WHERE", "OF", "AS", *CLOSERS,
})  # fmt: skip
_REST_ENDS = _RUN_ENDS - {"PLUS", "MINUS", "TIMES", "SLASH", "MOD", "FUNCTION", "DERIVATIVE", "LIMIT", "DIRECTION"}
_PRIMARY_GOES_ON = frozenset({"CARET", "BANG", "PRIMES"})
_TERM_ENDS = frozenset({
    "PLUS", "MINUS", "COMMA", "RELATION", "OVER", "AMPERSAND", "NEWLINE", "SEMICOLON", "BY", "AT", "WHERE", "OF", "AS", "$END",
})  # fmt: skip
_COMPLETE = frozenset({"ATOM", "NAME", "BANG", "PRIMES"})


class Explicit:
    """One pass over the tokens of a text."""

    def __init__(self, lexed: Lexed) -> None:
        self.lexed = lexed
        self.tokens = lexed.tokens
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
            if kind in _SPECIAL:
                token = _SPECIAL[kind](self, token)
                if token is None:
                    continue
                kind = token.kind
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
                if kind in _BEGIN:
                    _BEGIN[kind](self, token)
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
            elif kind in _COMPLETE:
                self.done = True
            else:
                if frame.mode == "rest" and frame.pending is None and kind in ("PLUS", "MINUS") and self.done:
                    frame.slash, frame.run, frame.pending = None, None, ("sign", token.start)
                elif frame.mode == "primary" and kind == "CARET" and frame.pending is None:
                    frame.pending = ("power", token.start)
                self.done = False
                if kind in _TERM_ENDS:
                    if frame.mode != "rest" or not frame.pending or frame.pending[0] != "sign":
                        self.end_of_term(frame, token)
                elif kind == "SLASH":
                    self.flush(frame, token)
                    frame.slash = token.start
                elif kind == "TIMES":
                    self.flush(frame, token)
                    frame.slash = None
        return out

    # --- virtual brackets

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
            return kind not in _PRIMARY_GOES_ON
        if mode == "run":
            return kind in _RUN_ENDS or self.is_exponential(token)
        if mode == "rest":
            return kind in _REST_ENDS
        if kind in ("PLUS", "MINUS") and not token.blank:  # the point of a limit
            after = self.tokens[self.position]
            if after.blank or after.kind == "LPAR":
                token.value = "+" if kind == "PLUS" else "-"
                token.kind = "DIRECTION"
                return False
        return (kind in STARTS and (token.blank or kind == "LPAR")) or kind in _REST_ENDS

    def is_exponential(self, token: Token) -> bool:
        """Whether `token` is the e of e^…, which begins a function like exp."""
        return (
            token.kind == "ATOM" and token.value.label == "e" and self.tokens[self.position].kind == "CARET"
        )

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
        _FOLLOW[then](self)

    def argument(self) -> None:
        """The argument of a function: powers and bases first, then a bracket, or the product that follows."""
        tokens, out = self.tokens, self.out
        while True:
            token = tokens[self.position]
            kind = token.kind
            if kind == "PRIMES":
                out.append(token)
                self.position += 1
                continue
            if kind != "CARET" and kind != "SUB":
                break
            out.append(token)
            self.position += 1
            token = tokens[self.position]
            if token.kind == "MINUS":
                out.append(token)
                self.position += 1
                token = tokens[self.position]
            if token.kind in ("ATOM", "NAME"):
                if self.lexed.latex:
                    token = self.one_digit(token)
                else:
                    self.position += 1
                out.append(token)
            elif token.kind in ("LPAR", "LBRACE"):
                self.position += 1
                out.append(token)
                self.frames.append(Frame("real", token, OPENERS[token.kind], "argument"))
                return
            else:
                return
        if kind == "LPAR" or kind == "LBRACE":
            self.position += 1
            out.append(token)
            self.frames.append(Frame("real", token, "RPAR" if kind == "LPAR" else "BRACE_AS_PAREN"))
            token.kind = "LPAR"
            return
        self.open_virtual("run", token.start)
        self.frames[-1].start = self.head_start

    def operand(self) -> None:
        """The operand of d/dx or lim: a bracket with its exponent, or the rest of the sum."""
        token = self.tokens[self.position]
        bracket = token.kind in ("LPAR", "LSQB", "LBRACE")
        start = self.out[-1].start
        operator = self.out[-1].kind == "DERIVATIVE"
        self.open_virtual("primary" if bracket else "rest", token.start)
        if operator:
            self.frames[-1].start = start

    def group(self) -> None:
        """The next argument of a command: a group in braces, or one token."""
        token = self.tokens[self.position]
        if token.kind == "LBRACE":
            self.position += 1
            self.out.append(token)
            self.frames.append(Frame("real", token, "RBRACE"))
            return
        self.open_virtual("one", token.start, "LBRACE")
        if token.kind == "ATOM" and self.lexed.latex:
            self.out.append(self.one_digit(token))
            self.done = True

    def two_groups(self) -> None:
        self.group()
        frame = self.frames[-1]
        frame.then = "group"

    def one_digit(self, token: Token) -> Token:
        """The first digit of a number, as TeX takes it: `\\frac12` is one half; the others stay to be read."""
        node = token.value
        if type(node) is Number and token.end - token.start > 1 and self.lexed.text[token.start : token.end].isdigit():
            digits = self.lexed.text[token.start : token.end]
            token.value = make(Number, (), int(digits[1:]))
            token.start += 1
            return Token("ATOM", make(Number, (), int(digits[0])), token.start - 1, token.start, token.blank)
        self.position += 1
        return token

    # --- what begins an operand

    def name(self, token: Token) -> None:
        """A symbol, or a function where a bracket says so."""
        following = self.tokens[self.position]
        symbol = token.value
        kind = token.kind
        token.kind = "NAME"
        if following.kind == "PRIMES" and self.tokens[self.position + 1].kind == "LPAR":
            self.call(token, symbol.label)
            return
        if following.kind == "LPAR" and (not following.blank or self.lexed.latex):
            if kind != "NAME" or following.value or self.is_call(token):
                self.call(token, symbol.label)
                return
            self.lexed.notes.append(("product-not-call", token.start, None, symbol.label))
        self.out.append(token)
        self.done = True

    def call(self, token: Token, name: str) -> None:
        token.kind = "FUNCTION"
        token.value = Head(name, False, token.start, token.end)
        self.out.append(token)
        self.follow("argument")

    def is_call(self, token: Token) -> bool:
        """Whether a name directly before a bracket is a function: f(…), and x(t) with a letter alone in it."""
        name = token.value.label
        if name in self.lexed.names:
            return False
        if name in self.lexed.functions or is_abstract(name):
            return True
        inside, end = self.tokens[self.position + 1 : self.position + 3]
        letter = name.partition("_")[0]
        if inside.kind == "NAME" and end.kind == "RPAR" and letter in _DEPENDENT and inside.value.label in _INDEPENDENT:
            if inside.value.label != name:
                self.lexed.notes.append(("call-not-product", token.start, end.end, name))
                return True
        return False

    def function(self, token: Token) -> None:
        name = token.value
        if name == "ln" and self.lexed.text[token.end - 1] == "g":
            self.lexed.notes.append(("natural-log", token.start, token.end, name))
        token.value = Head(name, True, token.start, token.end)
        self.lexed.heads.append(token.value)
        self.head_start = token.start
        self.out.append(token)
        self.follow("argument")

    def partial(self, token: Token) -> Token | None:
        name, places = token.value
        token.kind = "FUNCTION"
        token.value = Head(name, False, token.start, token.end, places)
        return token

    def derivative(self, token: Token) -> None:
        self.out.append(token)
        depends = token.value[3]
        if depends is None:
            self.operand()
            return
        variables = tuple(sorted({v for v, _ in token.value[2]}, key=lambda v: str(v.label)))
        at = token.end
        self.out.append(Token("LPAR", None, at, at, virtual=True))
        self.out.append(Token("ATOM", make(Call, variables, depends.label), token.start, at, virtual=True))
        self.out.append(Token("RPAR", None, at, at, virtual=True))
        self.lexed.notes.append(("depends", token.start, at, depends.label))
        self.done = True

    def limit(self, token: Token) -> None:
        self.out.append(token)
        self.done = False
        tokens = self.tokens
        following = tokens[self.position]
        for name in tokens[self.position : self.position + 3]:
            if name.kind in ("QUOTED", "META"):
                name.kind = "NAME"
        if following.kind == "SUB" and tokens[self.position + 1].kind == "LBRACE":
            brace = tokens[self.position + 1]
            self.out += (following, brace)
            self.position += 2
            self.frames.append(Frame("real", brace, "RBRACE", "operand"))
        elif following.kind == "NAME" and tokens[self.position + 1].kind == "TO":
            self.out += (following, tokens[self.position + 1])
            self.position += 2
            self.frames.append(Frame("point", token, "", "operand"))

    def fraction(self, token: Token) -> None:
        self.out.append(token)
        self.done = False
        self.two_groups()

    def root(self, token: Token) -> None:
        token.kind = "ROOT"
        self.out.append(token)
        self.done = False
        following = self.tokens[self.position]
        index = self.tokens[self.position : self.position + 3]
        if token.value == 3 or (following.kind == "LSQB" and index[-1].kind == "RSQB" and _is_three(index[1])):
            self.position += 0 if token.value == 3 else 3
            token.kind = "CUBE_ROOT"
            self.group()
        elif following.kind == "LSQB":
            self.position += 1
            self.out.append(following)
            self.frames.append(Frame("real", following, "RSQB", "group"))
        elif following.kind == "LPAR" and not self.lexed.latex:
            self.open_virtual("one", following.start, "LBRACE")
        else:
            self.group()

    def bracket(self, token: Token) -> None:
        """[ begins a row inside another [, else a vector, a matrix, or a plain bracket."""
        out, frames = self.out, self.frames
        following = self.tokens[self.position]
        if frames[-1].closer == "ROWS":
            token.kind = "ROW_OPEN"
            frames.append(Frame("real", token, "RSQB"))
        else:
            frames.append(Frame("real", token, "ROWS" if following.kind == "LSQB" else "RSQB"))
        out.append(token)
        self.done = False

    # --- products without a sign

    def juxtapose(self, frame: Frame, token: Token) -> None:
        before = self.out[-1]
        if before.kind == "ATOM" and token.kind == "ATOM" and type(before.value) is Number is type(token.value):
            if not (before.virtual or token.virtual):
                raise self.lexed.error("two numbers side by side", token.start, "write * between them, or one number")
        if self.newline and not self.lexed.latex:
            raise self.lexed.error("the expression goes on in a new line", token.start, "write an operator between them")
        if before.kind == "ATOM" and len(self.out) > 2 and not token.blank and token.kind != "LPAR":
            self.note_exponent(token)
        if frame.slash is not None and frame.pending is None:
            frame.pending = ("slash", frame.run, frame.slash, token.start)
        if frame.mode == "run" and frame.pending is None and type(before.value) is not Number:
            frame.pending = ("run", frame.opener.start, token.start)
        self.out.append(Token("TIMES", None, token.start, token.start, virtual=True))
        self.done = False

    # --- notes

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

    # --- tokens that need a decision first

    def bar(self, token: Token) -> Token | None:
        following = self.tokens[self.position]
        if self.done:
            index = len(self.frames) - 1
            while self.frames[index].mode != "real":
                index -= 1
            if self.frames[index].closer == "BAR_CLOSE":
                token.kind = "BAR_CLOSE"
                return token
            if following.kind == "SUB":
                self.at_bar(token)
                return None
        token.kind = "BAR_OPEN"
        return token

    def at_bar(self, token: Token) -> None:
        """u|_{x=2}: everything before it in the bracket, evaluated."""
        token.kind = "AT_BAR"
        while self.frames[-1].mode != "real":
            self.close_virtual(token)
        self.point_below(token)

    def evaluate(self, token: Token) -> None:
        """\\left.u\\right|_{x=2}: the group, evaluated."""
        self.point_below(token)

    def point_below(self, token: Token) -> None:
        """The x = 2 below a bar."""
        if self.tokens[self.position].kind == "SUB":
            self.position += 1
        self.out.append(token)
        following = self.tokens[self.position]
        if following.kind == "LBRACE":
            self.position += 1
            self.out.append(following)
            self.frames.append(Frame("real", following, "RBRACE"))
            self.done = False
        else:
            self.open_virtual("one", following.start, "LBRACE")

    def line(self, token: Token) -> Token | None:
        if self.lexed.problem and self.done and all(f.mode != "real" for f in self.frames[1:]):
            token.kind = "SEMICOLON"
            return token
        self.newline = self.done
        following = self.tokens[self.position]
        if following.kind in STARTS and self.done and not self.lexed.latex and following.kind != "BAR":
            raise self.lexed.error(
                "the expression goes on in a new line", following.start, "write an operator between them"
            )
        return None

    def caret(self, token: Token) -> Token:
        """x → 0^+ in a limit is a direction, not a power."""
        tokens, i = self.tokens, self.position
        if tokens[i].kind in ("PLUS", "MINUS") and tokens[i + 1].kind in ("RBRACE", "LPAR") and self.in_limit():
            self.position += 1
            return Token("DIRECTION", "+" if tokens[i].kind == "PLUS" else "-", token.start, tokens[i].end)
        if tokens[i].kind == "LBRACE" and tokens[i + 1].kind in ("PLUS", "MINUS") and tokens[i + 2].kind == "RBRACE":
            self.position += 3
            return Token("DIRECTION", "+" if tokens[i + 1].kind == "PLUS" else "-", token.start, tokens[i + 2].end)
        return token

    def in_limit(self) -> bool:
        frame = self.frames[-1]
        return frame.mode == "point" or frame.then == "operand"

    def sign(self, token: Token) -> Token:
        """lim_{x → 0+}: a sign just before the closing brace is the direction."""
        if self.done and self.tokens[self.position].kind == "RBRACE" and self.in_limit():
            token.value = "+" if token.kind == "PLUS" else "-"
            token.kind = "DIRECTION"
        return token

    def nabla(self, token: Token) -> Token:
        """∇ f: the gradient, at the beginning of a problem."""
        token.kind, token.value = "TASK", ("gradient", 1, False)
        return token


def _is_three(token: Token) -> bool:
    return token.kind == "ATOM" and token.value.label == 3


_DEPENDENT = frozenset("u v w x y z r s q p theta phi psi rho".split())
_INDEPENDENT = frozenset("x t s u v theta tau".split())
_SPECIAL: dict[str, Any] = {
    "BAR": Explicit.bar, "LINE": Explicit.line, "CARET": Explicit.caret, "PLUS": Explicit.sign, "MINUS": Explicit.sign,
    "PARTIAL": Explicit.partial, "NABLA": Explicit.nabla, "EVALUATE": Explicit.evaluate,
}  # fmt: skip
_BEGIN: dict[str, Any] = {
    "NAME": Explicit.name, "QUOTED": Explicit.name, "META": Explicit.name, "DERIVATIVE": Explicit.derivative,
    "LIMIT": Explicit.limit, "FRACTION": Explicit.fraction, "BINOMIAL": Explicit.fraction, "ROOT": Explicit.root,
    "RADICAL": Explicit.root, "LSQB": Explicit.bracket,
}  # fmt: skip
_FOLLOW = {"argument": Explicit.argument, "operand": Explicit.operand, "group": Explicit.group}


def _function(self: Explicit, token: Token) -> None:
    if isinstance(token.value, Head):
        self.out.append(token)
        self.follow("argument")
    else:
        self.function(token)


_BEGIN["FUNCTION"] = _function


def explicit(lexed: Lexed) -> list[Token]:
    """The tokens with every product, bracket and reach written out."""
    return Explicit(lexed).run()


__all__ = ["Head", "Symbol", "explicit"]

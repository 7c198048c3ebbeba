"""What comes in and goes out: standard input, standard output or a file, errors with the status that belongs to them.

Exit status: 0 done, 1 stuck or wrong, 2 unreadable input or usage, 3 a limit was hit.
"""

from __future__ import annotations

import sys
from pathlib import Path

DONE, STUCK, UNREADABLE, LIMIT, INTERRUPTED = 0, 1, 2, 3, 130


def joined(words: list[str]) -> str:
    """The words as one text; `-` alone is standard input."""
    if words == ["-"]:
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    return " ".join(words)


def write(text: str, output: Path | None = None) -> None:
    """To the file, or to standard output, with a newline at its end."""
    text = text if text.endswith("\n") else text + "\n"
    if output is not None:
        output.write_text(text, encoding="utf-8")
        return
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:  # a terminal that knows no UTF-8 shows what it can
        sys.stdout.write(text.encode(sys.stdout.encoding, errors="replace").decode(sys.stdout.encoding))


def failed(error: Exception) -> int:
    """Say on standard error what went wrong; the exit status that belongs to it."""
    from derive.errors import DeriveError, LimitError, ReadError

    match error:
        case ReadError() if error.text:
            caret = "\n".join(f"  {line}" for line in error.caret().splitlines())
            return complain(f"{error}\n{caret}", UNREADABLE)
        case LimitError():
            return complain(str(error), LIMIT)
        case MemoryError() | RecursionError():
            return complain("there is not enough memory for this", LIMIT)
        case DeriveError():
            return complain(str(error), UNREADABLE)
        case OSError():
            what = error.strerror or str(error)
            return complain(f"{error.filename}: {what}" if error.filename else what, UNREADABLE)
    if hasattr(error, "format_message"):  # typer's: a wrong option or argument
        return complain(f"{error.format_message()} (derive --help lists what there is)", UNREADABLE)
    return complain(f"an error of ours, please report it: {type(error).__name__}: {error}", STUCK)


def complain(message: str, status: int) -> int:
    """`message` to standard error, under the program's name; `status`."""
    try:
        print(f"derive: {message}", file=sys.stderr)
    except UnicodeEncodeError:
        print(f"derive: {message!a}", file=sys.stderr)
    return status

"""The page of `derive certify`: a certificate, or what came of checking it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from derive import solve
from derive.certify import Certificate, check, worksheet, worksheet_checked
from derive.certify.checking import Checked
from derive.certify.reasons import words
from derive.cli_screen import DONE, LIMIT, STUCK, write
from derive.errors import DeriveError
from derive.explain.catalog import Slot
from derive.trace import Derivation

STATUS = {"certified": DONE, "certified-except": DONE, "not-certified": STUCK, "unchecked": LIMIT}


def certify(text: str, *, checking: bool, output: Path | None, language: str, as_json: bool = False) -> int:
    """Write the certificate of a problem, or of one a line; check it where that is asked; the exit status."""
    lines = [line for line in text.splitlines() if line.strip()]
    if as_json:
        told = [_row(line, checking=checking, language=language) for line in lines or [text]]
        shown = [row for row, _ in told] if len(lines) > 1 else told[0][0]
        write(json.dumps(shown, ensure_ascii=False, indent=2), output)
        return max(status for _, status in told)
    if len(lines) > 1:
        return _sheet(lines, checking=checking, output=output, language=language)
    derivation = solve(text)
    if checking:
        found = check(derivation)
        if output is not None and found.certificate.written:
            write(found.certificate.text.rstrip("\n"), output)
        _say(found, language)
        return STATUS[found.state]
    made = derivation.certificate()
    if not made.written:
        _say(Checked("not-certified", made, made.why), language)
        return STUCK
    write(made.text.rstrip("\n"), output)
    if output is not None:
        write(words("written", "what", language, {"lemmas": len(made.lemmas), "file": str(output)}))
    return DONE


def _row(text: str, *, checking: bool, language: str) -> tuple[dict[str, Any], int]:
    """The certificate as data: its text, the names of its variables, the verdict where it is checked; the status."""
    derivation = solve(text)
    found = check(derivation) if checking else None
    made = found.certificate if found else derivation.certificate()
    told = made.data(language)
    row = {
        "problem": str(derivation.problem),
        "certificate": told["text"],
        "variables": told["variables"],
        "lemmas": told["lemmas"],
        "state": found.state if found else "written" if made.written else "not-certified",
        "reason": _why(found or made, language),
        "steps": [k + 1 for k in found.steps] if found else [],
        "seconds": round(found.seconds, 2) if found else None,
        "message": _said(found, language) if found else None,
    }
    return row, STATUS[found.state] if found else DONE if made.written else STUCK


def _sheet(lines: list[str], *, checking: bool, output: Path | None, language: str) -> int:
    derivations, unread = _solved(lines)
    text, made = worksheet(derivations)
    done = sum(c.written for c in made)
    if output is not None or not checking:
        write(text.rstrip("\n"), output)
    if output is not None or checking:
        write(words("worksheet", "what", language, {"done": done, "all": len(lines)}))
    for line, problem in unread:
        write(f"{line}: {problem}")
    for c, d in zip(made, derivations, strict=True):
        if not c.written:
            write(f"{d.problem}: " + words("not-certified", "what", language, {"reason": _why(c, language)}))
    if not checking or not done:
        return DONE if done == len(lines) else STUCK
    found = worksheet_checked(derivations)
    if found.state == "certified":
        write(words("batch", "what", language, {"seconds": f"{found.seconds:.1f}"}))
    else:
        _say(found, language)
    return STUCK if done < len(lines) and found.state == "certified" else STATUS[found.state]


def _solved(lines: list[str]) -> tuple[list[Derivation], list[tuple[str, DeriveError]]]:
    """The derivations of a worksheet, and the lines that cannot be read, with what is wrong."""
    derivations: list[Derivation] = []
    unread: list[tuple[str, DeriveError]] = []
    for line in lines:
        try:
            derivations.append(solve(line))
        except DeriveError as problem:
            unread.append((line, problem))
    return derivations, unread


def _say(found: Checked, language: str) -> None:
    write(_said(found, language))
    if found.state == "unchecked":
        write(words(found.state, "how", language, {}))


def _said(found: Checked, language: str) -> str:
    slots: dict[str, Slot] = {
        "lemmas": len(found.certificate.lemmas),
        "seconds": f"{found.seconds:.1f}",
        "steps": ", ".join([str(k + 1) for k in found.steps]),
        "reason": _why(found, language),
    }
    return words(found.state, "what", language, slots)


def _why(what: Checked | Certificate, language: str) -> str:
    return what.why.said(language) if what.why else ""

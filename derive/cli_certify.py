"""The page of `derive certify`: a certificate, or what came of checking it."""

from __future__ import annotations

import json
from pathlib import Path

from derive import solve
from derive.certify import Certificate, check, worksheet, worksheet_checked
from derive.certify.checking import Checked
from derive.certify.reasons import words
from derive.cli_screen import DONE, LIMIT, STUCK, write
from derive.explain.catalog import Slot

STATUS = {"certified": DONE, "certified-except": DONE, "not-certified": STUCK, "unchecked": LIMIT}


def certify(text: str, *, checking: bool, output: Path | None, language: str, as_json: bool = False) -> int:
    """Write the certificate of a problem, or of one a line; check it where that is asked; the exit status."""
    if as_json:
        return _json(text, checking=checking, output=output, language=language)
    lines = [line for line in text.splitlines() if line.strip()]
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


def _json(text: str, *, checking: bool, output: Path | None, language: str) -> int:
    """The certificate as data: its text, the names of its variables, and the verdict where it is checked."""
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
    write(json.dumps(row, ensure_ascii=False, indent=2), output)
    return STATUS[found.state] if found else DONE if made.written else STUCK


def _sheet(lines: list[str], *, checking: bool, output: Path | None, language: str) -> int:
    derivations = [solve(line) for line in lines]
    text, made = worksheet(derivations)
    done = sum(c.written for c in made)
    if output is not None or not checking:
        write(text.rstrip("\n"), output)
    if output is not None or checking:
        write(words("worksheet", "what", language, {"done": done, "all": len(made)}))
    for c, line in zip(made, lines, strict=True):
        if not c.written:
            write(f"{line}: " + words("not-certified", "what", language, {"reason": _why(c, language)}))
    if not checking:
        return DONE if done == len(made) else STUCK
    found = worksheet_checked(derivations)
    if found.state == "certified":
        write(words("batch", "what", language, {"seconds": f"{found.seconds:.1f}"}))
    else:
        _say(found, language)
    return STUCK if done < len(made) and found.state == "certified" else STATUS[found.state]


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

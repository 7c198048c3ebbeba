"""What `derive check`, `hint` and `practice` print: verdicts, ladders, exercises; nothing is decided here."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

from derive.explain.catalog import Slot, message
from derive.notation import unicode_line
from derive.explain.inline import one_line


def checked(problem: str, answers: Sequence[str], form: str | None, language: str, as_json: bool) -> tuple[str, bool]:
    """(what is said of an answer, or of each line of a worked solution; whether all of it is right)."""
    from derive.tutor import check, diagnose

    verdicts = [check(problem, answers[0], form=form)] if len(answers) == 1 else list(diagnose(problem, answers))
    right = all(v.correct for v in verdicts)
    if as_json:
        data = [v.to_dict(language) for v in verdicts]
        return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2), right
    if len(verdicts) == 1:
        return verdicts[0].message(language), right
    width = max(len(v.text) for v in verdicts)
    return "\n".join([f"{v.text:{width}}  {v.message(language)}" for v in verdicts]), right


def hinted(problem: str, at: str | None, rungs: int, language: str, as_json: bool) -> str:
    """The first `rungs` rungs of the ladder; all of them for 0."""
    from derive.tutor.hints import hints

    found = hints(problem, at)
    said = found.messages(language)
    shown = said if found.off is not None or not rungs else said[:rungs]
    if as_json:
        return json.dumps(
            {"rule": found.rule, "steps": found.steps, "rungs": list(shown)}, ensure_ascii=False, indent=2
        )
    return "\n".join([f"{k}. {rung}" for k, rung in enumerate(shown, 1)])


def exercises_as_json(topic: str, difficulty: int, seed: int, count: int) -> str:
    """The exercises with their answers and distractors."""
    from derive.tutor.practice import practice

    data = [e.to_dict() for e in practice(topic, difficulty, seed, count)]
    return json.dumps(data, ensure_ascii=False, indent=2)


def practise(topic: str, difficulty: int, seed: int, count: int, language: str) -> tuple[int, int]:
    """Asks, checks, hints and shows solutions on the terminal; (right at the first try, asked)."""
    from derive.tutor import check
    from derive.tutor.hints import hints
    from derive.tutor.practice import practice

    exercises = practice(topic, difficulty, seed, count)
    right = 0
    prompt = one_line(message(language, "practice.prompt", "what"))
    for number, exercise in enumerate(exercises, 1):
        d = exercise.derivation()
        slots: dict[str, Slot] = {"number": number, "count": len(exercises), "problem": unicode_line(d.problem)}
        _say(one_line(message(language, "practice.question", "what", slots)))
        rung, tries = 0, 0
        for line in _asked(prompt):
            if line == "q":
                return _scored(right, number - 1, language)
            if line == "?":
                said = hints(d).messages(language)
                _say(said[min(rung, len(said) - 1)])
                rung += 1
                continue
            if line == "!":
                _say(d.render("unicode", language=language))
                break
            try:
                verdict = check(d, line)
            except Exception as error:  # noqa: BLE001 - whatever was typed, the lesson goes on
                _say(str(error))
                continue
            _say(verdict.message(language))
            tries += 1
            if verdict.correct:
                right += tries == 1 and not rung
                break
    return _scored(right, len(exercises), language)


def _scored(right: int, count: int, language: str) -> tuple[int, int]:
    _say(one_line(message(language, "practice.score", "what", {"right": right, "count": count})))
    return right, count


def _asked(prompt: str) -> Iterator[str]:
    """What is typed, line by line, until the input ends."""
    while True:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stdout.write("\n")
            yield "q"
            return
        if line.strip():
            yield line.strip()


def _say(text: str) -> None:
    from derive.cli_screen import write

    write(text)

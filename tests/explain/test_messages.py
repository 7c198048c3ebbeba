"""Every rule and every mistake has words in every language, which name only what is bound."""

from __future__ import annotations

from string import Formatter

import pytest

from derive.errors import UsageError
from derive.explain import words
from derive.explain.catalog import LANGUAGES, PRIME, Segment, formula, has, identifiers, message, table, text_of
from derive.explain.particles import PAIRS
from derive.explain.reference import example, mistaken
from derive.explain.slots import mistake_id, words_id
from derive.expressions import Equation, Expression
from derive.notation import parse
from derive.rules import registry
from derive.rules.model import Mistake, Rule
from derive.trace import Step

RULES = list(registry().values())
MISTAKES = [(rule, mistake) for rule in RULES for mistake in rule.mistakes]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_has_words(rule: Rule, language: str) -> None:
    step = example(rule)
    assert step is not None, "no example of the rule applies"
    assert words.name(rule.id, language)
    assert words.what(step, language)
    assert words.why(step, language)
    assert len(words.hints(step, language)) >= 3
    words.book_formula(step, language)
    if rule.assumes:
        assert has(language, words_id(rule.id), "because") or rule.id == "power.of-root"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rule", "mistake"), MISTAKES, ids=lambda m: m.id)
def test_every_mistake_has_words(rule: Rule, mistake: Mistake, language: str) -> None:
    found = mistaken(rule, mistake)
    assert found is not None, "no example of the rule invites the mistake"
    match, right, _ = found
    wrong, advice = words.mistake(rule.id, mistake.id, language, match.node, right, match.bindings)
    assert wrong
    assert advice


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cited_step_has_words(language: str) -> None:
    step = Step(
        index=4, rule="derivation.cite", before=parse("d/dx(x)"), after=parse("1"), weight="minor", bindings={}, cites=1
    )
    assert "2" in "".join([str(s.content) for s in words.what(step, language, 2)])


def test_the_languages_have_the_same_tables() -> None:
    first, *others = LANGUAGES
    for language in others:
        assert identifiers(language) == identifiers(first) or set(identifiers(language)) == set(identifiers(first))
        for id in identifiers(first):
            assert set(table(language, id)) == set(table(first, id)), id


def test_no_words_without_a_rule() -> None:
    known = {words_id(r.id) for r in RULES} | {mistake_id(r.id, m.id) for r, m in MISTAKES} | {"derivation.cite"}
    own = (
        "words", "functions", "check.", "condition.", "finding.", "outcome.", "note.", "method.",
        "similarity.", "equivalence.", "verdict.", "undecided.", "certificate.", "slip.", "hint.", "practice.",
        "worksheet.", "topics",
    )  # fmt: skip
    assert not [id for id in identifiers("en") if id not in known and not id.startswith(own)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_is_well_formed(language: str) -> None:
    for id in identifiers(language):
        for field, value in table(language, id).items():
            for text in value if isinstance(value, list) else [value]:
                for _, name, suffix, conversion in Formatter().parse(text):
                    if name is None or field == "formula":
                        continue
                    assert name, f"{id}.{field}: a slot without a name"
                    assert not suffix or (language == "ko" and suffix in PAIRS), f"{id}.{field}: {suffix}"
                    if name.startswith("="):
                        formula(name[1:] + (f"!{conversion}" if conversion else ""))
            if field == "formula":
                formula(str(value))


def test_a_message_is_segments() -> None:
    assert message("en", "derivative.power", "what", {"n": parse("5")}) == (
        Segment("text", "bring the exponent "),
        Segment("math", parse("5")),
        Segment("text", " down and lower it by one"),
    )
    shown = message("ko", "derivative.power", "what", {"n": parse("3")})
    assert [s.content for s in shown][:3] == ["지수 ", parse("3"), "을"]


def test_a_formula_of_the_book_keeps_its_primes() -> None:
    e = formula("(u*v)' = u'*v + u*v'")
    assert isinstance(e, Equation)
    left: Expression = e.arguments[0]
    assert left.arguments == (parse("u*v"), PRIME)
    assert formula("f'(u)") == parse("f'(u)")


def test_misuse() -> None:
    with pytest.raises(UsageError, match="en, ko"):
        message("tlh", "words", "answer")
    with pytest.raises(KeyError, match="not bound"):
        message("en", "derivative.power", "what", {})
    with pytest.raises(KeyError, match="no what"):
        message("en", "derivative.unheard-of", "what", {})
    assert text_of("ko", "words", "answer") == "답"


def test_a_rule_without_words_shows_its_id() -> None:
    step = Step(index=0, rule="own.rule", before=parse("x"), after=parse("y"), weight="minor", bindings={})
    assert words.name("own.rule", "en") == (Segment("text", "own.rule"),)
    assert words.what(step, "en") == (Segment("math", parse("x = y")),)
    assert words.why(step, "en") == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", ["wrong", "advice"])
def test_what_is_said_of_a_mistake_is_a_sentence(language: str, about: str) -> None:
    ids = [i for i in identifiers(language) if i.startswith(("mistake.", "slip.")) and has(language, i, about)]
    assert len(ids) > 100
    for id in ids:
        said = str(table(language, id)[about])
        assert said.endswith((".", "?", "!")), f"{id}: {said}"
        assert language != "en" or not said[0].islower(), f"{id}: {said}"

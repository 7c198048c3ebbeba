"""Detail is a view: no step is dropped, none is told twice, the states are the derivation's own."""

from __future__ import annotations

import pytest

from derive.errors import UsageError
from derive.explain import outline
from derive.explain.marking import changed
from derive.explain.outlining import DETAILS, results
from derive.explain.page import Page
from derive.notation import parse
from tests.explain.derivations import PROBLEMS, worked


@pytest.mark.parametrize("detail", DETAILS[1:])
@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_step_stands_once_and_in_order(problem: str, detail: str) -> None:
    d = worked(problem)
    items = outline(d, detail)
    assert [s.index for item in items for s in item.steps] == list(range(len(d.steps)))
    assert all(item.lead in item.steps for item in items)
    assert not items or items[-1].state == len(d.states) - 1


@pytest.mark.parametrize("problem", PROBLEMS)
def test_more_detail_is_more_items(problem: str) -> None:
    d = worked(problem)
    counts = [len(outline(d, detail)) for detail in DETAILS]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == len(d.steps)


def leads(problem: str, detail: str = "standard") -> list[str]:
    return [f"{item.kind} {item.lead.rule}" for item in outline(worked(problem), detail)]


def test_the_page_to_reach() -> None:
    assert leads("d/dx(x^2*sin(3*x))") == [
        "step derivative.product",
        "step derivative.power",
        "step derivative.chain-sin",
        "step derivative.linear",
        "tidy product.brackets",
    ]
    assert leads("d/dx(x^2*sin(3*x))", "brief") == ["step derivative.product", "step derivative.chain-sin"]


def test_a_polynomial_is_differentiated_term_by_term_in_one_item() -> None:
    assert leads("d/dx(3*x^5 - 2*x^2 + 7*x - 4)") == [
        "step derivative.sum",
        "group derivative.constant-multiple",
        "tidy product.brackets",
    ]
    group = outline(worked("d/dx(3*x^5 - 2*x^2 + 7*x - 4)"))[1]
    assert [f"{before} = {after}" for before, after in results(group)] == [
        "d/dx(3*x^5) = 3*(5*x^4)",
        "d/dx(2*x^2) = 2*(2*x)",
        "d/dx(7*x) = 7",
    ]


def test_a_short_derivation_is_not_padded() -> None:
    assert leads("d/dx(5)") == ["step derivative.constant"]
    assert leads("d/dx(-x)") == ["step derivative.negation"]


def test_an_unknown_detail() -> None:
    with pytest.raises(UsageError, match="answer, brief, standard, full"):
        outline(worked("d/dx(5)"), "chatty")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("x + d/dx(x^2)", "x + 2*x", "2*x"),
        ("x + y", "x + y", None),
        ("d/dx(x)", "1", None),
        ("sin(x) + a*d/dx(x)", "sin(x) + a*1", "1"),
        ("cos(3*x)*d/dx(3*x) + x", "cos(3*x)*3 + x", "cos(3*x)*3"),
        ("d/dx(x) + d/dx(y)", "1 + 0", None),
    ],
)
def test_the_changed_part(before: str, after: str, expected: str | None) -> None:
    found = changed(parse(before), parse(after))
    assert (None if found is None else str(found)) == expected


def test_each_condition_is_told_once() -> None:
    said = [line for entry in Page(worked("d/dx(x^x*tan(x))")).entries for line in entry.conditions]
    assert len(said) == len(set(said))

"""The side-by-side benchmarks tell what happened, their page is what was measured, and our work grows as it should."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests import work
from tests.benchmarks.competition import page, plot
from tests.benchmarks.competition.aims import aims
from tests.benchmarks.competition.figures import Point, Run, Series, expected, exponent, growth, load
from tests.benchmarks.competition.measure import measure
from tests.benchmarks.competition.problems import BY_ID, PROBLEMS, hidden, point, text
from tests.benchmarks.competition.systems import SYSTEMS, ours

CHAIN = BY_ID["chain"]

# ── growth of our own work ──


@pytest.mark.parametrize(
    ("problem", "small", "large"),
    [
        ("chain", 400, 1600),
        ("rosenbrock", 200, 800),
        ("logsumexp", 200, 800),
        ("speelpenning", 200, 800),
        ("network", 201, 801),
        ("parse", 2000, 8000),
    ],
)
def test_work_grows_with_n(problem: str, small: int, large: int) -> None:
    assert work.growth(lambda n: ours.JOBS[problem](n).derive, small, large) < 1.15


@pytest.mark.parametrize("problem", [p.id for p in PROBLEMS if p.asked == "gradient"])
def test_a_gradient_shares_its_parts_with_the_function(problem: str) -> None:
    sizes = []
    for n in (101, 201, 401):
        job = ours.JOBS[problem](n)
        assert job.size is not None
        before, after = job.size(job.derive())
        assert after <= 5 * before
        sizes.append(after)
    first, second, third = sizes
    assert abs((third - second) - 2 * (second - first)) <= 8, "the shared size is not linear in n"


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("problem", "small", "large"),
    [
        ("chain", 1000, 10_000),
        ("rosenbrock", 1000, 10_000),
        ("logsumexp", 1000, 10_000),
        ("speelpenning", 1000, 10_000),
        ("network", 501, 2001),
        ("parse", 30_000, 300_000),
    ],
)
def test_work_grows_with_n_where_n_is_large(problem: str, small: int, large: int) -> None:
    assert work.growth(lambda n: ours.JOBS[problem](n).derive, small, large) < 1.15


# ── the problems ──


def test_problems_are_the_size_they_say() -> None:
    for n in BY_ID["network"].sizes:
        assert hidden(n) * (8 + 2) + 1 == n
    for n in BY_ID["parse"].sizes[:4]:
        assert n <= len(text(n)) < n + 80
    for problem in PROBLEMS:
        assert list(problem.sizes) == sorted(set(problem.sizes))
        assert len(point(problem.id, 21)) == (1 if problem.id in ("chain", "product", "nth") else 21)


@pytest.mark.parametrize("problem", [p.id for p in PROBLEMS if p.id != "parse"])
def test_our_derivatives_have_the_values_of_sympys(problem: str) -> None:
    from tests.benchmarks.competition.systems import sympy_

    n = {"network": 21, "nth": 4, "hessian": 3}.get(problem, 6)
    x = point(problem, n)
    found = []
    for module in (ours, sympy_):
        job = module.JOBS[problem](n)
        assert job.build is not None
        found.append(list(job.build(job.derive())(x)))
    assert len(found[0]) == len(found[1])
    for a, b in zip(*found, strict=True):
        assert math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


# ── what a run tells ──


def fake(tmp_path: Path, body: str) -> list[str]:
    """A worker that says what `body` makes it say."""
    script = tmp_path / "worker.py"
    script.write_text(
        "import json, sys, os, signal\n"
        "def say(**fields): print(json.dumps(fields), flush=True)\n"
        "say(stage='ready')\n"
        "for size in sys.argv[3:]:\n"
        "    n = int(size.rstrip('-'))\n"
        "    build = not size.endswith('-')\n"
        "    say(stage='start', n=n)\n"
        "    say(stage='built')\n"
        + "".join([f"    {line}\n" for line in body.splitlines()])
        + "    say(stage='done')\n"
    )
    return [sys.executable, str(script)]


def ended(tmp_path: Path, body: str, sizes: tuple[int, ...] = (10, 20, 30), limit: float = 0.5) -> Series:
    return measure("it", "it", replace(CHAIN, sizes=sizes), limit, fake(tmp_path, body))


DERIVED = "say(stage='derive', seconds=0.01*n, kilobytes=1)\nsay(stage='size', function=1, all=2, nodes=3)\n"


def test_all_sizes(tmp_path: Path) -> None:
    series = ended(tmp_path, DERIVED + "say(stage='build', seconds=1)\nsay(stage='evaluate', seconds=2, check=3)")
    assert [p.n for p in series.points] == [10, 20, 30]
    assert series.points[1] == Point(20, 0.2, 1, 1, 2, 3, 1, 2, 3)
    assert series.ends == []


def test_a_system_that_is_slow_is_stopped(tmp_path: Path) -> None:
    series = ended(tmp_path, "if n > 10: exec('while True: pass')\n" + DERIVED)
    assert [p.n for p in series.points] == [10]
    assert series.ends == ["over 0.5 s at 20"]


def test_a_size_that_would_take_long_is_left_out(tmp_path: Path) -> None:
    series = ended(tmp_path, "say(stage='derive', seconds=n**3/1e6, kilobytes=1)", (10, 20, 1000))
    assert [p.n for p in series.points] == [10, 20]
    assert series.ends == ["1,000 left out: about 1000 s expected"]


def test_a_system_that_raises_or_crashes(tmp_path: Path) -> None:
    assert ended(tmp_path, "say(stage='raised', error='RecursionError', message='deep')\nbreak").ends == [
        "RecursionError at 10"
    ]
    assert ended(tmp_path, "os.kill(os.getpid(), signal.SIGSEGV)").ends == ["crashed (SIGSEGV) at 10"]
    assert ended(tmp_path, "sys.exit(1)").points == []


def test_after_a_slow_evaluation_sizes_are_derived_only(tmp_path: Path) -> None:
    body = DERIVED + "if build and n == 20: exec('while True: pass')\nif build: say(stage='build', seconds=1)"
    series = ended(tmp_path, body)
    assert [p.n for p in series.done()] == [10, 20, 30]
    assert [p.build for p in series.points] == [1, None, None]
    assert series.ends == ["evaluation: over 0.5 s at 20"]


def test_every_system_has_a_style_and_says_what_it_is() -> None:
    from tests.benchmarks.competition.systems import system

    assert len(page.STYLES) == len(SYSTEMS)
    assert max(page.STYLES.values()) < len(plot.MARKS) == len(plot.COLOURS) == len(plot.BRIGHT)
    assert {system(name).NAME for name in ("ours", "ours_forward", "ours_reverse", "sympy_")} <= set(page.STYLES)


# ── figures ──


def test_exponents() -> None:
    assert exponent([(n, 0.002 * n**1.5) for n in (10, 20, 50)]) == pytest.approx(1.5)
    assert exponent([(10, 0.002), (20, 0.004)]) is None
    assert exponent([(n, 1e-5 * n) for n in (10, 20, 50)]) is None, "times under a millisecond are noise"
    series = Series("it", "hessian", [Point(n, 0.01 * n**2, 1, 1, n * n) for n in (5, 10, 20)])
    assert growth(series, "size") == pytest.approx(1)
    assert expected(series, 40) == pytest.approx(16)
    slow_start = Series("it", "chain", [Point(1, 5.0), *[Point(n, 0.01 * n) for n in (10, 20, 40, 80, 160)]])
    assert growth(slow_start, "n") == pytest.approx(1), "what small problems cost does not count"
    assert expected(Series("it", "chain", [Point(5, 0.1)]), 40) is None


def test_a_run_is_stored_and_read(tmp_path: Path) -> None:
    run = Run("here", {"a": "1"}, 6, {"parse": 0.1}, [Series("a", "chain", [Point(10, 0.5)], ["over 6 s at 20"])])
    run.save(tmp_path / "new" / "figures.json")
    assert load(tmp_path / "new" / "figures.json") == run


def test_a_disagreement_is_said() -> None:
    run = Run(
        "", {}, 1, {}, [Series("a", "chain", [Point(10, check=1.0)]), Series("b", "chain", [Point(10, check=1.0)])]
    )
    assert "1 times between systems: they agree" in page.agreement(run)
    run.series[1].points[0].check = 1.001
    assert "differ" in page.agreement(run)
    run.series[0].points[0].check, run.series[1].points[0].check = math.inf, 5e-324
    assert "0 times between systems: they agree" in page.agreement(run)
    run.series[0].points[0].check, run.series[1].points[0].check = 1.0, math.nan
    assert "differ" in page.agreement(run)


def test_aims_that_are_missed_are_said() -> None:
    run = Run("", {}, 1, {}, [Series("derive", "chain", [Point(n, n / 1000) for n in (1000, 10_000, 100_000)])])
    told = {aim.what: aim for aim in aims(run)}
    assert told["Nested chain of 100,000 within 2 s"].met is False
    assert told["Nested chain: growth at most 1.15 over n"].met is True


def test_seconds_for_people() -> None:
    assert [page.seconds(t) for t in (0.00123, 12.3, 3.4e-6, 0.995, 0.1234)] == [
        "1.2 ms",
        "12 s",
        "3.4 µs",
        "995 ms",
        "123 ms",
    ]


# ── page and plots ──


def test_a_chart_is_accessible_and_complete() -> None:
    curves = [(f"system {k} & co", k, [(10.0, 0.001 * (k + 1)), (1000.0, 0.3 * (k + 1))]) for k in range(7)]
    svg = plot.chart(curves, "Title <1>", "About it.")
    root = ET.fromstring(svg)  # well-formed
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert [root.findtext(space + tag) for tag in ("title", "desc")] == ["Title <1>", "About it."]
    assert root.get("aria-labelledby") == "t d"
    assert "prefers-color-scheme:dark" in svg
    lines = root.findall(space + "polyline")
    assert len(lines) == len({line.get("stroke-dasharray") for line in lines}) == 7, "lines differ without colour"
    texts = [t.text for t in root.iter(space + "text")]
    assert all(label in texts for label, _, _ in curves)
    for line in lines:
        for place in (line.get("points") or "").split():
            x, y = map(float, place.split(","))
            assert plot.LEFT - 0.1 <= x <= plot.WIDTH - plot.RIGHT + 0.1
            assert plot.TOP - 0.1 <= y <= plot.HEIGHT - plot.BOTTOM + 0.1


def test_the_page_and_its_plots_are_what_was_measured() -> None:
    run = load(page.FIGURES)
    assert page.PAGE.read_text("utf-8") == page.page(run), "run `python -m tests.benchmarks.competition --page`"
    for problem in PROBLEMS:
        assert (page.FOLDER / f"{problem.id}.svg").read_text("utf-8") == page.plot(run, problem)
        assert {s.system for s in run.of(problem.id)} >= {"derive", "SymPy", "SymEngine"}
    assert json.loads(page.FIGURES.read_text("utf-8"))["limit"] >= 5
    assert "they agree" in page.PAGE.read_text("utf-8")

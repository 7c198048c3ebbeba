"""Changes of code: each is another program, at its line, and the sample that is asked of the tests can be repeated."""

from __future__ import annotations

import ast

from tests.mutation.code import changed, changes
from tests.mutation.engine import ASKED, ENGINE, files_asked

SOURCE = '''
MAX_STEPS = 4000

def first(xs: list[int], n: int = 3) -> int | None:
    """The first that is larger than n."""
    if not xs or n < 0:
        raise ValueError("n" + str(n))
    for x in xs:
        if x > n:
            return x + 1
    print(xs)
    return None
'''


def test_each_change_is_another_program_at_its_line() -> None:
    found = changes(SOURCE)
    programs = {changed(SOURCE, change) for change in found}
    assert len(programs) == len(found)
    assert ast.unparse(ast.parse(SOURCE)) not in programs
    for change in found:
        compile(changed(SOURCE, change), "changed", "exec")
        shown = change.before.replace("'", '"')
        assert shown.split("(")[0] in SOURCE.splitlines()[change.line - 1]


def test_what_is_changed_and_what_is_left_alone() -> None:
    told = [str(change).partition(": ")[2] for change in changes(SOURCE)]
    assert "`x > n` → `x >= n`" in told
    assert "`not xs or n < 0` → `not xs and n < 0`" in told
    assert "`return x + 1` → `return None`" in told
    assert "`x + 1` → `x - 1`" in told
    assert "`print(xs)` → `None`" in told
    assert not any("4000" in line or '"n"' in line or "3" in line for line in told)


def test_every_module_of_the_engine_has_tests_that_are_asked() -> None:
    modules = {path.stem for path in ENGINE.glob("*.py")} - {"__init__", "tasks"}
    assert modules <= ASKED.keys()
    for module in modules:
        assert all((ENGINE.parents[1] / test).exists() for test in files_asked(module))

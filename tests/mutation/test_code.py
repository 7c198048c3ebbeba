"""Changes of code: each is another program, at its line, and takes the place of what runs."""

from __future__ import annotations

import ast
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from tests.mutation.asking import Watched
from tests.mutation.code import Change, changed, changes
from tests.mutation.counting import NOTE, noting
from tests.mutation.swapping import Living

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
    programs = {ast.unparse(changed(SOURCE, change)) for change in found}
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


LIMITED = """
MOST = 9
SMALL = 3 + 4

def full(n):
    return n >= MOST

class Box:
    sizes = 1 + 1

    def wide(self, n):
        return n > 4
"""


def test_what_is_outside_of_functions_stays_and_a_limit_is_not_moved_by_one() -> None:
    told = [str(change).partition(": ")[2] for change in changes(LIMITED)]
    assert "`n >= MOST` → `n < MOST`" in told
    assert "`n > 4` → `n >= 4`" in told
    assert not any("3 + 4" in line or "1 + 1" in line for line in told)


def test_a_change_reaches_every_reference(tmp_path: Path) -> None:
    path = tmp_path / "changed_here.py"
    path.write_text(f"from functools import cache\n{LIMITED}\n@cache\ndef kept(n):\n    return n + 1\n", "utf-8")
    spec = spec_from_file_location("changed_here", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    full, wide, kept, box = module.full, module.Box.wide, module.kept, module.Box()
    assert (full(9), box.wide(4), kept(1)) == (True, False, 2)
    living = Living(path)
    source = path.read_text("utf-8")
    by_text = {str(change).partition(": ")[2]: change for change in changes(source)}
    assert living.swap(changed(source, by_text["`n >= MOST` → `n < MOST`"])) == 1
    assert not full(9)
    assert living.swap(changed(source, by_text["`n > 4` → `n >= 4`"])) == 2  # `full` is as it was again
    assert (full(9), wide(box, 4)) == (True, True)
    assert living.swap(changed(source, by_text["`n + 1` → `n - 1`"])) == 2
    assert kept(1) == 0  # what was remembered is forgotten


COUNTED = """
def sign(x):
    if (x
            > 0):
        return 1
    match x:
        case 0:
            y = 0
        case _:
            y = -1
    return y
"""


def test_what_runs_is_noted_by_its_lines() -> None:
    tree, lines = noting(ast.parse(COUNTED))
    seen: set[int] = set()
    names: dict[str, Any] = {NOTE: seen.add}
    exec(compile(tree, "counted", "exec"), names)
    assert names["sign"](3) == 1
    assert {line for k in seen for line in lines[k]} == {3, 4, 5}
    seen.clear()
    assert names["sign"](0) == 0
    assert {line for k in seen for line in lines[k]} == {3, 4, 6, 8, 11}


def test_those_tests_are_asked_that_run_the_line_quick_ones_first() -> None:
    path = Path("engine.py")
    tests = Watched(
        seconds={"slow": 30.0, "middle": 2.0, "quick": 0.1, "other": 0.1},
        running={"engine.py": {3: ["slow", "quick"], 4: ["middle", "failed", "quick"], 5: ["other"]}},
    )
    assert tests.about(path, Change(0, 3, 4, "", "")) == ["quick", "middle"]
    assert tests.about(path, Change(0, 9, 9, "", "")) == []

"""Which tests run which lines of the engine, and whether those notice a change: collected once, asked in children."""

from __future__ import annotations

import ast
import gc
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from time import process_time

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.code import Change, changed
from tests.mutation.counting import NOTE, noting
from tests.mutation.swapping import Living

TOGETHER = 6.0  # seconds that the tests asked about one change take: the quickest that run its line, as many as fit
LONGEST = 1.0  # of one test, while it is watched; 20 of 2,000 take longer
PATIENCE = 5  # times as long as it takes a change may make a test, and a second more: after that it hangs
UNCHANGED = 3  # exit status of a child whose change reached no function


@dataclass
class Watched:
    """The tests, how long each takes, and by line of a file those that run it."""

    items: dict[str, pytest.Item] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    running: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def watch(self, folder: Path) -> None:
        """Run them all once, and note what each runs of the folder's files; what fails or takes long is not asked."""
        signal.signal(signal.SIGPROF, _too_long)
        paths = [path for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
        for path in paths:  # some are imported when they are needed
            import_module(f"{folder.parent.name}.{folder.name}.{path.stem}")
        modules = {path: Living(path) for path in paths}
        seen: dict[Path, set[int]] = {path: set() for path in modules}
        lines: dict[Path, list[range]] = {}
        for path, module in modules.items():
            tree, lines[path] = noting(ast.parse(path.read_text("utf-8")))
            module.note(tree, NOTE, seen[path].add)
        for name, item in self.items.items():
            start = process_time()
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            passed = _passed(item)
            signal.setitimer(signal.ITIMER_PROF, 0)
            if passed:
                self.seconds[name] = process_time() - start
            for path, numbers in seen.items():
                running = self.running.setdefault(str(path), {})
                for line in {line for number in numbers for line in lines[path][number]}:
                    running.setdefault(line, []).append(name)
                numbers.clear()
        for path, module in modules.items():
            module.swap(ast.parse(path.read_text("utf-8")))

    def about(self, path: Path, change: Change) -> list[str]:
        """The quickest of the tests that run the changed lines, as many as take `TOGETHER` seconds."""
        lines = self.running.get(str(path), {})
        names = {name for k in range(change.line, change.last + 1) for name in lines.get(k, [])} & self.seconds.keys()
        total, chosen = 0.0, []
        for name in sorted(names, key=lambda n: self.seconds[n]):
            total += self.seconds[name]
            if total > TOGETHER:
                break
            chosen.append(name)
        return chosen

    def notice(self, living: Living, source: str, change: Change) -> bool:
        """Whether one of the tests about the change fails with it, or hangs; in a child, so that nothing stays."""
        names = self.about(Path(living.path), change)
        if not names:
            return False
        gc.freeze()  # what is there by now is not looked through in every child
        child = os.fork()
        if not child:
            code = 1
            try:
                _quietly()
                if not living.swap(changed(source, change)):
                    code = UNCHANGED
                elif all(self._passes(name) for name in names):  # none is asked after the first that fails
                    code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        return status not in (0, UNCHANGED << 8)

    def _passes(self, name: str) -> bool:
        """Whether the test does not fail; what hangs is ended by a signal."""
        seconds = 1 + PATIENCE * self.seconds[name]
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.alarm(int(20 * seconds))  # for what waits and does not compute
        return not any([r.failed for r in runtestprotocol(self.items[name], log=False, nextitem=None)])


def _passed(item: pytest.Item) -> bool:
    """Whether a test that is watched passes in time."""
    try:
        return all([r.passed for r in runtestprotocol(item, log=False, nextitem=None)])
    except TypeError:  # the signal came at an instruction without a line, and pytest cannot say where
        item.session._setupstate.teardown_exact(None)
        return False


def _too_long(_: int, __: object) -> None:
    raise TimeoutError


def _quietly() -> None:
    """No output, and signals end this process."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)


class _Loop:
    """Hands the collected tests over in place of running them."""

    def __init__(self, work: Callable[[Watched], None], folder: Path) -> None:
        self.work, self.folder = work, folder

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        tests = Watched({item.nodeid: item for item in session.items})
        tests.watch(self.folder)
        self.work(tests)
        return True


def with_tests(files: list[str], folder: Path, work: Callable[[Watched], None]) -> None:
    """Collect the tests of these files in this process, watch them run, and call `work` with them."""
    pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", *files], plugins=[_Loop(work, folder)])

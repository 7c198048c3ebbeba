"""The support library, compiled once for each version of itself and of Coq, in the user's cache, with its axioms."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

from derive.certify.reasons import Reason
from derive.errors import DeriveError
from derive.explain.catalog import Slot
from derive.notation.table import cache_folder

FILES = (
    "Support.v", "Tactics.v", "Functions.v", "Rules.v", "Integrals.v", "Powers.v", "Roots.v", "Angles.v", "Algebra.v",
    "Limits.v",
)  # fmt: skip
MODULES = tuple(["Certified." + name.removesuffix(".v") for name in FILES])
SECONDS = 300  # compiling takes 8 s alone, 40 on a busy machine
AXIOMS = "axioms.txt"


class NoCoq(DeriveError):
    """Coq, or its library Coquelicot, is not installed, or does not run."""

    def __init__(self, id: str, **slots: Slot) -> None:
        self.reason = Reason(id, slots)
        super().__init__(self.reason.said())


@cache
def compiler() -> tuple[str, str]:
    """(the path of coqc, its version); NoCoq where there is none."""
    path = shutil.which("coqc")
    if path is None:
        raise NoCoq("coqc")
    try:
        shown = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NoCoq("running", program="coqc", problem=str(problem)) from problem
    return path, shown.stdout.strip()


@cache
def compiled() -> Path:
    """The folder of the compiled library; NoCoq, with what Coq said, where it does not compile."""
    path, version = compiler()
    sources = {name: files("derive.certify").joinpath("coq", name).read_bytes() for name in FILES}
    key = hashlib.sha256(version.encode() + AXIOMS.encode() + b"".join(sources.values())).hexdigest()[:16]
    home = cache_folder() / f"certified-{key}"
    if _is_there(home):
        return home
    made = _room(home.parent)
    home = made.parent / home.name
    try:
        for name, source in sources.items():
            (made / name).write_bytes(source)
        for name in FILES:
            done = subprocess.run(  # noqa: S603
                [path, "-q", "-w", "none", "-Q", ".", "Certified", name],
                cwd=made, capture_output=True, text=True, timeout=SECONDS, check=False,
            )  # fmt: skip
            if done.returncode:
                raise NoCoq("library", file=name, problem=done.stderr.strip()[:500])
        (made / AXIOMS).write_text("\n".join(_declared(made, path)), "utf-8")
        try:
            made.rename(home)
        except OSError:  # another process was faster
            if not _is_there(home):
                raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return home


def _is_there(home: Path) -> bool:
    """Whether the compiled library is there; not where it may not be read."""
    try:
        return (home / AXIOMS).exists()
    except OSError:
        return False


def _room(folder: Path) -> Path:
    """A new folder in this one or, where that cannot be written, in one that is removed with this process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=folder))
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="derive-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return Path(tempfile.mkdtemp(dir=folder))


def axioms() -> frozenset[str]:
    """All that the library, and every library that it loads, takes for granted, by full name."""
    return frozenset((compiled() / AXIOMS).read_text("utf-8").split())


def _declared(folder: Path, coqc: str) -> list[str]:
    """What Coq's independent checker lists: the support library itself is checked once more."""
    checker = str(Path(coqc).with_name("coqchk"))
    asked = [word for name in MODULES for word in ("-norec", name)]
    try:
        done = subprocess.run(  # noqa: S603
            [checker, "-o", "-silent", *asked, "-Q", ".", "Certified"],
            cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except OSError as problem:
        raise NoCoq("running", program="coqchk", problem=str(problem)) from problem
    said = done.stdout + done.stderr
    listed, _, others = said.partition("* Axioms:")[2].partition("\n* ")
    if done.returncode or not listed or others.count("<none>") != others.count(":"):
        raise NoCoq("library", file="coqchk", problem=said.strip()[:500])
    return listed.split()

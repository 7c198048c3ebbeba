"""Coq in a process of its own, with limits of time and memory."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from derive.certify.library import compiled, compiler

SECONDS = 120.0  # the slowest certificate of the textbooks takes 8 on a busy machine
MEMORY = 4 << 30  # bytes; Coq with its libraries takes 0.2 GB
PROCESSOR = 1800  # seconds; 500 wrong derivations in one file take 600
COLLECTOR = "s=2M,o=1000"  # loading the libraries takes 0.6 s so, and 0.9 s with the memory that Coq asks for by itself


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a file: whether all of it was accepted, what was said, how long it took."""

    accepted: bool
    said: str
    seconds: float
    timed_out: bool = False


def compile_text(text: str, name: str = "Certificate", seconds: float = SECONDS) -> Run:
    """Compile a file; accepted only if every sentence is."""
    return _run(text, name, seconds, batch=True)


def try_each(text: str, name: str = "Certificate", seconds: float = SECONDS) -> Run:
    """Go through a file sentence by sentence, past errors."""
    return _run(text, name, seconds, batch=False)


def _run(text: str, name: str, seconds: float, *, batch: bool) -> Run:
    library = compiled()
    coqc, _ = compiler()
    options = ["-q", "-w", "none", "-Q", str(library), "Certified"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.v"
        file.write_text(text, encoding="ascii")
        command = [coqc, *options, file.name] if batch else [str(Path(coqc).with_name("coqtop")), *options]
        started = time.monotonic()
        with (
            file.open("rb") as given,
            subprocess.Popen(  # noqa: S603
                command, cwd=folder, stdin=subprocess.DEVNULL if batch else given, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_limits,
                env={**os.environ, "OCAMLRUNPARAM": COLLECTOR},
            ) as process,
        ):  # fmt: skip
            try:
                said, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                said, _ = process.communicate()
                return Run(False, _text(said), time.monotonic() - started, timed_out=True)
        return Run(process.returncode == 0, _text(said), time.monotonic() - started)


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))  # whoever started it may be gone
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")

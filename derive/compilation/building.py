"""From source to a function: Python's own compiler, or a C compiler and `ctypes`."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from builtins import compile as python_code
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from derive.errors import LimitError, UnsupportedError

FLAGS = ("-std=c99", "-O1", "-ffp-contract=off", "-fPIC", "-shared")
"""-O1: higher levels take longer for long functions; no fused operations, so that machines agree."""
SECONDS = 600.0  # 100,000 lines take 60 s


def load_python(source: str, target: str) -> Callable[..., Any]:
    """The function f of a Python module; UnsupportedError where the target's package is absent."""
    for package in {"numpy": ("numpy",), "jax": ("jax",)}.get(target, ()):
        if find_spec(package) is None:
            raise UnsupportedError(f"the target {target} needs the package {package}, which is not installed")
    names: dict[str, Any] = {}
    # The source is written by this package: fixed patterns, numbers and identifiers it has made itself (`names`).
    exec(python_code(source, "<derive.compile>", "exec"), names)  # noqa: S102
    function: Callable[..., Any] = names["f"]
    return function


def load_c(source: str, shape: str, outputs: int) -> Callable[[Sequence[float]], Any]:
    """The function f of a C file, on a list of floats; UnsupportedError where there is no compiler."""
    compiler = shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise UnsupportedError("no C compiler was found: the source can be built elsewhere")
    with tempfile.TemporaryDirectory() as folder:
        file, library = Path(folder) / "f.c", Path(folder) / "f.so"
        file.write_text(source, "ascii")
        try:
            done = subprocess.run(  # noqa: S603 - a compiler, our file
                [compiler, *FLAGS, "-o", str(library), str(file), "-lm"],
                capture_output=True, text=True, timeout=SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise LimitError(f"the C compiler takes over {SECONDS:g} s", limit="seconds", value=SECONDS) from error
        if done.returncode:
            raise UnsupportedError(f"the C compiler refused: {done.stderr[-500:]}")
        f = ctypes.CDLL(str(library)).f
    return _call(f, shape, outputs)


def _call(f: Any, shape: str, outputs: int) -> Callable[[Sequence[float]], Any]:
    f.restype = ctypes.c_double if shape == "number" else None
    vectors: dict[int, Any] = {}

    def vector(n: int) -> Any:
        if n not in vectors:
            vectors[n] = ctypes.c_double * n
        return vectors[n]

    def call(x: Sequence[float]) -> Any:
        point = vector(len(x))(*x)
        if shape == "number":
            return f(point)
        if shape == "list":
            values = vector(outputs)()
            f(point, values)
            return list(values)
        value, gradient = ctypes.c_double(), vector(outputs - 1)()
        f(point, ctypes.byref(value), gradient)
        return value.value, list(gradient)

    return call

"""The fork server: a process that has the engine loaded; workers are forked from it in milliseconds."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing import forkserver
from typing import Any


def begin() -> None:
    """Start the fork server where it does not run; it loads what it needs while this process loads what it needs."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["derive.service.preload"])
    forkserver.ensure_running()


def forked(target: Callable[..., None], *arguments: Any) -> Any:
    """A new process that works on `target`."""
    process = multiprocessing.get_context("forkserver").Process(target=target, args=arguments, daemon=True)
    process.start()
    return process

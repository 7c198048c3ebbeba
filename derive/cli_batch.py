"""`derive batch`: problems as JSON Lines in, an answer a line out, in processes that one bad line cannot bring down."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from derive.cli_screen import DONE, STUCK
from derive.service.answer import fields_problem, of_problem, written
from derive.service.pool import Pool
from derive.service.problems import Problem
from derive.service.schema import DerivationRequest
from derive.service.settings import Settings

AHEAD = 4  # lines that are read before they are worked on, times the jobs
PATIENCE = 3600.0  # seconds that a line waits for its turn: nobody is kept waiting but the lines behind it


def batch(file: Path | None, *, jobs: int, output: Path | None = None, detail: str, language: str) -> int:
    """Answer a file, or standard input, line by line; done when every line came to a derivation that is done."""
    settings = Settings.from_environment(workers=jobs)
    settings = replace(settings, wait=PATIENCE, queue=max(settings.queue, AHEAD * jobs), spares=0)
    given = {"detail": detail, "language": language}
    gc.enable()  # a command that ends soon looks for no cycles; this one may go on for hours
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a worker that is gone is an error to be told, not the end
    with ExitStack() as opened:
        source = sys.stdin.buffer if file is None else opened.enter_context(file.open("rb"))
        target = sys.stdout if output is None else opened.enter_context(output.open("w", encoding="utf-8"))

        def tell(line: str) -> None:
            target.write(f"{line}\n")
            target.flush()

        try:
            clean = asyncio.run(answered(source, settings, given, tell))
        except BrokenPipeError:  # nobody reads on: `derive batch … | head -1`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return STUCK
    return DONE if clean else STUCK


async def answered(
    lines: Iterable[bytes], settings: Settings, given: dict[str, Any], tell: Callable[[str], None]
) -> bool:
    """Tell an answer for every line, in their order, as soon as it is there; whether all are done."""
    pool = Pool(settings)
    turns = asyncio.Semaphore(settings.workers)
    asked: asyncio.Queue[asyncio.Task[tuple[str, bool]] | None] = asyncio.Queue(AHEAD * settings.workers)
    numbered = _numbered(lines)

    async def one(number: int, line: bytes) -> tuple[str, bool]:
        async with turns:
            return await _answer(pool, number, line, given, settings)

    async def read() -> None:
        while (found := await asyncio.to_thread(next, numbered, None)) is not None:
            await asked.put(asyncio.create_task(one(*found)))
        await asked.put(None)

    await pool.start()
    reading = asyncio.create_task(read())
    clean = True
    try:
        while (task := await asked.get()) is not None:
            said, done = await task
            tell(said)
            clean = clean and done
        await reading
    finally:
        reading.cancel()
        pool.stop()
    return clean


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that say something, with their numbers."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line


async def _answer(pool: Pool, number: int, line: bytes, given: dict[str, Any], settings: Settings) -> tuple[str, bool]:
    """(the answer to one line as JSON, whether it is a derivation that is done)."""
    head: dict[str, Any] = {"line": number}
    request = _request(line, given, head, settings)
    found = (
        of_problem(request)
        if isinstance(request, Problem)
        else await pool.answer("derivations", request.model_dump(mode="json"))
    )
    body = found.body.decode()
    done = found.status == 200 and json.loads(body)["outcome"]["kind"] == "done"
    return f'{written({**head, "status": found.status})[:-1]},"body":{body}}}', done


def _request(
    line: bytes, given: dict[str, Any], head: dict[str, Any], settings: Settings
) -> DerivationRequest | Problem:
    """A line as a request: an object with its fields, or the problem alone. Its `id` is given back with the answer."""
    if len(line) > settings.body_bytes:
        detail = f"the line has {len(line):,} bytes: the limit is {settings.body_bytes:,} (setting DERIVE_BODY_BYTES)"
        return Problem("body", detail, {"limit": "body_bytes", "value": settings.body_bytes})
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Problem("fields", "the line is not JSON")
    if isinstance(row, str):
        row = {"problem": row}
    if not isinstance(row, dict):
        return Problem("fields", 'a line is an object such as {"problem": "d/dx x^2"}, or the problem in quotes')
    if "id" in row:
        head["id"] = row.pop("id")
    try:
        return DerivationRequest.model_validate({**given, **row})
    except ValidationError as error:
        return fields_problem(error.errors(include_url=False, include_input=False))

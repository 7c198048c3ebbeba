"""Every limit of the service, each a setting: an environment variable `DERIVE_…`, named in the error that it causes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from derive.errors import UsageError


def setting(default: Any, about: str) -> Any:
    """A field with its default and what it is about, for the table in docs/how-to/serve.md."""
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service allows. `DERIVE_SECONDS=5` sets `seconds`; a wrong value raises UsageError."""

    host: str = setting("127.0.0.1", "where to listen")
    port: int = setting(8000, "the port")
    workers: int = setting(2, "worker processes of the light lane; the heavy lane has half as many")
    spares: int = setting(1, "started workers that stand by in each lane, to take a lost one's place at once")
    head_bytes: int = setting(64_000, "the head of a request: its address and its header lines")
    head_seconds: float = setting(10.0, "seconds until a head has come")
    body_bytes: int = setting(64_000, "the body of a request")
    body_seconds: float = setting(10.0, "seconds until a body has come")
    characters: int = setting(4_000, "characters of one text of mathematics")
    nodes: int = setting(2_000, "distinct parts of a formula that is given")
    depth: int = setting(100, "how deep a given formula is nested")
    digits: int = setting(100, "digits of a number that is given")
    bits: int = setting(10_000, "bits of an exact integer; a power that would have more than 10,000 stays a power")
    terms: int = setting(2_000, "terms of what is multiplied out, as predicted")
    order: int = setting(10, "the order of a derivative")
    variables: int = setting(16, "variables of a formula")
    letters: int = setting(31, "letters of a name")
    steps: int = setting(1_000, "steps of a derivation")
    distinct: int = setting(50_000, "distinct parts that a derivation makes")
    seconds: float = setting(2.0, "seconds of work for one answer")
    wait: float = setting(5.0, "seconds that a request waits for a free worker")
    memory_mb: int = setting(512, "memory of a worker beyond what it starts with, in megabytes")
    answer_bytes: int = setting(1_000_000, "the body of an answer")
    batch: int = setting(100, "derivations of one batch")
    batch_seconds: float = setting(30.0, "seconds for one batch; what is left then is answered by a problem")
    queue: int = setting(4, "requests that may wait, times the workers of the lane")
    rate: float = setting(20.0, "requests a second of one client; 0: as many as it likes")
    burst: int = setting(40, "requests of one client at once")
    cache_mb: float = setting(32.0, "answers that are kept, in megabytes; 0: none")
    idle_seconds: int = setting(65, "seconds that a connection is kept on which nothing is asked")
    grace: float = setting(10.0, "seconds that a stop waits for what runs")
    keys: str = setting("", "SHA-256 of the API keys that are let in, in hex, between commas; empty: nobody is asked")
    origins: str = setting("", "origins that a browser may call from, between commas; empty: this page alone")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: object) -> Settings:
        """The settings of the environment; `given` ones go first, None among them is left out."""
        found: dict[str, object] = {}
        source = os.environ if environment is None else environment
        for one in fields(cls):
            text = source.get(f"DERIVE_{one.name.upper()}")
            if text is None:
                continue
            kind: type[int | float | str] = type(one.default)  # type: ignore[assignment]
            try:
                found[one.name] = kind(text)
            except ValueError:
                raise UsageError(f"DERIVE_{one.name.upper()} has to be a {kind.__name__}, not {text!r}") from None
        found.update({name: value for name, value in given.items() if value is not None})
        settings = cls(**found)  # type: ignore[arg-type]
        if settings.workers < 1 or settings.seconds <= 0 or settings.queue < 1 or settings.spares < 0:
            raise UsageError("workers, queue and seconds have to be positive, spares not negative")
        return settings


def table() -> str:
    """The settings as a Markdown table, for docs/how-to/serve.md."""
    rows = [
        f"| `DERIVE_{one.name.upper()}` | {f'`{one.default}`' if one.default else 'none'} | {one.metadata['about']} |"
        for one in fields(Settings)
    ]
    return "\n".join(["| variable | default | what |", "|---|---|---|", *rows])

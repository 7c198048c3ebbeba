"""Every limit of the service, each a setting: an environment variable `DERIVE_…`, named in the error that it causes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from derive.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service allows. `DERIVE_SECONDS=5` sets `seconds`; a wrong value raises UsageError."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    body_bytes: int = 64_000
    characters: int = 4_000
    nodes: int = 2_000
    depth: int = 100
    digits: int = 100
    order: int = 10
    variables: int = 16
    letters: int = 31
    steps: int = 1_000
    distinct: int = 50_000
    seconds: float = 2.0
    memory_mb: int = 512
    answer_bytes: int = 1_000_000
    batch: int = 100
    queue: int = 4  # times the workers
    rate: float = 20.0  # requests a second, of one client
    burst: int = 40
    grace: float = 10.0  # seconds that a stop waits for what runs
    keys: str = ""  # SHA-256 of the API keys that are let in, in hex, between commas; empty: nobody is asked
    origins: str = ""  # origins that a browser may call from, between commas; empty: this page alone

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: object) -> Settings:
        """The settings of the environment; `given` ones go first, None among them is left out."""
        found: dict[str, object] = {}
        source = os.environ if environment is None else environment
        for field in fields(cls):
            text = source.get(f"DERIVE_{field.name.upper()}")
            if text is None:
                continue
            kind: type[int | float | str] = type(field.default)  # type: ignore[assignment]
            try:
                found[field.name] = kind(text)
            except ValueError:
                raise UsageError(f"DERIVE_{field.name.upper()} has to be a {kind.__name__}, not {text!r}") from None
        found.update({name: value for name, value in given.items() if value is not None})
        settings = cls(**found)  # type: ignore[arg-type]
        if settings.workers < 1 or settings.seconds <= 0 or settings.queue < 1:
            raise UsageError("workers, queue and seconds have to be positive")
        return settings

"""How long Hypothesis searches: the same 100 examples every day, 2,000 random ones with `-m nightly`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]  # trees of every node kind take a while to draw

settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("nightly", max_examples=2000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile("ci")


def pytest_configure(config: pytest.Config) -> None:
    words = (config.getoption("-m") or "").split()
    if "nightly" in words and "not" not in words:
        settings.load_profile("nightly")
        config.option.timeout = 0  # what searches for hours is not cut off

"""Schemathesis over the whole OpenAPI document: whatever is sent, the answer is one that the document promises."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="the contract test needs schemathesis")
pytest.importorskip("fastapi")
from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402 - after what may be missing

from derive.service.documents import PLACE, published  # noqa: E402 - same

EXAMPLES = int(os.environ.get("DERIVE_CONTRACT_EXAMPLES", "25"))  # an operation; 13 operations take 30 s

_CHECKED = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
    phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
)  # fmt: skip
CONFIG = {
    "checks": {
        # text that fits the schema need not be mathematics: unreadable, without a value, too large
        "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "400", "404", "422"]},
        "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "413", "415", "422"]},
    }
}
OPERATIONS = [
    (method.upper(), path)
    for path, operations in json.loads(PLACE.read_text("utf-8"))["paths"].items()
    for method in operations
]


@pytest.fixture(scope="module")
def contract(server: Any) -> Any:
    known = schemathesis.config.SchemathesisConfig.from_dict(CONFIG)
    return schemathesis.openapi.from_url(f"{server.url}/openapi.json", config=known)


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_operation_answers_as_promised(contract: Any, server: Any, method: str, path: str, mode: str) -> None:
    operation = contract[path][method]
    kind = schemathesis.GenerationMode(mode)
    if mode == "negative" and not (operation.body or operation.query or operation.path_parameters):
        pytest.skip("nothing can be wrong in a request without fields")

    @_CHECKED
    @given(case=operation.as_strategy(generation_mode=kind))
    def check(case: Any) -> None:
        response = case.call_and_validate(timeout=30)
        assert response.elapsed < 10
        assert "Traceback" not in response.text

    check()
    assert server.process.poll() is None


def test_the_published_document_is_the_served_one(server: Any) -> None:
    assert json.loads(published()) == server.client.get("/openapi.json").json()
    assert PLACE.read_text("utf-8") == published(), "stale: python -m derive.service.documents"

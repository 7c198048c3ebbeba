"""`python -m derive.explain.schema` writes the JSON Schema of derivations to docs/reference/schema-v1.json."""

from __future__ import annotations

import json
from pathlib import Path

from derive.explain.wire import SCHEMA_VERSION, DerivationWire

PLACE = Path(__file__).parents[2] / "docs" / "reference" / f"schema-v{SCHEMA_VERSION}.json"


def schema() -> str:
    """The JSON Schema as it is published."""
    return json.dumps(DerivationWire.model_json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_text(schema(), "utf-8")

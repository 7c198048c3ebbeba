"""What the OpenAPI document says beyond the requests: every answer and problem, and a page without a CDN.

`python -m derive.service.documents` writes the document to docs/reference.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from derive.service.answers import ANSWERS, ProblemAnswer
from derive.service.problems import MEDIA, TITLES, Problem

PLACE = Path(__file__).parents[2] / "docs" / "reference" / "openapi-v1.json"
ABOUT = (
    "Explained derivations over HTTP. Errors are application/problem+json (RFC 9457); the same request and version "
    "give the same bytes, named by their ETag."
)
_EVERYWHERE = (400, 401, 429)
_WORK = (422, 500, 503)
_BODY = (408, 413, 415)


def responses(name: str) -> dict[int | str, dict[str, Any]]:
    """The answers of an endpoint: its own, and every problem it may give."""
    if name == "readyz":
        return {
            200: {"description": "Ready", "content": {"text/plain": {"schema": {"type": "string"}}}},
            503: _problem(503),
        }
    statuses = [*_EVERYWHERE, *_WORK]
    statuses += [404] if name == "rule" else []
    statuses += [] if name in ("rules", "rule") else _BODY
    found: dict[int | str, dict[str, Any]] = {s: _problem(s) for s in sorted(statuses)}
    reference = {"$ref": f"#/components/schemas/{ANSWERS[name].__name__}"}
    found[200] = {"description": "The answer", "content": {"application/json": {"schema": reference}}}
    if name in ("rules", "rule", "derivations"):
        found[304] = {"description": "The client has this answer already"}
    return found


def _problem(status: int) -> dict[str, Any]:
    titles = [title for s, title in TITLES.values() if s == status]
    reference = {"$ref": "#/components/schemas/ProblemAnswer"}
    return {"description": "; ".join(titles), "content": {MEDIA: {"schema": reference}}}


STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A line an event: found, …, derivation, step, …, result; or problem",
        "content": {
            "application/jsonl": {"schema": {"type": "string"}},
            "text/event-stream": {"schema": {"type": "string"}},
        },
    },
    **{s: _problem(s) for s in (*_EVERYWHERE, *_BODY, *_WORK)},
}


def problem_of(body: dict[str, Any]) -> Problem:
    """A problem again from its body."""
    more = {k: v for k, v in body.items() if k not in ("type", "title", "status", "detail")}
    return Problem(body["type"].rpartition("/")[2], body["detail"], more)


def complete(app: FastAPI) -> None:
    """Adds the answers' schemas, and drops the framework's own 422, which this service never gives."""
    document = app.openapi()
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    models: list[Any] = [(model, "serialization") for model in {*ANSWERS.values(), ProblemAnswer}]
    models.sort(key=lambda pair: pair[0].__name__)
    _, definitions = models_json_schema(models, ref_template="#/components/schemas/{model}")
    schemas.update(definitions["$defs"])
    for operations in document["paths"].values():
        for operation in operations.values():
            found = operation.get("responses", {})
            found.get("422", {}).get("content", {}).pop("application/json", None)
            if not found.get("422", {"content": 1}).get("content"):
                del found["422"]
    schemes = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    document["components"]["securitySchemes"] = schemes
    document["security"] = [{}, {"bearer": []}, {"key": []}]
    app.openapi_schema = document


def page(document: dict[str, Any]) -> str:
    """The API's documentation: every operation with its fields and answers, on one page of our own."""
    parts = [f"<h1>derive {escape(document['info']['version'])}</h1><p>{escape(ABOUT)}</p>"]
    schemas = document.get("components", {}).get("schemas", {})
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts.append(f"<section><h2><code>{method.upper()} {escape(path)}</code></h2>")
            parts.append(f"<p>{escape(operation.get('description', ''))}</p>")
            parts.append(_fields(operation, schemas))
            answers = "".join(
                [
                    f"<li><b>{escape(str(status))}</b> {escape(r['description'])}</li>"
                    for status, r in operation["responses"].items()
                ]
            )
            parts.append(f"<h3>Answers</h3><ul>{answers}</ul></section>")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<title>derive: the API</title><link rel="stylesheet" href="/static/style.css"></head>'
        f'<body><main class="docs">{"".join(parts)}</main></body></html>'
    )


def _fields(operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    rows = []
    for p in operation.get("parameters", []):
        rows.append((p["name"], p["schema"].get("type", ""), p.get("description", "")))
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    reference = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
    for name, field in schemas.get(reference, {}).get("properties", {}).items():
        kind = field.get("type") or " or ".join([str(a.get("type", "")) for a in field.get("anyOf", [])])
        default = f" (default {field['default']!r})" if "default" in field else ""
        rows.append((name, kind, field.get("description", "") + default))
    if not rows:
        return ""
    body = "".join(
        [f"<tr><td><code>{escape(n)}</code></td><td>{escape(k)}</td><td>{escape(d)}</td></tr>" for n, k, d in rows]
    )
    return f"<table><thead><tr><th>Field</th><th>Kind</th><th>Meaning</th></tr></thead><tbody>{body}</tbody></table>"


def published() -> str:
    """The OpenAPI document as it stands in docs/reference."""
    from derive.service.server import application
    from derive.service.settings import Settings

    return json.dumps(application(Settings()).openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.write_text(published(), "utf-8")

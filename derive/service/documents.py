"""What the OpenAPI document says beyond the requests: every problem of every endpoint, and a page without a CDN."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import FastAPI

from derive.service.problems import MEDIA, TITLES

ABOUT = (
    "Explained derivations over HTTP. Errors are application/problem+json (RFC 9457); the same request and version "
    "give the same bytes, named by their ETag."
)
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"}, "line": {"type": "integer"}, "column": {"type": "integer"},
        "expected": {"type": "array", "items": {"type": "string"}}, "suggestion": {"type": "string"},
        "caret": {"type": "string"}, "limit": {"type": "string"}, "value": {"type": ["number", "null"]},
        "retry_after": {"type": "number"}, "errors": {"type": "array"}, "partial": {"type": "object"},
    },
}  # fmt: skip
_ALWAYS = (401, 405, 413, 422, 429, 500, 503)


def responses(name: str) -> dict[int | str, dict[str, Any]]:
    """The answers of an endpoint: its own, and every problem it may give."""
    statuses = [
        *_ALWAYS,
        *([400] if name not in ("rules", "rule", "readyz", "practice") else []),
        *([404] if name == "rule" else []),
    ]
    found: dict[int | str, dict[str, Any]] = {s: _problem(s) for s in sorted(statuses)}
    found[200] = {"description": "The answer", "content": {"application/json": {"schema": answer_schema(name)}}}
    if name == "readyz":
        found[200] = {"description": "Ready", "content": {"text/plain": {"schema": {"type": "string"}}}}
    if name in ("rules", "rule", "derivations"):
        found[304] = {"description": "The client has this answer already"}
    return found


STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A line an event: derivation, step, …, result; or problem",
        "content": {
            "application/jsonl": {"schema": {"type": "string"}},
            "text/event-stream": {"schema": {"type": "string"}},
        },
    },
    **{
        s: {"description": t, "content": {MEDIA: {"schema": PROBLEM}}}
        for s, t in ((401, "No key"), (413, "Too large"), (422, "Wrong fields"), (429, "Too many requests"))
    },
}


def answer_schema(name: str) -> dict[str, Any]:
    """The schema of a right answer; the derivation's is published with the library."""
    if name == "derivations":
        from derive.explain.wire import DerivationWire

        schema = DerivationWire.model_json_schema(ref_template="#/components/schemas/{model}")
        required = ["schema_version", "problem", "steps", "result", "conditions", "verification", "outcome", "nodes"]
        return {"type": "object", "title": schema["title"], "required": required}
    return {"type": "object"}


def _problem(status: int) -> dict[str, Any]:
    titles = [title for s, title in TITLES.values() if s == status]
    return {"description": "; ".join(titles), "content": {MEDIA: {"schema": PROBLEM}}}


def complete(app: FastAPI) -> None:
    """Drops the framework's own 422, which this service never gives."""
    document = app.openapi()
    schemas = document.get("components", {}).get("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path in document["paths"].values():
        for operation in path.values():
            found = operation.get("responses", {}).get("422", {}).get("content", {})
            found.pop("application/json", None)
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

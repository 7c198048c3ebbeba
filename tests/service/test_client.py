"""The client and the pages about the API: every example runs, the table of settings is complete."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derive.client import Client, ServerProblem
from derive.service.settings import table

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "call-the-api.md").read_text("utf-8")
EXAMPLES = re.findall(r"<!-- run: (\w+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
RUN = {"sh": ["bash", "-c"], "python": [sys.executable, "-c"], "javascript": ["node", "--input-type=module", "-e"]}


@pytest.mark.parametrize(("kind", "code"), EXAMPLES)
def test_examples_run(server: Any, kind: str, code: str) -> None:
    if shutil.which(RUN[kind][0]) is None:
        pytest.skip(f"{RUN[kind][0]} is not here")
    code = code.replace("http://127.0.0.1:8000", server.url)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run([*RUN[kind], code], capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    assert "2*x*sin(x) + x^2*cos(x)" in run.stdout
    assert "http" not in run.stderr


def test_every_setting_is_on_the_page() -> None:
    page = (ROOT / "docs" / "how-to" / "serve.md").read_text("utf-8")
    shown = page.partition("<!-- settings -->\n")[2].partition("\n<!-- /settings -->")[0]
    assert shown == table(), "stale: write derive.service.settings.table() there"


def test_the_client(server: Any) -> None:
    client = Client(server.url + "/")
    assert client.evaluate("sqrt(x)", {"x": "2"}, digits=20)["value"] == "1.4142135623730950488"
    assert client.parse("1/2x")["expression"]["text"] == "d/dx(1/2*x)"
    assert [v["correct"] for v in client.diagnose("d/dx sin(3x)", ["3cos(3x)", "cos(3x)"])] == [True, False]
    assert [a["status"] for a in client.batch([{"problem": "d/dx x^2"}, {"problem": "(("}])] == [200, 400]
    assert client.practice("product-rule", count=2)[0]["topic"] == "product-rule"
    assert client.rule(client.rules("ko")[0]["id"])["examples"]
    assert list(client.stream("d/dx x^2"))[-1]["event"] == "result"
    with pytest.raises(ServerProblem) as told:
        client.derivations("((")
    assert (told.value.status, told.value.problem["column"]) == (400, 3)
    with pytest.raises(ValueError, match="http"):
        Client("file:///etc/passwd")


def test_the_client_comes_again_when_the_server_is_busy(start: Callable[..., Any]) -> None:
    client = Client(start(rate=2, burst=1).url, key="any")
    found = [client.parse("x")["task"] for _ in range(3)]
    assert len(found) == 3
    once = Client(client.url, tries=1)
    told = [asked(once) for _ in range(3)]
    assert 429 in told


def asked(client: Client) -> int:
    try:
        client.parse("x")
    except ServerProblem as problem:
        return problem.status
    return 200

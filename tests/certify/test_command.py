"""`derive certify` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.certify import library
from derive.cli import main


def test_the_certificate_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "proof.v"
    assert main(["certify", "d/dx x^2", "-o", str(file)]) == 0
    assert "is_derive (fun v_1 => (v_1 ^ 2)) v_1 (2 * v_1)" in file.read_text("utf-8")
    assert "proof.v" in capsys.readouterr().out


def test_what_has_no_term_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["certify", "d/dx lambertw(x)", "--lang", "ko"]) == 1
    assert "lambertw" in capsys.readouterr().out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["certify", "d/dt t^2", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["variables"] == {"v_1": "t"}
    assert row["state"] == "written"
    assert "Theorem certificate" in row["certificate"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_without_coq_it_says_how_to_install_it(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(library.shutil, "which", lambda name: None)
    library.compiler.cache_clear()
    library.compiled.cache_clear()
    try:
        assert main(["certify", "d/dx x^2", "--check", "--lang", language]) == 3
    finally:
        library.compiler.cache_clear()
        library.compiled.cache_clear()
    assert "apt-get install" in capsys.readouterr().out


def test_a_worksheet_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.cli_certify import certify

    file = tmp_path / "sheet.v"
    assert certify("d/dx x^2\nd/dx sin(x)\n", checking=False, output=file, language="en") == 0
    text = file.read_text("utf-8")
    assert text.count("Theorem ") == 2
    assert text.count("From Coq Require") == 1

"""`derive certify` at the command line."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from derive.certify import library
from derive.cli import main

CODE = Path(library.__file__).parent
MESSAGES = CODE.parent / "explain" / "messages"


def test_the_certificate_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "proof.v"
    assert main(["certify", "d/dx x^2", "-o", str(file)]) == 0
    assert "is_derive (fun v_1 => (v_1 ^ 2)) v_1 (2 * v_1)" in file.read_text("utf-8")
    assert "proof.v" in capsys.readouterr().out


def test_what_has_no_term_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["certify", "d/dx lambertw(x)", "--lang", "ko"]) == 1
    assert capsys.readouterr().out == "증명되지 않음: 함수 lambertw: Coq의 라이브러리에 없습니다.\n"


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["certify", "d/dt t^2", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["variables"] == {"v_1": "t"}
    assert row["state"] == "written"
    assert "Theorem certificate" in row["certificate"]


def test_every_reason_has_words() -> None:
    named = {
        m
        for file in CODE.rglob("*.py")
        for m in re.findall(r"(?:NotExpressible|NoCoq|Reason)\(\"([\w-]+)\"", file.read_text("utf-8"))
    }
    assert len(named) > 20
    for language in ("en", "ko"):
        told = tomllib.loads((MESSAGES / f"{language}-certify.toml").read_text("utf-8"))
        assert {f"certificate.no-{id}" for id in named} == {id for id in told if id.startswith("certificate.no-")}


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


def test_where_nothing_can_be_kept_the_library_has_room_elsewhere(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    room = library._room(blocked / "derive")
    assert room.is_dir()
    assert library._room(tmp_path / "derive").parent == tmp_path / "derive"


def test_a_worksheet_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.cli_certify import certify

    file = tmp_path / "sheet.v"
    assert certify("d/dx x^2\nd/dx sin(x)\n", checking=False, output=file, language="en") == 0
    text = file.read_text("utf-8")
    assert text.count("Theorem ") == 2
    assert text.count("From Coq Require") == 1


def test_a_line_that_cannot_be_read_does_not_spoil_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from derive.cli_certify import certify

    file = tmp_path / "sheet.v"
    assert certify("d/dx x^2\nsin((\nd/dx gamma(x)\n", checking=False, output=file, language="en") == 1
    assert file.read_text("utf-8").count("Theorem ") == 1
    said = capsys.readouterr().out
    assert "1 of 3" in said
    assert "sin((: line 1" in said
    assert "gamma" in said


def test_nothing_is_called_certified_where_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    from derive.cli_certify import certify

    assert certify("d/dx gamma(x)\nd/dx lambertw(x)\n", checking=True, output=None, language="en") == 1
    assert "Certified" not in capsys.readouterr().out


def test_a_worksheet_as_json_is_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    from derive.cli_certify import certify

    assert certify("d/dx x^2\nd/dx gamma(x)\n", checking=False, output=None, language="ko", as_json=True) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["state"] for row in rows] == ["written", "not-certified"]
    assert rows[1]["reason"] == "함수 gamma: Coq의 라이브러리에 없습니다"

"""The command line: what goes where, with which exit status; the pages themselves are tested in tests/explain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import derive
from derive import cli
from derive.cli_arguments import COMMANDS, TAKES_TEXT, with_command
from derive.cli_screen import DONE, UNREADABLE

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / ".." / "shared" / "examples"
HEAVY = ("lark", "flint", "derive.notation", "derive.engine", "derive.rules")


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """`derive ARGUMENTS` in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "100"}
    command = [sys.executable, "-m", "derive", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment, timeout=60)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ([], ["--help"]),
        (["-h"], ["--help"]),
        (["--version"], ["--version"]),
        (["x^2"], ["solve", "x^2"]),
        (["-x^2"], ["solve", "-x^2"]),
        (["--x"], ["solve", "--x"]),
        (["--format", "json", "x^2"], ["solve", "--format", "json", "x^2"]),
        (["--", "--xy"], ["solve", "--", "--xy"]),
        (["parse", "-x"], ["parse", "-x"]),
        (["rules"], ["rules"]),
    ],
)
def test_text_alone_means_solve(typed: list[str], meant: list[str]) -> None:
    assert with_command(typed) == meant


def test_the_options_named_for_misspellings_are_the_options() -> None:
    from typer.main import get_command

    from derive.cli_tools import app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    for name, known in TAKES_TEXT.items():
        declared = {option for p in commands[name].params for option in p.opts if option.startswith("--")}
        assert declared | {"--help"} == set(known)
    assert set(commands) == set(COMMANDS)


def test_a_problem_alone_needs_no_option_parser() -> None:
    unwanted = (
        "typer", "click", "lark", "sympy", "derive.tutor", "derive.compilation", "derive.equality", "derive.rules.book",
        "derive.rules.adjoints", "derive.numeric.compile_binders", "derive.rules.limit_laws", "derive.engine.polishing",
    )  # fmt: skip
    code = (
        "import sys; from derive.cli import main; main(['d/dx x^2*sin(x)'])\n"
        f"sys.exit(', '.join(name for name in {unwanted!r} if name in sys.modules) or 0)"
    )
    derive.parse("x")  # the tables of the grammars are kept
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["solve", "--help"], ["x", "--wtr", "y"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        f"import sys; from derive.cli import main; main({arguments!r})\n"
        f"sys.exit(', '.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["x^2", "--wtr", "x"], 2, "no such option: --wtr; did you mean --wrt?"),
        (["x^2", "--format", "pdf"], 2, "'pdf' is not one of"),
        (["x^2", "--order", "0"], 2, "--order"),
        (["solve"], 2, "PROBLEM"),
        (["rules", "no.such-rule"], 2, "no.such-rule"),
        (["d/dx 2 +* 3"], 2, "      ^"),
        (["d/dx sine(x)"], 2, "did you mean"),
        (["x*y"], 2, "x"),
        (["d/dx 1e999999999999*x"], 3, ""),
    ],
)
def test_errors_go_to_standard_error(
    arguments: list[str], status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("derive: ")
    assert says in shown.err
    assert "Traceback" not in shown.err


def test_caret_stands_under_the_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parse", "2 +* 3"]) == 2
    message, text, caret = capsys.readouterr().err.splitlines()
    assert message.startswith("derive: line 1, column 4: ")
    assert text[caret.index("^")] == "*"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["d/dx x^2*sin(x)"], 0),
        (["-x^2"], 0),
        (["--", "-x^2"], 0),
        (["d/dx", "x^2"], 0),
        (["x^2 sin x", "--wrt", "x", "--order", "2"], 0),
        (["x^2*y", "--wrt", "x", "--wrt", "y"], 0),
        ([r"\frac{d}{dx} \frac{\arctan x}{(1-2x)^{1/6}}", "--lang", "ko"], 0),
        (["d/dx sqrt(x + sqrt(x + sqrt(x)))", "--detail", "full"], 0),
    ],
)
def test_what_is_solved_is_printed(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == status
    shown = capsys.readouterr()
    assert shown.out.endswith("\n")
    assert shown.err == ""


def test_formats_are_what_the_derivation_renders(capsys: pytest.CaptureFixture[str]) -> None:
    import derive

    derivation = derive.solve("d/dx x^2")
    for format in ("text", "unicode", "latex", "markdown", "html"):
        assert cli.main(["d/dx x^2", "--format", format]) == 0
        assert capsys.readouterr().out.strip() == derivation.render(format).strip()


def test_json_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["d/dx x^x", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema_version"] == 1


@pytest.mark.parametrize(
    ("name", "begins"), [("page.html", "<!"), ("page.json", "{"), ("page.md", ""), ("page.tex", "")]
)
def test_output_goes_to_the_file_in_the_format_of_its_name(
    name: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["d/dx x^2", "--output", str(tmp_path / name)]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["d/dx x^2", "--output", str(tmp_path / "missing" / "page.html")]) == 2
    assert "page.html: No such file" in capsys.readouterr().err


def test_standard_input_is_read() -> None:
    done = run("-", "--format", "text", stdin="d/dx x^2\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run("d/dx x^2", "--format", "text").stdout


def test_module_runs_and_a_reader_who_leaves_is_no_error() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = f"{sys.executable} -m derive 'd/dx x^2*sin(x)' | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def _hostile() -> list[str]:
    """The malformed, ambiguous and malicious inputs of the examples; the huge ones are read in tests/notation."""
    if not EXAMPLES.exists():
        return []
    records = [json.loads(line) for line in (EXAMPLES / "hostile.jsonl").read_text("utf-8").splitlines()]
    return [record.get("input") or record.get("latex") or "" for record in records if not record.get("repeat")]


@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/examples is not there")
@pytest.mark.parametrize("command", ["solve", "parse"])
def test_hostile_input_has_an_answer_or_a_message(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    for text in _hostile():
        status = cli.main([command, "--format", "text", "--", text])
        shown = capsys.readouterr()
        assert status in (0, 1, 2, 3), text
        assert bool(shown.out) != bool(shown.err), text
        assert "an error of ours" not in shown.err, f"{text}: {shown.err}"
        assert "Traceback" not in shown.err


def test_rules_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules"]) == 0
    assert "derivative.product" in capsys.readouterr().out
    assert cli.main(["rules", "derivative.product", "--lang", "ko"]) == 0
    assert "derivative.product" in capsys.readouterr().out


def test_parse_shows_the_reading(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parse", "1/2x"]) == 0
    shown = capsys.readouterr().out
    assert "1/2*x" in shown
    for format in ("text", "unicode", "latex", "mathml", "json"):
        assert cli.main(["parse", "-x^2", "--format", format]) == 0
    assert capsys.readouterr().out


NAMED = "d/dx exp(sin(x^2 + 1))*cos(sin(x^2 + 1))"


@pytest.mark.parametrize(
    ("format", "let"), [(None, "let t_1 = sin(x^2 + 1)"), ("unicode", "let t₁ = "), ("latex", r"&\text{let } t_{1} = ")]
)
def test_an_answer_with_names(format: str | None, let: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = [] if format is None else ["--format", format]
    assert cli.main([NAMED, "--names", *options]) == DONE
    said = capsys.readouterr().out
    assert let in said
    if format is None:
        assert len(said.strip()) < len(str(derive.solve(NAMED).result))


def test_an_answer_that_names_do_not_shorten_is_written_without(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["simplify", "x + x", "--names"]) == DONE
    assert capsys.readouterr().out == "2*x\n"


def test_names_are_for_answers_in_one_line_or_latex(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([NAMED, "--names", "--format", "html"]) == UNREADABLE
    assert "text, unicode or latex" in capsys.readouterr().err

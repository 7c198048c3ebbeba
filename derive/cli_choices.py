"""What several commands let one choose: formats, detail, language, form, where to write; declared for typer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Format = Literal["text", "unicode", "latex", "markdown", "html", "json"]
Shape = Literal["page", "text", "unicode", "latex", "mathml", "json"]
Detail = Literal["answer", "brief", "standard", "full"]
Language = Literal["en", "ko"]
Verify = Literal["quick", "thorough", "off"]
Form = Literal["ready", "simplified", "expanded", "factored", "single-fraction", "as-derived"]

FormOption = Annotated[Form, typer.Option(help="What the result is brought into.")]
FormatOption = Annotated[Format | None, typer.Option(help="Print this instead of the page for the terminal.")]
DetailOption = Annotated[Detail, typer.Option(help="How much is shown.")]
VerifyOption = Annotated[Verify, typer.Option(help="How the result is checked.")]
LanguageOption = Annotated[Language, typer.Option(help="The language of what is said.")]
AnswerNamesOption = Annotated[
    bool, typer.Option("--names", help="Print the answer alone, with names for what comes again where that is shorter.")
]
OutputOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write to this file; its suffix names the format.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
NamesOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A variable to differentiate by; may be repeated.")
]

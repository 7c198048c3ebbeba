"""docs/reference/competition.md"""

from pathlib import Path

ROOT = Path(__file__).parents[3]
FIGURES = ROOT / "docs" / "reference" / "competition" / "figures.json"


def machine():
    return ""


def versions(s):
    return {}


def write(r):
    pass

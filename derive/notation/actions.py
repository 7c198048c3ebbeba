"""The functions that grammar/*.lark names after its arrows."""

from __future__ import annotations

from derive.notation import building, building_calls, building_operators, building_steps
from derive.notation.machine import Action

ACTIONS: dict[str, Action] = {
    name: value
    for module in (building, building_calls, building_operators, building_steps)
    for name, value in vars(module).items()
    if name[0].islower() and callable(value)
}
"""Every alias of the grammars → what builds its value."""

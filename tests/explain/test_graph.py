"""The dependence graph: names, edges and labels; a tree in lines, DOT, and a drawing that is well-formed XML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

import derive


def test_every_way_is_an_edge() -> None:
    g = derive.dependence("df/d(s,t) where f(x1, x2), x1(s, t), x2(s, t)")
    assert g.nodes == ("f", "x_1", "x_2", "s", "t")
    assert ("f", "x_1", "∂f/∂x₁") in g.edges
    assert len(g.edges) == 6
    assert g.ranks() == {"f": 0, "x_1": 1, "x_2": 1, "s": 2, "t": 2}


def test_total_and_partial() -> None:
    assert derive.dependence("df/dt where f(t, x), x(t)").text() == ("f\n├─ t   ∂f/∂t\n└─ x   ∂f/∂x\n   └─ t   dx/dt\n")


def test_a_vector_has_a_name_a_component() -> None:
    g = derive.dependence(derive.jacobian(["x*y", "x"], ["x", "y"]))
    assert g.nodes == ("f_1", "f_2", "x", "y")
    assert ("f_2", "x", "df₂/dx") in g.edges


def test_dot() -> None:
    dot = derive.dependence("gradient x*y").dot()
    assert dot.startswith("digraph dependence {")
    assert '"f" -> "x" [label="∂f/∂x"];' in dot


def test_the_drawing_is_well_formed() -> None:
    svg = derive.dependence("df/dt where f(x, y), x(u, t), y(t), u(t)").svg()
    root = ET.fromstring(svg)
    assert len(root.findall("{http://www.w3.org/2000/svg}circle")) == 5
    assert len(root.findall("{http://www.w3.org/2000/svg}line")) == 6


def test_no_graph() -> None:
    with pytest.raises(derive.UsageError, match="dependence graph"):
        derive.dependence("d/dx x^2")

"""Every entry of a matrix is polished, however many there are."""

import derive
from derive.expressions import Matrix


def test_no_entry_of_a_hessian_is_left_as_it_came() -> None:
    names = [f"x{i}" for i in range(1, 11)]
    exponential = "e^(" + " + ".join([f"{x}^2" for x in names]) + ")"
    found = derive.hessian(f"({' + '.join(names)})*{exponential}", names).result
    assert isinstance(found, Matrix)
    entries = [entry for row in found.rows for entry in row]
    assert len({str(e) for e in entries}) == 55
    assert [str(e).count("e^(") for e in entries] == [1] * 100

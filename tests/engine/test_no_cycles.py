"""What a derivation made is free when it is let go: nothing of it waits for the cyclic collector."""

import gc

import pytest

import derive
from derive.explain import to_json

FUNCTIONS = {
    "polynomials in kernels": "(e^x + 1)/x - e^x*ln(x)",
    "two rings": "(tan(x) + x)/(1 + tan(x)^2)",
    "a corner": "abs(x^2 - 4)*sqrt(x)",
    "no series there": "x^2*sin(1/x) + abs(x)",
}


@pytest.mark.parametrize("f", FUNCTIONS.values(), ids=FUNCTIONS)
def test_nothing_is_left_to_the_collector(f: str) -> None:
    to_json(derive.differentiate(f, "x"))  # what is made once for all derivations
    gc.collect()
    gc.disable()
    try:
        to_json(derive.differentiate(f, "x"))
        assert gc.collect() == 0
    finally:
        gc.enable()

"""Functions that the mathematics libraries of the targets do not have: their sources in Python and in C.

Digamma: ψ(u) = ψ(u + 1) - 1/u up to u ≥ 10, then the asymptotic series (Abramowitz and Stegun 6.3.18), reflected for
u < 0 (6.3.7). Polygamma: Σ 1/(u + k)^(n+1) with the rest by the Euler-Maclaurin formula (6.4.11, 23.1.30). Lambert's
W: Halley's iteration (Corless and others, On the Lambert W function, 5.9), the series in √(2(1 + e·u)) near its end.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

BERNOULLI = ("1/6", "-1/30", "1/42", "-1/30", "5/66", "-691/2730", "7/6", "-3617/510", "43867/798")
"""B₂, B₄, …, B₁₈."""
TERMS = 7  # at u = 10 the next term of ψ is 4e-17
DIGAMMA_SERIES = [float(Fraction(b) / (2 * k)) for k, b in enumerate(BERNOULLI[:TERMS], 1)]
RATIOS = [float(Fraction(b) / factorial(2 * k)) for k, b in enumerate(BERNOULLI, 1)]
LOWEST = -1e5  # polygamma comes up from there by steps of 1

BRANCH = (-0.36787944117144233, 1.2428753672788363e-17)
"""-1/e as the sum of two doubles."""
BRANCH_SERIES = [1.0, -1 / 3, 11 / 72, -43 / 540, 769 / 17280, -221 / 8505]
NEAR = 0.01  # from there on Halley's iteration is as exact as the function is conditioned


def horner(coefficients: list[float], variable: str) -> str:
    """`[1.0, 2.0], w  →  w*(1.0 + w*2.0)`."""
    text = repr(coefficients[-1])
    for c in reversed(coefficients[:-1]):
        text = f"{c!r} + {variable}*({text})"
    return f"{variable}*({text})"


DIGAMMA = f"""def digamma(u):
    if u <= 0.0:
        if u == math.floor(u):
            raise ValueError("digamma has a pole here")
        return digamma(1.0 - u) - math.pi/math.tan(math.pi*(u - round(u)))
    total = 0.0
    while u < 10.0:
        total -= 1.0/u
        u += 1.0
    w = 1.0/(u*u)
    return total + math.log(u) - 0.5/u - {horner(DIGAMMA_SERIES, "w")}
"""

POLYGAMMA = f"""def polygamma(n, u):
    if u <= 0.0 and u == math.floor(u) or u < {LOWEST!r}:
        raise ValueError("polygamma has a pole here, or its argument is too far below 0")
    s = n + 1.0
    total = 0.0
    while u < 10.0 + n:
        total += u**-(n + 1)
        u += 1.0
    total += u**-n/n + 0.5*u**-(n + 1)
    rising = s*u**-(n + 2)
    for k, ratio in enumerate(({", ".join(map(repr, RATIOS))})):
        total += ratio*rising
        rising *= (s + 2*k + 1.0)*(s + 2*k + 2.0)/(u*u)
    return (1.0 if n % 2 else -1.0)*math.factorial(n)*total
"""

DIGAMMA_C = f"""static double digamma(double u) {{
    double total = 0.0, w;
    if (u <= 0.0) {{
        if (u == floor(u)) return NAN;
        return digamma(1.0 - u) - PI/tan(PI*(u - floor(u + 0.5)));
    }}
    for (; u < 10.0; u += 1.0) total -= 1.0/u;
    w = 1.0/(u*u);
    return total + log(u) - 0.5/u - {horner(DIGAMMA_SERIES, "w")};
}}
"""

POLYGAMMA_C = f"""static double polygamma(int n, double u) {{
    static const double ratios[] = {{{", ".join(map(repr, RATIOS))}}};
    double s = n + 1.0, total = 0.0, rising, factor = n % 2 ? 1.0 : -1.0;
    int k;
    if ((u <= 0.0 && u == floor(u)) || u < {LOWEST!r} || u != u) return NAN;
    for (; u < 10.0 + n; u += 1.0) total += pow(u, -s);
    total += pow(u, 1.0 - s)/n + 0.5*pow(u, -s);
    rising = s*pow(u, -s - 1.0);
    for (k = 0; k < {len(RATIOS)}; k++) {{
        total += ratios[k]*rising;
        rising *= (s + 2*k + 1.0)*(s + 2*k + 2.0)/(u*u);
    }}
    for (k = 2; k <= n; k++) factor *= k;
    return factor*total;
}}
"""

LAMBERTW = f"""def lambertw(u):
    above = (u - {BRANCH[0]!r}) - {BRANCH[1]!r}
    if above < 0.0:
        raise ValueError("lambertw below -1/e")
    p = math.sqrt(2.0*math.e*above)
    w = {horner(BRANCH_SERIES, "p")} - 1.0
    if p < {NEAR!r}:
        return w
    if u > -0.2:
        size = math.log1p(u)
        w = size*(1.0 - math.log1p(size)/(2.0 + size))
    for _ in range(6):
        power = math.exp(w)
        error = w*power - u
        w -= error/(power*(w + 1.0) - (w + 2.0)*error/(2.0*w + 2.0))
    return w
"""

LAMBERTW_C = f"""static double lambertw(double u) {{
    double above = (u - {BRANCH[0]!r}) - {BRANCH[1]!r}, p, w, size, power, error;
    int k;
    if (!(above >= 0.0)) return NAN;
    p = sqrt(2.0*EULER*above);
    w = {horner(BRANCH_SERIES, "p")} - 1.0;
    if (p < {NEAR!r}) return w;
    if (u > -0.2) {{
        size = log1p(u);
        w = size*(1.0 - log1p(size)/(2.0 + size));
    }}
    for (k = 0; k < 6; k++) {{
        power = exp(w);
        error = w*power - u;
        w -= error/(power*(w + 1.0) - (w + 2.0)*error/(2.0*w + 2.0));
    }}
    return w;
}}
"""

LAMBERTW_JAX = f"""def lambertw(u):
    above = (u - {BRANCH[0]!r}) - {BRANCH[1]!r}
    p = np.sqrt(2.0*np.e*np.where(above < 0.0, np.nan, above))
    end = {horner(BRANCH_SERIES, "p")} - 1.0
    size = np.log1p(np.maximum(u, -0.2))
    w = np.where(u > -0.2, size*(1.0 - np.log1p(size)/(2.0 + size)), end)
    for _ in range(6):
        power = np.exp(w)
        error = w*power - u
        w = w - error/(power*(w + 1.0) - (w + 2.0)*error/(2.0*w + 2.0))
    return np.where(p < {NEAR!r}, end, w)
"""

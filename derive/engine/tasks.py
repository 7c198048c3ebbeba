"""The tasks that have a module of their own, which is loaded when such a task is asked for."""

CURVES = ("tangent", "linearization", "taylor", "differential", "implicit", "parametric", "inverse")
VECTORS = ("gradient", "jacobian", "hessian", "divergence", "curl", "laplacian", "directional")

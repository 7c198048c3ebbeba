"""Derivatives of growing problems by derive, and by what installs from PyPI, side by side in one run."""

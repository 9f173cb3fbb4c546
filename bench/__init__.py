"""Measures of the whole server on loopback: `make bench`."""

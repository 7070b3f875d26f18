"""Composition: the one place that names every room."""

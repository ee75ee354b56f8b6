"""Interlude: everything that happens between psychotherapy sessions."""

__version__ = "26.1.dev0"

"""Append-only record."""

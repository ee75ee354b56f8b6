"""Agreements with one client and their acceptance."""

"""Practices, clinicians, clients and who may read what."""

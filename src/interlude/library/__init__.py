"""Pieces to read, try and fill in: a clinician's library, what is shared from it, and what helped."""

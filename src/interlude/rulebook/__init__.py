"""Where rules are written: a clinician's own, the practice's, and what nobody below may loosen."""

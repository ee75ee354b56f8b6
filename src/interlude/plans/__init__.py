"""My plan for hard moments: a client's own words; and what a clinician has at hand who happens to see danger."""

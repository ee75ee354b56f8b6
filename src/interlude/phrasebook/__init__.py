"""Templates for replies: shipped ones, one's own, variants for one client; how they landed and where they were used."""

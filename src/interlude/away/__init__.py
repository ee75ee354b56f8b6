"""Going away and being covered, as pages: time away, the break, who stands in, who must be called, nothing unseen."""

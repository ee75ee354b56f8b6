"""Extra support for a time: giving it, moving its end, and what it costs the clinician."""

"""Published policy layers, closed days, absences."""

"""Papers: agreements, things to fill in, files, and a copy of one's whole record, with its clock."""

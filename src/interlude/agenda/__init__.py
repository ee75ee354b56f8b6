"""Our list and the journal."""

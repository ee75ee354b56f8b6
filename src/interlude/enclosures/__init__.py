"""Photos and PDFs that go with a message: made anew, sealed, seen by whoever sees the message."""

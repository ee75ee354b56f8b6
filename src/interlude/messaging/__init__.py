"""Messages, the check window, the promise."""

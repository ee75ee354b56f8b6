"""The assembled portal."""

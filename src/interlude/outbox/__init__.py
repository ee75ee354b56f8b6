"""Content-free notices waiting to be sent."""

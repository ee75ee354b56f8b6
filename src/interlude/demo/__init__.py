"""A fictional practice."""

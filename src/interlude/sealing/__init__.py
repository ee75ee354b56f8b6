"""Keys and encrypted fields."""

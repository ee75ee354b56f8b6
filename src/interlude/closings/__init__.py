"""How the work with a client ends: its last days, a farewell, and what comes after."""

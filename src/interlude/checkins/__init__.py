"""Looking at our messages together: three questions for each side, and a plain word that the amount is welcome."""

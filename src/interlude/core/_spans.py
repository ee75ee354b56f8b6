"""Open stretches as sorted integers with running sums, built in strips as they are asked for."""

HORIZON_DAYS = 3653


class Spans:
    """The open stretches of one calendar."""

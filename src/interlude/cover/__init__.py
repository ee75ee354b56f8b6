"""Who stands in while somebody is away, for whom and for what; and what a client has for that time."""

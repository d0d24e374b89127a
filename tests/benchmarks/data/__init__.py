"""A network as large as wanted, written in bulk; ``network.fill`` is the way in, the budget test uses its parts."""

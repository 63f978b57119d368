"""Users of a server, their sessions and tokens, and what they did: a database of its own, which no index replaces."""

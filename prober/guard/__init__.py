"""The guard: which addresses may be reached, what the user's text means as a suspect, and the proxy that enforces it."""

"""Runs over many machines: Procrastinate on PostgreSQL hands out the work, a table of ours says what is done."""

"""Alembic migrations of the database of users."""

"""Tests of the practice sites."""

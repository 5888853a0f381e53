"""Calls that came, calls foreseen, and the people they need."""

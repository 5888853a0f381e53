"""Shift swaps: offered, answered, checked, approved and put in force, never by half (S6)."""

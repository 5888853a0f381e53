"""Everything that waits for somebody: one inbox by role, deputies with dates, several decisions at once."""

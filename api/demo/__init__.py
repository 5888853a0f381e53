"""A living demo group: three sites with a year of calls, worked months, wishes, and an account of every role."""

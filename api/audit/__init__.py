"""The log of everything that was done: sealed, verified, exported."""

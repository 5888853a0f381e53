"""What the words mean: frozen values of time, people, shifts, duties and demand (standard library only)."""

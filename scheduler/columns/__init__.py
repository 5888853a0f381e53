"""Column generation: a column is one person's legal month; a linear programme chooses, a shortest path proposes."""

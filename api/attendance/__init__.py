"""What really happened with a duty: who came and went when, and what counts as absence (S7, S18)."""

"""What chooses: from a situation and a policy to a roster, with OR-Tools, and why not where none can be."""

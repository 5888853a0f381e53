"""The pages that the service shows without a client: its first steps, and where things are."""

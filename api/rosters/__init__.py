"""Rosters: the draft that is worked on, what is published, and the proof of it."""

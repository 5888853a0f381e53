"""Rosters that come in as files: months that were exported here, sheets of any make, lists of duties."""

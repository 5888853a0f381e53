"""The group and its sites: who they are, and by which plan each works."""

"""The people of a site: kept by hand or taken from a file."""

"""The monthly cycle: wishes close, the roster is built, reviewed and published, each on its day (S3)."""

"""What measures: never imported by the product. Each module prints a table, and JSON with --json FILE."""

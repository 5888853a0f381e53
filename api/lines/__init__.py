"""The unattended plan: where each public number leads, minute by minute, for an exchange to follow (S10)."""

"""What people ask for: wishes, leave, hours in which they cannot work."""

"""What foresees: call records to history to forecast to people needed per interval and skill."""

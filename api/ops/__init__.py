"""What operators need: health, measures, logs, backup."""

"""Loops that are compiled: arrays in, arrays out."""

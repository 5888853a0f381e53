"""Loops over arrays, compiled as a whole: long, plain and fast, each with one job."""

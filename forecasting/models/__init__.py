"""Forecasters: each takes a queue's past and the intervals to come, and gives the mean of each."""

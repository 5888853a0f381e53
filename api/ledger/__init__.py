"""The fairness account of each person over the months: booked with what happens, on both sides, and never changed."""

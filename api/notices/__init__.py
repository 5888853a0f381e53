"""What people are told: written with the change that it tells of, read in the inbox, sent outside by a job."""

"""What leaves the service as a file: to be printed, worked on in a spreadsheet, or read by another system."""

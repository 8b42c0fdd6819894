"""What `make faults` is made of: a file for each figure, and what they share."""

"""What is read about groups."""

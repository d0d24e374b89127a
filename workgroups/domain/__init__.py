"""What happens in groups."""

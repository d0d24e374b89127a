"""Ten leaks between networks, planted one after the other in a copy: each must turn a test red."""

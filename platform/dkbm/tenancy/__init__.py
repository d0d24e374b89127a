"""Networks as tenants: who is bound, which rows that admits, and the two locks that see to it."""

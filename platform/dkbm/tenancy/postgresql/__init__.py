"""Database backend: PostgreSQL that is told which network is bound."""

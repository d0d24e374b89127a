"""What the benchmarks share: services and data, servers, a client, tables. Needs no Django in its own process."""

"""Files into rows: reference data, catalogue, threads. Used in production; the demo's accounts are made elsewhere."""

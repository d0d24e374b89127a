"""Transfernetz: the platform's own packages. The order of the layers stands in platform/docs/architecture.md."""

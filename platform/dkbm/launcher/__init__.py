"""Runs a complete copy of Transfernetz on one machine: services, set-up steps, processes, and their end.

`bootstrap` is the only module that runs outside the virtual environment. Nothing here imports Django: the
launcher reaches the platform through processes (`manage.py`, uvicorn, celery) and their environment alone.
"""

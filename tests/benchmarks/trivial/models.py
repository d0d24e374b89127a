"""A list of notes in a section, each with who wrote it."""

from __future__ import annotations

from django.db import models


class Section(models.Model):
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Writer(models.Model):
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    section = models.ForeignKey(Section, on_delete=models.CASCADE)
    writer = models.ForeignKey(Writer, on_delete=models.CASCADE)
    title = models.CharField(max_length=100)
    text = models.TextField()
    written = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

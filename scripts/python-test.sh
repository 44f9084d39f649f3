#!/usr/bin/env bash
# Tests the Python module: types, tests against the program, the notebook of Examples.
#
#   scripts/python-test.sh PYTHON WHEEL.whl    as the wheel installs it, against the program in it
#   scripts/python-test.sh PYTHON PROGRAM      as it stands in the sources, against a program
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(realpath -s "$1") tested=$(realpath "$2")
say() { printf '== %s\n' "$*" >&2; }

if [[ $tested == *.whl ]]; then
  unset OURO
  "$python" -m pip install --quiet --no-deps --force-reinstall "$tested"
else
  export OURO=$tested
  cp LICENSE python/LICENSE
  "$python" -m pip install --quiet --no-deps --no-build-isolation --force-reinstall --editable ./python
fi
say "mypy --strict"
(cd python && "$python" -m mypy)
# In the sources the shipped book lies in the working folder.
say "pytest"
"$python" -m pytest -c python/pyproject.toml python/tests

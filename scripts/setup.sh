#!/usr/bin/env bash
# Makes sure the machine has what the build needs: Swift, libcrypto, SQLite, zlib, bzip2, zstd, expat, libxlsxwriter.
#
#   scripts/setup.sh            what `make demo` and `make test` need
#   scripts/setup.sh oracle     that, and Python with venv
#   scripts/setup.sh release    the first, and Python, which writes the man page
#   scripts/setup.sh deb        that, and what makes a Debian package and looks at it
#   scripts/setup.sh roots      the first, and what makes clean roots of Debian
#   scripts/setup.sh browser    that, and Chromium, for `make browser-test`
#   scripts/setup.sh reliability   the first, and Python, strace and faketime, for `make reliability`
#   scripts/setup.sh spark      Python with venv, and Java 17, for `make spark-test`
#   scripts/setup.sh slurm      the first, and Slurm with munge, for `make slurm-test`
#
# Where everything is there it changes nothing and needs neither root nor network.
set -euo pipefail

needed_swift=6.2

say() { printf '%s\n' "$*" >&2; }
fail() { say "setup: $*"; exit 1; }

# Whether Debian has the package, or pkg-config knows the library by other means.
has_library() {
  local package=$1 library=$2
  [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == "install ok installed" ]] ||
    pkg-config --exists "$library" 2>/dev/null
}

has_program() { command -v "$1" >/dev/null; }
has_python() { python3 -c 'import ensurepip, venv' 2>/dev/null; }

missing_packages() {
  has_library libssl-dev libcrypto || echo libssl-dev
  has_library libsqlite3-dev sqlite3 || echo libsqlite3-dev
  has_library zlib1g-dev zlib || echo zlib1g-dev
  has_library libbz2-dev bzip2 || echo libbz2-dev
  has_library libzstd-dev libzstd || echo libzstd-dev
  has_library libexpat1-dev expat || echo libexpat1-dev
  has_library libxlsxwriter-dev xlsxwriter || echo libxlsxwriter-dev
  if [[ ${1:-} == oracle || ${1:-} == browser || ${1:-} == spark ]] && ! has_python; then echo python3-venv; fi
  if [[ ${1:-} == browser ]] && ! command -v chromium >/dev/null; then printf '%s\n' chromium fonts-liberation; fi
  if [[ ${1:-} == release || ${1:-} == deb ]] && ! has_program python3; then echo python3; fi
  if [[ ${1:-} == deb ]]; then
    has_program dpkg-shlibdeps || echo dpkg-dev
    has_program lintian || echo lintian
  fi
  if [[ ${1:-} == reliability ]]; then
    for program in python3 strace faketime; do has_program "$program" || echo "$program"; done
  fi
  if [[ ${1:-} == spark ]] && ! has_program java; then echo openjdk-17-jre-headless; fi
  if [[ ${1:-} == slurm ]]; then
    has_program munged || echo munge
    has_program slurmctld || echo slurmctld
    has_program slurmd || echo slurmd
    has_program sbatch || echo slurm-client
    has_program python3 || echo python3
  fi
  if [[ ${1:-} == roots ]] && ! has_program mmdebstrap; then echo mmdebstrap; fi
}

install_packages() {
  local as_root=()
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || fail "these packages are missing: $*
Run as root: apt-get update && apt-get install -y $*"
    as_root=(sudo)
  fi
  command -v apt-get >/dev/null || fail "these Debian packages are missing: $*
This machine has no apt-get: install what it calls the development files of libcrypto (OpenSSL) and
SQLite 3, zlib, bzip2, zstd, expat and libxlsxwriter (and for the oracle Python's venv), and see that pkg-config finds
libcrypto, sqlite3, zlib, bzip2, libzstd, expat, xlsxwriter."
  say "setup: installing $*"
  "${as_root[@]}" apt-get update -q >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "$@" >&2
}

check_swift() {
  command -v swift >/dev/null ||
    fail "swift is not on the PATH; install Swift $needed_swift or later: https://www.swift.org/install"
  local found
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
  [[ -n $found ]] || fail "swift --version names no version; Swift $needed_swift or later is needed"
  [[ $(printf '%s\n' "$needed_swift" "$found" | sort -V | head -n 1) == "$needed_swift" ]] ||
    fail "swift is $found; Swift $needed_swift or later is needed: https://www.swift.org/install"
}

check_swift
mapfile -t missing < <(missing_packages "${1:-}")
if [[ ${#missing[@]} -gt 0 ]]; then install_packages "${missing[@]}"; fi

#!/usr/bin/env bash
# Refuses a program that would not start on a machine without Swift, or with a C library older than glibc 2.34 asks for.
#
#   scripts/check-release.sh PROGRAM
set -euo pipefail

program=$1
newest_glibc=2.34
most_bytes=90000000
# What may be asked of the machine: the C run-time libraries, and what Debian 12 calls libsqlite3-0, libssl3,
# libexpat1, libbz2-1.0, libzstd1 and zlib1g.
libraries='^(libc|libm|libgcc_s|libsqlite3|libcrypto|libexpat|libbz2|libz|libzstd|ld-linux-x86-64|ld-linux-aarch64)\.so'

fail() { printf 'check-release: %s: %s\n' "$program" "$*" >&2; exit 1; }

others=$(objdump -p "$program" | awk '$1 == "NEEDED" { print $2 }' | grep -Ev "$libraries" || true)
[[ -z $others ]] || fail "it asks for libraries that a machine need not have: $others"

# Symbols of a C library newer than that, by the versions that the program asks for.
asked=$(objdump -T "$program" | sed -n 's/.*(GLIBC_\([0-9.]*\)) *\(.*\)/\1 \2/p' | sort -V)
newer=$(awk -v most="$newest_glibc" '
  { split($1, v, "."); split(most, m, ".") }
  v[1] > m[1] || (v[1] == m[1] && v[2] > m[2]) { print $2 "@" $1 }' <<<"$asked")
[[ -z $newer ]] || fail "symbols above glibc $newest_glibc: $newer"
[[ -n $asked ]] || fail "it asks nothing of a C library: this check has seen nothing"

bytes=$(stat -c %s "$program")
((bytes < most_bytes)) || fail "$bytes bytes; $most_bytes are the most"
printf 'check-release: %s bytes, glibc %s or later\n' "$bytes" "$(tail -n 1 <<<"$asked" | cut -d ' ' -f 1)" >&2

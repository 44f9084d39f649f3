#!/usr/bin/env bash
# Installs both packages in clean roots of Debian 12 and 13, as a stranger would, and tells sizes and times as a table.
#
#   scripts/install-test.sh FOLDER     the packages lie in FOLDER; wants root, mmdebstrap and Debian's and Python's registries
#
# In each root: the Debian package by apt; `ouro demo`, a report as a workbook and `ouro serve` as somebody without
# rights; the wheel by pip in a fresh environment, the workbook opened by openpyxl, the lines of Python that README.md
# shows, and the notebook of Examples. Neither root has Swift.
set -euo pipefail
cd "$(dirname "$0")/.."

# Mounts are this script's own, and go with it.
if [[ -z ${INSTALL_TEST_APART:-} ]]; then exec env INSTALL_TEST_APART=1 unshare -m "$0" "$@"; fi

folder=$(realpath "$1")
package=$(ls "$folder"/ouro_*.deb) wheel=$(ls "$folder"/ouroboros-*.whl)
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
work=$(mktemp -d)
root=
leave() {
  if [[ -n $root ]]; then umount "$root/proc" 2>/dev/null || true; fi
  rm -rf --one-file-system "$work"
}
trap leave EXIT
rows=()

say() { printf '== %s\n' "$*" >&2; }
fail() { printf 'install-test: %s\n' "$*" >&2; exit 1; }

# Runs a line in the root; the stranger has a home and no rights.
as_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
  bash -euo pipefail -c "$1" </dev/null; }
as_stranger() { as_root "cd ~stranger && setpriv --reuid stranger --regid stranger --clear-groups \
  env HOME=/home/stranger ${certificates:+PIP_CERT=$certificates} bash -euo pipefail -c $(printf '%q' "$1")"; }

# Runs a step, and keeps a row of the table: what it is, its time, and what it takes.
step() {
  local what=$1 who=$2 line=$3 size=${4:-}
  say "Debian $release: $what"
  local begin=$EPOCHREALTIME
  "$who" "$line" >"$work/out" 2>"$work/err" || { tail -n 20 "$work/err" >&2; fail "Debian $release: $what failed"; }
  local end=$EPOCHREALTIME bytes=
  if [[ -n $size ]]; then bytes=$(as_root "du -sk $size | awk '{ sum += \$1 } END { printf \"%.0f MB\", sum / 1000 }'"); fi
  rows+=("| Debian $release | $what | $(awk -v a="$begin" -v b="$end" 'BEGIN { printf "%.1f s", b - a }') | $bytes |")
}

# The first lines of Python that the README shows.
readme_lines() { awk '/^```python$/ { on = 1; next } /^```$/ && on { exit } on' README.md; }

# Starts the server, goes in by the address it prints, asks for the answer, and ends it: all by bash alone.
serve_lines() { cat <<'LINES'
ouro serve ouro-demo/ai-economy --no-open --port 0 >served 2>&1 & server=$!
for _ in {1..100}; do grep -q http served && break; sleep 0.1; done
address=$(grep -o -m 1 'http://[^ ]*' served) rest=${address#http://}
place=${rest%%/*} path=/${rest#*/}
ask() {
  exec 3<>"/dev/tcp/${place%:*}/${place#*:}"
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n' "$1" "$place" "${2:+Cookie: $2$'\r\n'}" >&3
  tr -d '\r\0' <&3
}
cookie=$(ask "$path" "" | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' | head -n 1)
test -n "$cookie"
ask / "$cookie" >answer
head -n 1 answer | grep -q ' 200 ' && grep -q 'paid one another' answer
kill "$server"
wait "$server" || true
LINES
}

try() {
  release=$1 suite=$2
  root=$work/$suite
  say "Debian $release: a clean root"
  mmdebstrap --quiet --mode=root --variant=apt --include=passwd "$suite" "$root" "$mirror" >&2
  mount -t proc proc "$root/proc"
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  # A registry behind a certificate of this machine's own is let in by that, and by nothing else of the machine.
  certificates=
  if [[ -n ${PIP_CERT:-$(python3 -m pip config get global.cert 2>/dev/null || true)} ]]; then
    certificates=/etc/ssl/test-certificates.crt
    install -D -m 644 "${PIP_CERT:-$(python3 -m pip config get global.cert)}" "$root$certificates"
  fi
  as_root 'useradd --create-home stranger; apt-get update -q' >/dev/null
  as_root '! command -v swift && ! find / -xdev -name "libswift*" | grep .' || fail "the root has Swift"

  cp "$package" "$root/home/stranger/"
  as_root "apt-get install -y -q --no-install-recommends --download-only ./home/stranger/$(basename "$package")" >/dev/null
  step "apt install ./$(basename "$package")" as_root \
    "apt-get install -y -q --no-install-recommends ./home/stranger/$(basename "$package")" "/usr/bin/ouro /usr/share/ouro"
  step "ouro demo" as_stranger "ouro demo" "~stranger/ouro-demo"
  grep -q "how much goes round\|How much goes round" "$work/out" || fail "ouro demo shows no report"
  as_stranger "test -s ouro-demo/report/index.html && ouro --version" >&2
  step "ouro report --xlsx" as_stranger "ouro report ouro-demo/ai-economy --xlsx report.xlsx" "~stranger/report.xlsx"
  step "ouro serve, its first page, and its end" as_stranger "$(serve_lines)"
  as_stranger "ouro import ouro-demo/ai-economy mine.ouro && ouro verify mine.ouro" >&2
  as_root "apt-get remove -y -q ouro" >/dev/null 2>&1
  as_root '! command -v ouro && ! test -e /usr/share/ouro' || fail "the package leaves something behind"

  as_root "apt-get install -y -q --no-install-recommends python3-venv" >/dev/null 2>&1
  cp "$wheel" Examples/story.ipynb "$root/home/stranger/"
  readme_lines >"$root/home/stranger/lines.py"
  [[ -s $root/home/stranger/lines.py ]] || fail "README.md shows no Python"
  as_stranger "rm -rf ouro-demo && python3 -m venv env"
  step "pip install $(basename "$wheel")" as_stranger "env/bin/pip install -q ./$(basename "$wheel")" \
    "~stranger/env/lib/python3*/site-packages/ouroboros*"
  step "the README's lines of Python" as_stranger "env/bin/python lines.py"
  say "$(head -n 4 "$work/out")"
  as_stranger "rm -rf ouro-demo && env/bin/ouro demo >/dev/null 2>&1 && env/bin/ouro --version" >&2
  as_stranger "env/bin/pip install -q nbclient ipykernel pandas polars openpyxl" >&2
  as_stranger "env/bin/python -c 'import openpyxl; print(*openpyxl.load_workbook(\"report.xlsx\").sheetnames, sep=\", \")'" >&2
  step "the notebook, by nbclient" as_stranger "env/bin/jupyter execute story.ipynb"
  umount "$root/proc"
  rm -rf --one-file-system "$root"
  root=
}

try 12 bookworm
try 13 trixie
printf '%s\n' "| where | what | time | takes |" "|---|---|---|---|" "${rows[@]}"

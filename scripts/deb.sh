#!/usr/bin/env bash
# Makes a Debian package of the program, its man page, its completions and the shipped book, and has lintian look at it.
#
#   scripts/deb.sh PROGRAM EXTRAS FOLDER
#
# What the program needs of the machine is found by dpkg-shlibdeps, with the versions of the machine it is run on: built on
# Debian 12, the package installs on 12 and later. The same input gives the same bytes: times are those of the last commit.
set -euo pipefail
cd "$(dirname "$0")/.."

program=$1 extras=$2 folder=$3
version=$("$program" --version | sed -n '1s/^ouro \([0-9.]*\),.*/\1/p')-1
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
root=$work/root
mkdir -p "$root"
ZSH_FOLDER=vendor-completions scripts/install.sh "$program" "$extras" "$root/usr"
gzip -9n "$root/usr/share/man/man1/ouro.1"

documents=$root/usr/share/doc/ouro
install -D -m 644 packaging/copyright "$documents/copyright"
gzip -9nc CHANGELOG.md >"$documents/changelog.gz"
gzip -9nc >"$documents/changelog.Debian.gz" <<END
ouro ($version) unstable; urgency=medium

  * What changed is told in /usr/share/doc/ouro/changelog.gz.

 -- Ouroboros contributors <maintainers@ouroboros.invalid>  $(date -R -u -d "@$SOURCE_DATE_EPOCH")
END
install -D -m 644 packaging/lintian-overrides "$root/usr/share/lintian/overrides/ouro"

mkdir -p "$work/debian" "$root/DEBIAN"
printf 'Source: ouro\n\nPackage: ouro\nArchitecture: %s\n' "$architecture" >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O -e root/usr/bin/ouro | sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<END
Package: ouro
Version: $version
Architecture: $architecture
Maintainer: Ouroboros contributors <maintainers@ouroboros.invalid>
Installed-Size: $(du -sk --exclude DEBIAN "$root" | cut -f 1)
Depends: $depends
Suggests: librsvg2-bin
Section: science
Priority: optional
Description: who pays whom, who says so, and how much of it comes back around
 Ouroboros keeps sourced and conflicting claims about payments between
 companies, resolves them into the network of money flows as known on a day,
 and measures how closed that network is, which loops it has, and whose money
 each receipt was. It ships with a book of the AI economy; "ouro demo" shows it.
END
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)

mkdir -p "$folder"
package=$folder/ouro_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >&2
lintian --allow-root --fail-on error,warning "$package" >&2
printf 'The package is %s (%s bytes)\nDepends: %s\n' "$package" "$(stat -c %s "$package")" "$depends"

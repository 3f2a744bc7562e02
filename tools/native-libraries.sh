#!/bin/sh
# WeasyPrint draws text with Pango, which no Python package supplies, and Korean, Japanese and
# Chinese names need Noto CJK. $1 is the Python of the environment.
set -eu

packages=""
"$1" -c 'import weasyprint' >/dev/null 2>&1 ||
  packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
command -v fc-list >/dev/null || packages="$packages fontconfig"
fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || packages="$packages fonts-noto-cjk"

if [ -n "$packages" ]; then
  # shellcheck disable=SC2086 # one word is one package
  "$(dirname "$0")/install-packages.sh" $packages
  "$1" -c 'import weasyprint'
fi

#!/usr/bin/env bash
# Web pages: the Nu HTML checker, then axe-core in Chromium at three widths, by day, by night and in forced
# colours. Usage: html.sh TOOLS PAGE…   TOOLS is a folder where node tools may be put.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
tools="$1"
shift
pages=()
for page in "$@"; do pages+=("$(realpath "$page")"); done

mkdir -p "$tools"
cd "$tools"
jar=node_modules/vnu-jar/build/dist/vnu.jar
if [[ ! -f $jar || ! -d node_modules/axe-core || ! -d node_modules/playwright-core ]]; then
    [[ -f package.json ]] || echo '{ "private": true }' >package.json
    npm install --no-audit --no-fund --silent axe-core@4.14.1 playwright-core@1.65.1 vnu-jar@26.9.27
    # Newer npm runs a package's own script only when told.
    [[ -f $jar ]] || npm rebuild --silent vnu-jar || node node_modules/vnu-jar/vnu-java-downloader.js
fi
java -Xss8m -jar "$jar" --errors-only --format text "${pages[@]}"
CHROMIUM="${CHROMIUM:-$(command -v chromium)}" node "$here/html.mjs" "${pages[@]}"
# What was looked at, for the accessibility statement (content/project.toml).
cat <<EOF

[[website.check]]
what = "HTML as it should be written"
with = "Nu HTML checker $(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' node_modules/vnu-jar/package.json | head -1)"
on = $(date +%F)
looked-at = ${#pages[@]}
faults = 0
EOF

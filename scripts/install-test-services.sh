#!/bin/sh
# The tests run what production runs, a real Redis, a real browser and a real SFTP server (rclone), and read papers with
# poppler. Installs what is
# missing where that is allowed (Debian, root); elsewhere says what to install.
set -eu

missing=
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v rclone >/dev/null 2>&1 || missing="$missing rclone"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing for the tests:$missing" >&2
  log=$(mktemp)
  if { apt-get update && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    rm -f "$log"
    exit 0
  fi
  cat "$log" >&2
  rm -f "$log"
fi

echo "The tests need:$missing" >&2
echo "Install them first, on Debian or Ubuntu: sudo apt-get install$missing" >&2
exit 1

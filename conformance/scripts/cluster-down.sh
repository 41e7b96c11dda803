#!/bin/sh
# Ends the control plane whose state lies in the folder given, and removes the folder. Ends nothing else: a process is ended only while
# its command line still names that folder.
set -u
folder=$1
if [ ! -d "$folder" ]; then
  echo "conformance: no control plane runs in $folder" >&2
  exit 0
fi
for file in "$folder"/*.pid; do
  [ -e "$file" ] || continue
  pid=$(cat "$file")
  if ps -o args= -p "$pid" 2>/dev/null | grep -qF "$folder"; then
    kill -9 "$pid" 2>/dev/null
    while kill -0 "$pid" 2>/dev/null && ! ps -o stat= -p "$pid" | grep -q Z; do sleep 0.05; done
  fi
done
rm -rf "$folder"

#!/bin/sh
# render.sh FROM TO KEY=VALUE...: copies a tree, with @KEY@ replaced in every file.
set -eu
from=$1
to=$2
shift 2

script=
for pair in "$@"; do
  key=${pair%%=*}
  value=$(printf '%s' "${pair#*=}" | sed 's/[\\/&]/\\&/g')
  script="${script}s/@$key@/$value/g;"
done

cd "$from"
find . -type f | sort | while read -r file; do
  mkdir -p "$to/$(dirname "$file")"
  sed "$script" "$file" > "$to/$file"
  echo "rendered ${file#./}"
done

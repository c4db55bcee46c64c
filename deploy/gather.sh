#!/bin/sh
# Copies what the launcher needs out of a finished build: every entry of the class path, and the launcher itself.
set -eu
to="$1"
mkdir -p "$to/cli/target" "$to/lib"
tr ':' '\n' < cli/target/classpath | while read -r entry || [ -n "$entry" ]; do
    if [ -d "$entry" ]; then
        jar --create --file "$to/lib/$(echo "$entry" | tr '/' '_').jar" -C "$entry" .
    else
        cp "$entry" "$to/lib/"
    fi
done
echo "$to/lib/*" > "$to/cli/target/classpath"
cp freshet LICENSE NOTICE "$to/"

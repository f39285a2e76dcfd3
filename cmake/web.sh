#!/bin/sh
# web.sh NODE NPM SOURCE WORK OUT: bundle the page of SOURCE in the folder WORK and pack it into the file OUT. Packages are those that
# package-lock.json names, with their hashes; none of their scripts is run.
set -eu
node=$1 npm=$2 source=$3 work=$4 out=$5
mkdir -p "$work"
PATH=$(dirname "$node"):$PATH
if ! cmp -s "$source/package-lock.json" "$work/package-lock.json" || [ ! -d "$work/node_modules" ]; then
    rm -f "$work/package-lock.json"
    cp "$source/package.json" "$work/package.json"
    cp "$source/package-lock.json" "$work/package-lock.json.new"
    mv "$work/package-lock.json.new" "$work/package-lock.json"
    (cd "$work" && "$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$work/npm.log" 2>&1 || {
        cat "$work/npm.log" >&2
        rm -f "$work/package-lock.json"
        exit 1
    }
fi
rm -rf "$work/site"
# The sources lie beside the packages, so that both are found from there.
find "$work" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name package-lock.json ! -name npm.log -exec rm -rf {} +
(cd "$source" && tar cf - --exclude=./node_modules --exclude=./package-lock.json .) | (cd "$work" && tar xf -)
"$node" "$work/build.mjs" "$work/site"
"$node" "$(dirname "$0")/pack.mjs" "$work/site" "$out"

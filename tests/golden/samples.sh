# What is coded of the sample pages, as kept in samples.csv. After a change that is meant to change coded output:
#     CHANCERY=build/release/chancery tests/golden/update
. "$HERE/lib.sh"
cd "$ROOT" || exit 1
"$HERE/golden/update" --print >"$tmp/now.csv" || fail "the samples are not coded"
if ! diff -u "$HERE/golden/samples.csv" "$tmp/now.csv" >"$tmp/diff"; then
    head -60 "$tmp/diff"
    fail "coded output differs from tests/golden/samples.csv"
fi
finish

# A short way in front of CMake; see CMakePresets.json for what each preset is.
COMMAND = build/release/chancery
PREFIX ?= /usr/local

all: release

# Every target first installs what is missing.
deps:
	@scripts/deps
deps-test:
	@scripts/deps test

release: deps
	@cmake --preset release -Wno-dev >build-release.log 2>&1 || { cat build-release.log; rm -f build-release.log; exit 1; }
	@rm -f build-release.log
	@cmake --build --preset release

demo: release
	@scripts/demo $(COMMAND)

# Unit, command, golden and pathological tests; `make check` adds clang, the sanitizers and the checks on the tree.
test: deps-test
	@scripts/test

asan tsan fuzz dev gcc clang: deps-test
	@cmake --preset $@ -Wno-dev >/dev/null && cmake --build --preset $@ && ctest --test-dir build/$@ --output-on-failure

bench: release
	@cmake --build --preset release --target bench
	@bench/speed/run $(COMMAND)

install: release
	@cmake --install build/release --prefix $(PREFIX)

clean:
	rm -rf build

.PHONY: all deps deps-test release demo test asan tsan fuzz dev gcc clang bench install clean

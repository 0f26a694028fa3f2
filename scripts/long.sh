# The long part of ./test --long: ThreadSanitizer over the Qt-free code, and a minute of fuzzing per parser.
# shellcheck shell=bash

# A worker's limit of memory cannot hold beside the sanitizer's own.
tsan_tests() {
    build_preset tsan "$PWD/build/tsan" || return 1
    MAREA_BIN_DIR="$PWD/build/tsan/bin" TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" \
        run_ctest "$PWD/build/tsan" -E '^(e2e|meta)\.|SurvivesAMemoryBomb'
}

# Each fuzzer is a test of its own there: it fails when libFuzzer finds something.
fuzz_tests() {
    if ! command -v clang++ >/dev/null; then echo "No clang: fuzzing is left out."; return 0; fi
    CC=clang CXX=clang++ build_preset dev "$PWD/build/fuzz" -DMAREA_FUZZ=ON -DMAREA_DESKTOP=OFF \
        -DMAREA_SANITIZE=address,undefined,fuzzer-no-link -- marea_fuzzers || return 1
    run_ctest "$PWD/build/fuzz" -L fuzz
}

long_phases() {
    phase "thread sanitizer" tsan_tests || true
    phase fuzzing fuzz_tests || true
    results+=("$PWD/build/tsan" "$PWD/build/fuzz")
}

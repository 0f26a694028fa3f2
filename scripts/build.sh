# Configure and build. Sourced by ./run, ./test and ./bench.
# shellcheck shell=bash

# build_preset PRESET FOLDER [CMAKE OPTION…] [-- TARGET…]: configures when there is no build yet, then runs ninja,
# which does nothing, quickly, when nothing changed.
build_preset() {
    local preset=$1 folder=$2 options=() stamp
    shift 2
    while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
    [ $# -eq 0 ] || shift
    stamp="$folder/.marea-configured"
    mkdir -p "$folder"
    if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$preset ${options[*]}" ]; then
        cmake --preset "$preset" -B "$folder" -Wno-dev "${options[@]}" >"$folder.configure.log" 2>&1 || {
            cat "$folder.configure.log" >&2
            return 1
        }
        printf '%s\n' "$preset ${options[*]}" >"$stamp"
        rm -f "$folder.configure.log"
    fi
    run_ninja "$folder" "$@"
}

# Quiet when there is nothing to do; one moving line on a terminal, else ninja's own lines without the successes' output.
run_ninja() {
    local folder=$1
    shift
    if [ -t 2 ]; then
        ninja -C "$folder" "$@" >&2
    else
        NINJA_STATUS='[%f/%t] ' ninja --quiet -C "$folder" "$@" >&2
    fi
}

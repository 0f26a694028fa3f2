#!/usr/bin/env bash
# compile.sh CCACHE COMPILER ARGUMENTS…: one call of the compiler through ccache.
#
# GCC 12 now and then writes a precompiled header that it cannot read: whoever includes it takes memory until there is
# none left. So each is tried when it is made, and made anew without the cache where it is broken.
set -uo pipefail
export CCACHE_BASEDIR CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
CCACHE_BASEDIR=$(dirname "$(dirname "${BASH_SOURCE[0]}")")

case "${!#}" in *cmake_pch.hxx.cxx) ;; *) exec "$@" ;; esac

# The call with nothing to compile: everything before "-x c++-header", and the header itself.
header='' output='' flags=()
arguments=("${@:3}")
for ((i = 0; i < ${#arguments[@]}; ++i)); do
    case "${arguments[i]}" in
        -x) [ -n "$header" ] || header=pending ;;
        -include) header=${arguments[i + 1]} ;;
        -o) output=${arguments[i + 1]} ;;
        *) [ -n "$header" ] || flags+=("${arguments[i]}") ;;
    esac
done
readable() {
    case "$output" in *.gch) ;; *) return 0 ;; esac
    (ulimit -v 6000000 && timeout 120 "$1" "${flags[@]}" -include "$header" -fsyntax-only -x c++ /dev/null) >/dev/null 2>&1
}

"$@" || exit
for _ in 1 2 3; do
    ! readable "$2" || exit 0
    rm -f "$output"
    CCACHE_RECACHE=1 "$@" || exit
done
echo "compile.sh: the precompiled header $output cannot be read" >&2
exit 1

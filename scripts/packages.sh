# What Marea needs from Debian 12+ and Ubuntu 24.04+, and how it is installed. Sourced by ./run, ./test and ./bench.
#
# "a|b" means: either will do; names differ between releases, and the first that the release knows is taken. A path stands
# for whatever package has that file.
# shellcheck shell=bash disable=SC2034

BUILD_PACKAGES=(
    build-essential cmake ninja-build ccache pkg-config git
    qt6-base-dev qt6-declarative-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    "qt6-svg-dev|libqt6svg6-dev" qt6-websockets-dev "libgl-dev|libgl1-mesa-dev"
    "qtkeychain-qt6-dev|libqt6keychain-dev"
    qt6-multimedia-dev # the second engine, for where libmpv is absent
    libmpv-dev libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev libavfilter-dev "libtag1-dev|libtag-dev"
    libebur128-dev libchromaprint-dev libass-dev libmtp-dev libusb-1.0-0-dev
    "libboost1.81-dev|libboost1.83-dev|libboost-dev" libsodium-dev libssl-dev libsqlite3-dev libseccomp-dev
    libtomlplusplus-dev libexpected-dev libvalijson-dev libcjose-dev libjansson-dev libqrencode-dev libxxhash-dev
)
# Newer releases have the last two inside other packages.
BUILD_OPTIONAL=(mold libqt6opengl6-dev libqt6quicktest6)

# What the built programs use when they run, and the tools that make the demo library.
RUN_PACKAGES=(
    ffmpeg libgl1-mesa-dri
    libmpv2 # loaded, not linked: nothing else names it
    fonts-dejavu-core # what subtitles are drawn into the picture with, where the film brings no fonts
    qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts qml6-module-qtquick-window
    qml6-module-qtquick-templates qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
    qml6-module-qtquick-dialogs qml6-module-qt-labs-folderlistmodel qml6-module-qtquick-shapes
)
RUN_OPTIONAL=(qml6-module-qt-labs-platform) # the tray

TEST_PACKAGES=(
    libgtest-dev libgmock-dev qml6-module-qttest python3 procps curl
    gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-libav # what Qt Multimedia plays by, until Qt 6.5
)
# A test whose program is missing is skipped by name.
TEST_OPTIONAL=(
    mpv xvfb xdotool imagemagick nginx-light wrk mpd playerctl desktop-file-utils python3-dbus python3-gi "chromium|chromium-browser" "chromium-driver|chromium-chromedriver"
    vlc-bin vlc-plugin-base dbus dbus-x11 gnome-keyring x11-utils xauth openbox clang-format clang-tidy
    dosfstools exfatprogs # file systems of sticks, in images
    iproute2 # a link that goes down, in a network of a test's own
    at-spi2-core gir1.2-atspi-2.0 # what programs say to screen readers: tests find by it where to click
    rclone cadaver davfs2 # others' WebDAV clients
    python3-zeroconf # another's DNS-SD, which has to see ours
    libchromaprint-tools # fpcalc, to compare fingerprints with
    nodejs "npm|/usr/bin/npm" # other sources' nodejs has npm inside, and conflicts with Debian's
)
# What Marea is measured beside.
BENCH_PACKAGES=()
BENCH_OPTIONAL=(strawberry rsync mtp-tools)
LONG_PACKAGES=()
LONG_OPTIONAL=(clang)

say() { printf '%s\n' "$*" >&2; }

package_installed() {
    case "$1" in /*) [ -e "$1" ]; return ;; esac
    # MAREA_PRETEND_MISSING names packages that count as missing: it shows what would be installed (with MAREA_DRY_RUN=1).
    case " ${MAREA_PRETEND_MISSING:-} " in *" $1 "*) return 1 ;; esac
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

package_known() { apt-cache policy "$1" 2>/dev/null | grep -E '^  Candidate: ' | grep -qv '(none)'; }

# Prints those of its arguments of which no alternative is installed.
missing_of() {
    local entry name found names
    for entry in "$@"; do
        found=
        IFS='|' read -r -a names <<<"$entry"
        for name in "${names[@]}"; do
            if package_installed "$name"; then found=yes; break; fi
        done
        [ -n "$found" ] || printf '%s\n' "$entry"
    done
}

# Prints the alternative of "a|b" that this release knows, or nothing.
chosen_of() {
    local name names
    IFS='|' read -r -a names <<<"$1"
    for name in "${names[@]}"; do
        if package_known "$name"; then printf '%s\n' "$name"; return; fi
    done
}

lists_are_old() {
    [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mmin -1440 -print -quit 2>/dev/null)" ]
}

as_root() {
    if [ -n "${MAREA_DRY_RUN:-}" ]; then
        say "would run: $*"
    elif [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive "$@" </dev/null
    else
        sudo DEBIAN_FRONTEND=noninteractive "$@" </dev/null
    fi
}

# Root needs no question. Others are asked once; without a terminal, sudo must work without a password.
may_install() {
    [ "$(id -u)" -eq 0 ] || [ -n "${MAREA_DRY_RUN:-}" ] && return 0
    if ! command -v sudo >/dev/null; then
        say "These packages are missing and there is no sudo. As root: apt-get install --no-install-recommends $*"
        return 1
    fi
    if [ ! -t 0 ]; then
        sudo -n true 2>/dev/null && return 0
        say "These packages are missing. Run: sudo apt-get install --no-install-recommends $*"
        return 1
    fi
    say "Marea needs these packages: $*"
    read -r -p "Install them with sudo apt-get? [Y/n] " answer >&2
    case "$answer" in "" | [YyJjSs]*) return 0 ;; *) return 1 ;; esac
}

apt_update() { as_root apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 update >&2; }

apt_install() {
    [ $# -eq 0 ] ||
        as_root apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@" >&2
}

# Fills `names` with what to ask apt for; reports required packages that the release does not know.
choose_names() {
    local required=$1 entry name
    shift
    names=()
    for entry in "$@"; do
        name=$(chosen_of "$entry")
        if [ -n "$name" ]; then
            names+=("$name")
        elif [ "$required" = required ]; then
            say "No package $entry in this release's lists."
            return 1
        else
            say "Left out, as this release has no package $entry."
        fi
    done
}

# install_packages BUILD RUN …: installs what is missing of the <KIND>_PACKAGES and <KIND>_OPTIONAL, in one call.
install_packages() {
    local kind need=() want=() names
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is not Debian or Ubuntu: install what scripts/packages.sh lists by your own package manager."
        return 0
    fi
    for kind in "$@"; do
        local -n packages="${kind}_PACKAGES" optional="${kind}_OPTIONAL"
        mapfile -t -O "${#need[@]}" need < <(missing_of ${packages[@]+"${packages[@]}"})
        mapfile -t -O "${#want[@]}" want < <(missing_of ${optional[@]+"${optional[@]}"})
        unset -n packages optional
    done
    [ $((${#need[@]} + ${#want[@]})) -gt 0 ] || return 0
    # Optional packages alone are no reason to ask: who cannot install them goes on without.
    if [ ${#need[@]} -eq 0 ] && [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
        say "Some tests are skipped without these packages: ${want[*]}"
        return 0
    fi
    may_install "${need[@]}" "${want[@]}" || return 1
    install_chosen
}

# Works on the caller's `need` and `want`.
install_chosen() {
    local required optional entry
    if lists_are_old; then apt_update || say "apt-get update failed; going on with the lists that are there."; fi
    if ! choose_names required ${need[@]+"${need[@]}"}; then
        apt_update && choose_names required ${need[@]+"${need[@]}"} || return 1
    fi
    required=(${names[@]+"${names[@]}"})
    choose_names optional ${want[@]+"${want[@]}"}
    optional=(${names[@]+"${names[@]}"})
    [ $((${#required[@]} + ${#optional[@]})) -gt 0 ] || return 0
    say "Installing: ${required[*]} ${optional[*]}"
    apt_install ${required[@]+"${required[@]}"} ${optional[@]+"${optional[@]}"} && return 0
    say "That failed; once more with fresh lists."
    apt_update || true
    apt_install ${required[@]+"${required[@]}"} || return 1
    for entry in ${optional[@]+"${optional[@]}"}; do
        apt_install "$entry" || say "Could not install $entry; the tests that need it are skipped."
    done
}

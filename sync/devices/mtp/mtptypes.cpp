#include "sync/devices/mtp/mtptypes.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "core/library/text.h"

namespace marea::sync::mtp {

namespace {

struct Kind {
    std::string_view extension;
    LIBMTP_filetype_t type;
};
// Where a device does not know the kind proper, a later one of the same ending is near enough.
constexpr std::array kKinds{
    Kind{"mp3", LIBMTP_FILETYPE_MP3},   Kind{"mp2", LIBMTP_FILETYPE_MP2},    Kind{"m4a", LIBMTP_FILETYPE_M4A},
    Kind{"m4a", LIBMTP_FILETYPE_MP4},   Kind{"m4a", LIBMTP_FILETYPE_AAC},    Kind{"m4b", LIBMTP_FILETYPE_M4A},
    Kind{"m4b", LIBMTP_FILETYPE_MP4},   Kind{"aac", LIBMTP_FILETYPE_AAC},    Kind{"flac", LIBMTP_FILETYPE_FLAC},
    Kind{"ogg", LIBMTP_FILETYPE_OGG},   Kind{"oga", LIBMTP_FILETYPE_OGG},    Kind{"wav", LIBMTP_FILETYPE_WAV},
    Kind{"wma", LIBMTP_FILETYPE_WMA},   Kind{"aa", LIBMTP_FILETYPE_AUDIBLE}, Kind{"mp4", LIBMTP_FILETYPE_MP4},
    Kind{"m4v", LIBMTP_FILETYPE_MP4},   Kind{"mov", LIBMTP_FILETYPE_QT},     Kind{"avi", LIBMTP_FILETYPE_AVI},
    Kind{"wmv", LIBMTP_FILETYPE_WMV},   Kind{"asf", LIBMTP_FILETYPE_ASF},    Kind{"mpg", LIBMTP_FILETYPE_MPEG},
    Kind{"mpeg", LIBMTP_FILETYPE_MPEG},
};

}  // namespace

LIBMTP_filetype_t typeFor(const std::string& name, const std::set<std::uint16_t>& supported) {
    const std::string extension = core::library::extension(name);
    for (const Kind& kind : kKinds) {
        if (kind.extension == extension && supported.count(static_cast<std::uint16_t>(kind.type)) > 0) {
            return kind.type;
        }
    }
    return LIBMTP_FILETYPE_UNKNOWN;
}

}  // namespace marea::sync::mtp

#include "server/packaging/id3writer.h"

#include <utility>

namespace marea::server {
namespace {

constexpr char utf8 = 3;  // section 4: the encoding of texts
constexpr char frontCoverType = 3;

// Section 6.2: seven bits a byte.
std::string syncSafe(std::size_t size) {
    std::string bytes;
    for (int shift = 21; shift >= 0; shift -= 7)
        bytes += static_cast<char>(size >> shift & 0x7F);
    return bytes;
}

}  // namespace

void Id3Writer::frame(std::string_view id, std::string_view body) {
    frames_.append(id).append(syncSafe(body.size())).append(2, '\0').append(body);
}

void Id3Writer::text(std::string_view id, std::string_view value) {
    if (!value.empty())
        frame(id, std::string(1, utf8).append(value));
}

void Id3Writer::userText(std::string_view name, std::string_view value) {
    if (!value.empty())
        frame("TXXX", std::string(1, utf8).append(name).append(1, '\0').append(value));
}

void Id3Writer::inLanguage(std::string_view id, std::string_view value) {
    if (!value.empty())
        frame(id, std::string(1, utf8).append("und").append(1, '\0').append(value));
}

void Id3Writer::frontCover(std::string_view mimeType, std::string_view bytes) {
    std::string body = std::string(1, utf8).append(mimeType).append(1, '\0');
    body += frontCoverType;
    frame("APIC", body.append(1, '\0').append(bytes));
}

std::string Id3Writer::take() {
    if (frames_.empty())
        return {};
    const std::string frames = std::exchange(frames_, {});
    return std::string("ID3\x04\0\0", 6) + syncSafe(frames.size()) + frames;
}

}  // namespace marea::server

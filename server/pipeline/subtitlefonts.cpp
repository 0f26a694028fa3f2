#include "server/pipeline/subtitlefonts.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <array>

namespace marea::server {
namespace {

constexpr std::size_t mostFonts = 128;
constexpr std::size_t mostBytes = 128 << 20;
constexpr off_t largestFallback = 8 << 20;

// Where systems have them: Debian, Fedora, Arch, FreeBSD, Homebrew.
constexpr std::array folders{"/usr/share/fonts/truetype/dejavu/", "/usr/share/fonts/dejavu-sans-fonts/",
                             "/usr/share/fonts/TTF/", "/usr/local/share/fonts/dejavu/",
                             "/opt/homebrew/share/fonts/dejavu/"};

// Mapped for good: all workers share the pages.
std::string_view mapped(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {};
    struct stat status {};
    void* bytes = MAP_FAILED;
    if (::fstat(descriptor, &status) == 0 && status.st_size > 0 && status.st_size <= largestFallback)
        bytes = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
    ::close(descriptor);
    if (bytes == MAP_FAILED)
        return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(status.st_size)};
}

std::vector<FontFile> installedFonts() {
    std::vector<FontFile> fonts;
    for (const char* name : {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}) {
        for (const char* folder : folders) {
            if (const std::string_view bytes = mapped(std::string(folder) + name); !bytes.empty()) {
                fonts.push_back({name, bytes});
                break;
            }
        }
    }
    return fonts;
}

std::string entry(const AVStream* stream, const char* key) {
    const AVDictionaryEntry* found = av_dict_get(stream->metadata, key, nullptr, 0);
    std::string text = found ? found->value : "";
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

bool isFont(const AVStream* stream) {
    const AVCodecParameters* par = stream->codecpar;
    if (par->codec_type != AVMEDIA_TYPE_ATTACHMENT || par->extradata_size <= 0)
        return false;
    const std::string type = entry(stream, "mimetype"), name = entry(stream, "filename");
    const bool byName =
        name.ends_with(".ttf") || name.ends_with(".otf") || name.ends_with(".ttc") || name.ends_with(".otc");
    return byName || par->codec_id == AV_CODEC_ID_TTF || par->codec_id == AV_CODEC_ID_OTF ||
           type.find("font") != std::string::npos || type.find("opentype") != std::string::npos;
}

}  // namespace

void loadFonts() {
    fallbackFonts();
}

const std::vector<FontFile>& fallbackFonts() {
    static const std::vector<FontFile> fonts = installedFonts();
    return fonts;
}

std::vector<FontFile> attachedFonts(const AVFormatContext& context) {
    std::vector<FontFile> fonts;
    std::size_t bytes = 0;
    for (unsigned i = 0; i < context.nb_streams && fonts.size() < mostFonts; ++i) {
        const AVStream* stream = context.streams[i];
        if (!isFont(stream))
            continue;
        bytes += static_cast<std::size_t>(stream->codecpar->extradata_size);
        if (bytes > mostBytes)
            break;
        fonts.push_back({entry(stream, "filename"),
                         {reinterpret_cast<const char*>(stream->codecpar->extradata),
                          static_cast<std::size_t>(stream->codecpar->extradata_size)}});
    }
    return fonts;
}

}  // namespace marea::server

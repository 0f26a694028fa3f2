// Which charset a text file is in, whatever is in it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/packaging/subtitles/charset.h"

using namespace marea::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto form = unicodeForm(bytes);
    if (form && (form->mark > bytes.size() || !form->charset))
        std::abort();
    const std::string sample = charsetSample(bytes, 512);
    for (const char* language : {"", "ru", "ja"}) {
        const double worth = plausibility(sample, language);
        if (!(worth <= 1.2))
            std::abort();
    }
    return 0;
}

#include "server/pipeline/charsets.h"

#include <iconv.h>
#include <cerrno>

#include "core/base/utf8.h"
#include "server/packaging/subtitles/charset.h"

namespace marea::server {
namespace {

class Converter {
public:
    explicit Converter(const char* charset) : handle_(::iconv_open("UTF-8", charset)) {}
    ~Converter() {
        if (isOpen())
            ::iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    bool isOpen() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

    // What is no character is passed over, `step` bytes at a time.
    std::string convert(std::string_view bytes, std::size_t step) {
        std::string out;
        char* from = const_cast<char*>(bytes.data());  // iconv(3) does not write there
        std::size_t left = bytes.size();
        while (left > 0) {
            char buffer[8192];
            char* to = buffer;
            std::size_t room = sizeof buffer;
            const bool failed = ::iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
            const int why = errno;
            out.append(buffer, sizeof buffer - room);
            if (failed && why != E2BIG && left > 0) {
                out += "\uFFFD";
                const std::size_t skipped = std::min(step, left);
                from += skipped;
                left -= skipped;
            }
        }
        return out;
    }

private:
    iconv_t handle_;
};

}  // namespace

void loadCharsets() {
    // The handles stay open for good, or the tables would be unloaded.
    for (const char* name : legacyCharsets())
        ::iconv_open("UTF-8", name);
    for (const char* name : {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
        ::iconv_open("UTF-8", name);
}

std::string convertToUtf8(std::string_view bytes, const std::string& charset) {
    if (charset != "UTF-8") {
        Converter converter(charset.c_str());
        if (converter.isOpen())
            return converter.convert(bytes, charset.starts_with("UTF-16") ? 2 : charset.starts_with("UTF-32") ? 4 : 1);
    }
    return core::isUtf8(bytes) ? std::string(bytes) : core::cleanText(bytes, bytes.size() * 3, true);
}

std::string charsetOf(std::string_view bytes, std::string_view language) {
    if (const auto form = unicodeForm(bytes))
        return form->charset;
    const std::string sample = charsetSample(bytes);
    std::string best = "WINDOWS-1252";
    double most = -100;
    for (const char* name : legacyCharsets()) {
        Converter converter(name);
        if (!converter.isOpen())
            continue;
        const double score = plausibility(converter.convert(sample, 1), language);
        if (score > most + 1e-6) {
            most = score;
            best = name;
        }
    }
    return best;
}

std::string textToUtf8(std::string_view bytes, std::string_view language) {
    const auto form = unicodeForm(bytes);
    if (form)
        bytes.remove_prefix(form->mark);
    return convertToUtf8(bytes, form ? form->charset : charsetOf(bytes, language));
}

}  // namespace marea::server

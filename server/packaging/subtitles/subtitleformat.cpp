#include "server/packaging/subtitles/subtitleformat.h"

#include "server/packaging/subtitles/ass.h"
#include "server/packaging/subtitles/sami.h"
#include "server/packaging/subtitles/srt.h"
#include "server/packaging/subtitles/textlines.h"
#include "server/packaging/subtitles/ttml.h"
#include "server/packaging/subtitles/webvtt.h"

namespace marea::server {
namespace {

constexpr std::size_t kFront = 16 << 10;

// "<tt", "<tt:tt" as an element.
bool hasTtmlRoot(std::string_view lowerFront) {
    const std::size_t at = lowerFront.find("<tt");
    if (at == std::string_view::npos || at + 3 >= lowerFront.size())
        return false;
    const char next = lowerFront[at + 3];
    return next == ' ' || next == ':' || next == '\n' || next == '\r' || next == '\t' || next == '>';
}

std::optional<SubtitleFormat> formatOfExtension(std::string_view extension) {
    if (extension == "srt")
        return SubtitleFormat::Srt;
    if (extension == "vtt" || extension == "webvtt")
        return SubtitleFormat::WebVtt;
    if (extension == "ass" || extension == "ssa")
        return SubtitleFormat::Ass;
    if (extension == "ttml" || extension == "dfxp")
        return SubtitleFormat::Ttml;
    return extension == "smi" || extension == "sami" ? std::optional(SubtitleFormat::Sami) : std::nullopt;
}

Subtitles read(SubtitleFormat format, std::string_view utf8, std::string_view language) {
    switch (format) {
        case SubtitleFormat::WebVtt:
            return readWebVtt(utf8);
        case SubtitleFormat::Ass:
            return readAss(utf8);
        case SubtitleFormat::Ttml:
            return readTtml(utf8);
        case SubtitleFormat::Sami:
            return readSami(utf8, language);
        case SubtitleFormat::Srt:
            break;
    }
    return readSrt(utf8);
}

}  // namespace

std::optional<SubtitleFormat> subtitleFormat(std::string_view utf8, std::string_view extension) {
    const std::string front = lowered(trimmed(utf8.substr(0, kFront)));
    if (front.starts_with("webvtt"))
        return SubtitleFormat::WebVtt;
    if (front.starts_with("[script info]") || front.find("\n[script info]") != std::string::npos ||
        front.find("\n[events]") != std::string::npos)
        return SubtitleFormat::Ass;
    if (front.starts_with("<sami"))
        return SubtitleFormat::Sami;
    if (front.starts_with('<') && hasTtmlRoot(front))
        return SubtitleFormat::Ttml;
    if (const auto promised = formatOfExtension(extension))
        return promised;
    return front.find("-->") != std::string::npos ? std::optional(SubtitleFormat::Srt) : std::nullopt;
}

std::optional<Subtitles> readSubtitles(std::string_view utf8, std::string_view extension, std::string_view language) {
    utf8 = utf8.substr(0, kMostSubtitleText);
    const auto format = subtitleFormat(utf8, extension);
    if (!format)
        return std::nullopt;
    Subtitles subtitles = read(*format, utf8, language);
    settle(subtitles);
    return subtitles;
}

}  // namespace marea::server

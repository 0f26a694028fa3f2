#include "server/pipeline/formats.h"

#include <algorithm>
#include <cstdint>

namespace marea::server {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view demuxers[] = {"aac"sv,           "ac3"sv,         "aiff"sv,
                                         "amr"sv,           "amrnb"sv,       "amrwb"sv,
                                         "ape"sv,           "asf"sv,         "au"sv,
                                         "avi"sv,           "caf"sv,         "dsf"sv,
                                         "dts"sv,           "dtshd"sv,       "dv"sv,
                                         "eac3"sv,          "flac"sv,        "flv"sv,
                                         "h264"sv,          "hevc"sv,        "iff"sv,
                                         "ivf"sv,           "loas"sv,        "m4v"sv,
                                         "matroska,webm"sv, "mlp"sv,         "mov,mp4,m4a,3gp,3g2,mj2"sv,
                                         "mp3"sv,           "mpc"sv,         "mpc8"sv,
                                         "mpeg"sv,          "mpegts"sv,      "mpegvideo"sv,
                                         "mxf"sv,           "nut"sv,         "obu"sv,
                                         "ogg"sv,           "oma"sv,         "rm"sv,
                                         "tak"sv,           "truehd"sv,      "tta"sv,
                                         "vc1"sv,           "voc"sv,         "w64"sv,
                                         "wav"sv,           "wtv"sv,         "wv"sv,
                                         "xwma"sv,          "yuv4mpegpipe"sv};

struct Promise {
    std::string_view extension;
    const char* demuxer;
};

constexpr Promise promises[] = {
    {"mp3", "mp3"},      {"mp2", "mp3"},       {"flac", "flac"},       {"ogg", "ogg"},   {"oga", "ogg"},
    {"ogv", "ogg"},      {"opus", "ogg"},      {"spx", "ogg"},         {"m4a", "mov"},   {"m4b", "mov"},
    {"mp4", "mov"},      {"m4v", "mov"},       {"mov", "mov"},         {"3gp", "mov"},   {"mkv", "matroska"},
    {"mka", "matroska"}, {"webm", "matroska"}, {"avi", "avi"},         {"ts", "mpegts"}, {"m2ts", "mpegts"},
    {"mts", "mpegts"},   {"mpg", "mpeg"},      {"mpeg", "mpeg"},       {"vob", "mpeg"},  {"wav", "wav"},
    {"aac", "aac"},      {"ac3", "ac3"},       {"ec3", "eac3"},        {"eac3", "eac3"}, {"dts", "dts"},
    {"thd", "truehd"},   {"flv", "flv"},       {"wma", "asf"},         {"wmv", "asf"},   {"asf", "asf"},
    {"ape", "ape"},      {"wv", "wv"},         {"mpc", "mpc8"},        {"tta", "tta"},   {"aif", "aiff"},
    {"aiff", "aiff"},    {"dsf", "dsf"},       {"y4m", "yuv4mpegpipe"}};

bool at(std::string_view head, std::size_t offset, std::string_view magic) {
    return head.size() >= offset + magic.size() && head.substr(offset, magic.size()) == magic;
}

bool isTransportStream(std::string_view head, std::size_t first, std::size_t step) {
    constexpr std::size_t packets = 4;
    if (head.size() <= first + step * packets)
        return false;
    for (std::size_t i = 0; i < packets; ++i) {
        if (head[first + i * step] != 0x47)
            return false;
    }
    return true;
}

const char* riff(std::string_view head) {
    if (at(head, 8, "WAVE"))
        return "wav";
    return at(head, 8, "AVI ") ? "avi" : nullptr;
}

}  // namespace

bool isAllowedDemuxer(std::string_view name) {
    return std::find(std::begin(demuxers), std::end(demuxers), name) != std::end(demuxers);
}

const char* allowedDemuxers() {
    static const std::string joined = [] {
        std::string all;
        for (const std::string_view name : demuxers)
            all += (all.empty() ? "" : ",") + std::string(name);
        return all;
    }();
    return joined.c_str();
}

const char* demuxerForMagic(std::string_view head) {
    if (at(head, 4, "ftyp") || at(head, 4, "moov"))
        return "mov";
    if (at(head, 0, "\x1A\x45\xDF\xA3"))
        return "matroska";
    if (at(head, 0, "fLaC"))
        return "flac";
    if (at(head, 0, "OggS"))
        return "ogg";
    if (at(head, 0, "RIFF") || at(head, 0, "RF64"))
        return riff(head);
    if (at(head, 0, "FLV\x01"))
        return "flv";
    if (at(head, 0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"))
        return "asf";
    if (at(head, 0, "wvpk"))
        return "wv";
    if (at(head, 0, "MAC "))
        return "ape";
    if (at(head, 0, "MPCK"))
        return "mpc8";
    if (at(head, 0, "YUV4MPEG2 "))
        return "yuv4mpegpipe";
    if (at(head, 0, "FORM") && (at(head, 8, "AIFF") || at(head, 8, "AIFC")))
        return "aiff";
    if (isTransportStream(head, 0, 188) || isTransportStream(head, 4, 192))
        return "mpegts";
    return nullptr;
}

const char* demuxerForExtension(std::string_view extension) {
    const auto* found = std::find_if(std::begin(promises), std::end(promises),
                                     [&](const Promise& p) { return p.extension == extension; });
    return found == std::end(promises) ? nullptr : found->demuxer;
}

std::string containerName(std::string_view demuxer, std::string_view docType) {
    if (demuxer.starts_with("mov,"))
        return docType == "qt" ? "mov" : "mp4";
    if (demuxer.starts_with("matroska"))
        return docType == "webm" ? "webm" : "matroska";
    return std::string(demuxer);
}

}  // namespace marea::server

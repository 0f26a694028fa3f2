#include "server/audio/musictags.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "server/packaging/id3writer.h"

namespace marea::server {
namespace {

constexpr double replayGainTarget = -18, r128Target = -23;  // LUFS
constexpr std::size_t longestText = 1000;                   // bytes; tags of a file may hold anything

using Fields = std::vector<std::pair<std::string_view, std::string>>;

// A whole number of UTF-8 characters.
std::string bounded(std::string_view text) {
    std::size_t size = std::min(text.size(), longestText);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return std::string(text.substr(0, size));
}

void add(Fields& fields, std::string_view name, std::string_view text) {
    if (!text.empty())
        fields.emplace_back(name, bounded(text));
}

std::string printed(const char* format, double value) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

void addReplayGain(Fields& fields, const MusicLoudness& its) {
    const auto gain = [&](std::string_view name, const std::optional<double>& loudness) {
        if (loudness)
            add(fields, name, printed("%+.2f dB", replayGainTarget - *loudness));
    };
    const auto peak = [&](std::string_view name, const std::optional<double>& amplitude) {
        if (amplitude)
            add(fields, name, printed("%.6f", *amplitude));
    };
    gain("REPLAYGAIN_TRACK_GAIN", its.track);
    peak("REPLAYGAIN_TRACK_PEAK", its.trackPeak);
    gain("REPLAYGAIN_ALBUM_GAIN", its.album);
    peak("REPLAYGAIN_ALBUM_PEAK", its.albumPeak);
}

// Steps of 1/256 dB in 16 bits.
void addR128(Fields& fields, std::string_view name, const std::optional<double>& loudness) {
    if (loudness)
        add(fields, name, std::to_string(std::clamp(std::lround((r128Target - *loudness) * 256), -32768L, 32767L)));
}

Fields commentsOf(const MusicTags& tags, GainTags gains) {
    Fields fields;
    add(fields, "TITLE", tags.title);
    add(fields, "ARTIST", tags.artist);
    add(fields, "ALBUM", tags.album);
    add(fields, "ALBUMARTIST", tags.albumArtist);
    add(fields, "DATE", tags.date);
    for (const std::string& genre : tags.genres)
        add(fields, "GENRE", genre);
    add(fields, "TRACKNUMBER", tags.track > 0 ? std::to_string(tags.track) : "");
    add(fields, "DISCNUMBER", tags.disc > 0 ? std::to_string(tags.disc) : "");
    if (gains == GainTags::ReplayGain) {
        addReplayGain(fields, tags.loudness);
        return fields;
    }
    addR128(fields, "R128_TRACK_GAIN", tags.loudness.track);
    addR128(fields, "R128_ALBUM_GAIN", tags.loudness.album);
    return fields;
}

void putLittleEndian(std::string& out, std::size_t value) {
    for (int i = 0; i < 4; ++i)
        out += static_cast<char>(value >> (8 * i));
}

}  // namespace

MusicLoudness louder(const MusicLoudness& loudness, double gain, bool known) {
    if (!known)
        return {};
    const auto raised = [&](std::optional<double> level) { return level ? std::optional(*level + gain) : level; };
    const double factor = std::pow(10.0, gain / 20);
    const auto scaled = [&](std::optional<double> peak) { return peak ? std::optional(*peak * factor) : peak; };
    return {raised(loudness.track), scaled(loudness.trackPeak), raised(loudness.album), scaled(loudness.albumPeak)};
}

std::string vorbisComment(const MusicTags& tags, GainTags gains) {
    constexpr std::string_view vendor = "Marea";
    const Fields fields = commentsOf(tags, gains);
    std::string out;
    putLittleEndian(out, vendor.size());
    out += vendor;
    putLittleEndian(out, fields.size());
    for (const auto& [name, text] : fields) {
        putLittleEndian(out, name.size() + 1 + text.size());
        out += name;
        out += '=';
        out += text;
    }
    return out;
}

std::string id3Tag(const MusicTags& tags) {
    Id3Writer id3;
    id3.text("TIT2", bounded(tags.title));
    id3.text("TPE1", bounded(tags.artist));
    id3.text("TALB", bounded(tags.album));
    id3.text("TPE2", bounded(tags.albumArtist));
    id3.text("TDRC", bounded(tags.date));
    std::string genres;
    for (const std::string& genre : tags.genres)
        genres += (genres.empty() ? "" : std::string(1, '\0')) + bounded(genre);
    id3.text("TCON", genres);
    id3.text("TRCK", tags.track > 0 ? std::to_string(tags.track) : "");
    id3.text("TPOS", tags.disc > 0 ? std::to_string(tags.disc) : "");
    Fields gains;
    addReplayGain(gains, tags.loudness);
    for (const auto& [name, text] : gains)
        id3.userText(name, text);
    return id3.take();
}

}  // namespace marea::server

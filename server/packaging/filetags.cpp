#include "server/packaging/filetags.h"

#include <cstdio>
#include <string_view>

#include "server/packaging/id3writer.h"
#include "server/packaging/mp4boxes.h"

namespace marea::server {

namespace {

std::string joined(const std::vector<std::string>& texts, const char* between) {
    std::string all;
    for (const std::string& text : texts) {
        all += (all.empty() ? "" : between) + text;
    }
    return all;
}

std::string outOf(int number, int total) {
    return number <= 0 ? "" : std::to_string(number) + (total > 0 ? "/" + std::to_string(total) : "");
}

std::string dateOf(const core::Tags& tags) {
    return !tags.date.empty() ? tags.date : tags.year > 0 ? std::to_string(tags.year) : "";
}

std::string decibels(double gain) {
    char text[40];
    std::snprintf(text, sizeof text, "%+.2f dB", gain);
    return text;
}

std::string amplitude(double peak) {
    char text[40];
    std::snprintf(text, sizeof text, "%.6f", peak);
    return text;
}

// Of "data" boxes.
constexpr std::uint32_t kBytes = 0, kText = 1, kJpeg = 13, kPng = 14, kNumber = 21;

class IlstWriter {
public:
    explicit IlstWriter(std::string& out) : box_(out) {}

    void data(const char* name, std::uint32_t type, std::string_view value) {
        box_.begin(name);
        put(type, value);
        box_.end();
    }
    void text(const char* name, const std::string& value) {
        if (!value.empty()) {
            data(name, kText, value);
        }
    }
    void pair(const char* name, int number, int total, bool padded) {
        if (number > 0) {
            std::string value(2, '\0');
            for (const int one : {number, total}) {
                value.push_back(static_cast<char>(one >> 8));
                value.push_back(static_cast<char>(one));
            }
            data(name, kBytes, padded ? value + std::string(2, '\0') : value);
        }
    }
    void number(const char* name, int value) {
        if (value > 0) {
            const std::string bytes{static_cast<char>(value >> 24), static_cast<char>(value >> 16),
                                    static_cast<char>(value >> 8), static_cast<char>(value)};
            data(name, kNumber, bytes);
        }
    }
    void freeForm(std::string_view name, const std::string& value) {
        if (value.empty()) {
            return;
        }
        box_.begin("----");
        box_.beginFull("mean", 0, 0);
        box_.bytes("com.apple.iTunes");
        box_.end();
        box_.beginFull("name", 0, 0);
        box_.bytes(name);
        box_.end();
        put(kText, value);
        box_.end();
    }

private:
    void put(std::uint32_t type, std::string_view value) {
        box_.beginFull("data", 0, type);
        box_.u32(0);  // locale
        box_.bytes(value);
        box_.end();
    }
    BoxWriter box_;
};

}  // namespace

std::string gaplessTag(std::uint64_t before, std::uint64_t after, std::uint64_t samples) {
    char text[200];
    std::snprintf(text, sizeof text,
                  " 00000000 %08llX %08llX %016llX 00000000 00000000 00000000 00000000 00000000 00000000 00000000 "
                  "00000000",
                  static_cast<unsigned long long>(before), static_cast<unsigned long long>(after),
                  static_cast<unsigned long long>(samples));
    return text;
}

std::string id3Tag(const FileTags& file) {
    const core::Tags& tags = file.tags;
    Id3Writer id3;
    id3.text("TIT2", tags.title);
    id3.text("TPE1", tags.artist);
    id3.text("TPE2", tags.albumArtist);
    id3.text("TALB", tags.album);
    id3.text("TCOM", tags.composer);
    id3.text("TDRC", dateOf(tags));
    id3.text("TRCK", outOf(tags.track, tags.trackTotal));
    id3.text("TPOS", outOf(tags.disc, tags.discTotal));
    id3.text("TCON", joined(tags.genres, "; "));
    id3.text("TCMP", tags.compilation ? "1" : "");
    id3.text("TENC", file.encodedBy);
    id3.inLanguage("COMM", tags.comment);
    id3.inLanguage("USLT", tags.lyrics);
    id3.userText("REPLAYGAIN_TRACK_GAIN", tags.replayGainTrack ? decibels(*tags.replayGainTrack) : "");
    id3.userText("REPLAYGAIN_TRACK_PEAK", tags.replayGainTrackPeak ? amplitude(*tags.replayGainTrackPeak) : "");
    id3.userText("REPLAYGAIN_ALBUM_GAIN", tags.replayGainAlbum ? decibels(*tags.replayGainAlbum) : "");
    id3.userText("REPLAYGAIN_ALBUM_PEAK", tags.replayGainAlbumPeak ? amplitude(*tags.replayGainAlbumPeak) : "");
    if (!file.cover.empty()) {
        id3.frontCover(file.coverType, file.cover);
    }
    return id3.take();
}

std::string itunesTags(const FileTags& file, const std::string& gapless) {
    const core::Tags& tags = file.tags;
    std::string out;
    BoxWriter box(out);
    box.begin("ilst");
    IlstWriter ilst(out);
    ilst.text("\xa9nam", tags.title);
    ilst.text(
        "\xa9"
        "ART",
        tags.artist);
    ilst.text("aART", tags.albumArtist);
    ilst.text(
        "\xa9"
        "alb",
        tags.album);
    ilst.text("\xa9wrt", tags.composer);
    ilst.text(
        "\xa9"
        "day",
        dateOf(tags));
    ilst.text("\xa9gen", joined(tags.genres, "; "));
    ilst.text(
        "\xa9"
        "cmt",
        tags.comment);
    ilst.text("\xa9lyr", tags.lyrics);
    ilst.text("desc", file.overview);
    ilst.text("tvsh", tags.show);
    ilst.number("tvsn", tags.season);
    ilst.number("tves", tags.episode);
    ilst.pair("trkn", tags.track, tags.trackTotal, true);
    ilst.pair("disk", tags.disc, tags.discTotal, false);
    ilst.text("\xa9too", file.encodedBy);
    if (tags.compilation) {
        ilst.data("cpil", kNumber, std::string(1, '\1'));
    }
    if (!file.cover.empty()) {
        ilst.data("covr", file.coverType == "image/png" ? kPng : kJpeg, file.cover);
    }
    ilst.freeForm("iTunSMPB", gapless);
    ilst.freeForm("replaygain_track_gain", tags.replayGainTrack ? decibels(*tags.replayGainTrack) : "");
    ilst.freeForm("replaygain_album_gain", tags.replayGainAlbum ? decibels(*tags.replayGainAlbum) : "");
    box.end();
    return out;
}

}  // namespace marea::server

#include "server/packaging/dash.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "core/base/markup.h"
#include "core/media/accessibility.h"

namespace marea::server {

namespace {

// Text and attributes; characters that XML has not (1.0, section 2.2) become spaces.
std::string escaped(std::string_view text) {
    std::string plain(text);
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return core::escapedMarkup(plain);
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string attribute(std::string_view name, std::int64_t value) {
    return attribute(name, std::to_string(value));
}

std::string duration(Ticks ticks) {
    char text[40];
    const std::int64_t millis = rescale(ticks, 1000, kTicksPerSecond);
    std::snprintf(text, sizeof text, "PT%lld.%03lldS", static_cast<long long>(millis / 1000),
                  static_cast<long long>(millis % 1000));
    return text;
}

std::string descriptor(std::string_view element, std::string_view scheme, std::string_view value) {
    return "      <" + std::string(element) + attribute("schemeIdUri", scheme) + attribute("value", value) + "/>\n";
}

std::string role(std::string_view value) {
    return descriptor("Role", "urn:mpeg:dash:role:2011", value);
}

// For whom it is, ETSI TS 103 285 (DVB-DASH), section 7.1.2: of the purposes of sounds.
std::string purpose(const core::StreamInfo& audio) {
    const char* value = core::describesVideo(audio) ? "1" : audio.hearingImpaired ? "2" : nullptr;
    return value ? descriptor("Accessibility", "urn:tva:metadata:cs:AudioPurposeCS:2007", value) : std::string();
}

// What the segments are.
struct Form {
    std::string_view profile, subtype, head, ending;
};
constexpr Form mp4{"urn:mpeg:dash:profile:isoff-live:2011", "mp4", "init.mp4", ".m4s"};
constexpr Form webm{"urn:mpeg:dash:profile:full:2011", "webm", "init.webm", ".webm"};

// As each container's registration spells it: "Opus" in MP4, "opus" in WebM.
std::string codecsIn(const Form& form, const std::string& codecs) {
    return &form == &webm && codecs == "Opus" ? "opus" : codecs;
}

// Durations that follow each other alike are counted (5.3.9.6).
std::string timeline(const Form& form, const Rendition& rendition) {
    std::string text = "        <SegmentTemplate" + attribute("timescale", kTicksPerSecond) +
                       attribute("presentationTimeOffset", kPresentationShift) + attribute("startNumber", 0) +
                       attribute("initialization", "$RepresentationID$/" + std::string(form.head)) +
                       attribute("media", "$RepresentationID$/$Number$" + std::string(form.ending)) +
                       ">\n          <SegmentTimeline>\n";
    const std::vector<Cut>& cuts = rendition.cuts;
    for (std::size_t at = 0; at < cuts.size();) {
        std::size_t next = at + 1;
        while (next < cuts.size() && cuts[next].length() == cuts[at].length()) {
            ++next;
        }
        text += "            <S" + (at == 0 ? attribute("t", kPresentationShift + cuts[at].from) : "") +
                attribute("d", cuts[at].length()) +
                (next - at > 1 ? attribute("r", static_cast<std::int64_t>(next - at - 1)) : "") + "/>\n";
        at = next;
    }
    return text + "          </SegmentTimeline>\n        </SegmentTemplate>\n";
}

// The shape of a pixel in whole numbers, as files have it: terms of up to three digits.
std::string pixelShape(double aspect) {
    int num = 1, den = 1;
    double best = std::abs(aspect - 1);
    for (int d = 1; d < 1000 && best > 1e-9; ++d) {
        const int n = static_cast<int>(std::clamp(std::lround(aspect * d), 1L, 1000L));
        const double off = std::abs(aspect - double(n) / d);
        if (off < best - 1e-9) {
            best = off;
            num = n;
            den = d;
        }
    }
    return std::to_string(num) + ":" + std::to_string(den);
}

// ANSI/SCTE 214-1, section 6.8.2: the codec apart from the brand of its base layer.
std::string supplementalCodecs(const Rendition& video) {
    const auto slash = video.supplemental.find('/');
    return slash == std::string::npos
               ? ""
               : attribute("scte214:supplementalCodecs", video.supplemental.substr(0, slash)) +
                     attribute("scte214:supplementalProfiles", video.supplemental.substr(slash + 1));
}

std::string videoRepresentation(const Form& form, const Rendition& video) {
    std::string text = "      <Representation" + attribute("id", video.name) +
                       attribute("codecs", codecsIn(form, video.codecs)) + attribute("bandwidth", video.bandwidth.peak);
    // What the grid of pixels is, not what is shown: 5.3.7.2.
    if (video.coded.width > 0 && video.coded.height > 0) {
        text += attribute("width", video.coded.width) + attribute("height", video.coded.height) +
                attribute("sar", pixelShape(video.pixelAspect));
    }
    if (video.constantRate.num > 0 && video.constantRate.den > 0) {
        const std::string whole = std::to_string(video.constantRate.num);
        const std::int32_t den = video.constantRate.den;
        text += attribute("frameRate", den == 1 ? whole : whole + "/" + std::to_string(den));
    }
    return text + supplementalCodecs(video) + ">\n" + timeline(form, video) + "      </Representation>\n";
}

// ISO/IEC 23091-3 ChannelConfiguration of the layouts that are usual for a number of channels; 0: none.
int channelConfiguration(int channels) {
    return channels >= 1 && channels <= 6 ? channels : channels == 7 ? 11 : channels == 8 ? 12 : 0;
}

std::string audioRepresentation(const Form& form, const Rendition& audio) {
    std::string text = "      <Representation" + attribute("id", audio.name) +
                       attribute("codecs", codecsIn(form, audio.codecs)) + attribute("bandwidth", audio.bandwidth.peak);
    if (audio.sampleRate > 0) {
        text += attribute("audioSamplingRate", audio.sampleRate);
    }
    text += ">\n";
    if (const int configuration = channelConfiguration(audio.channels)) {
        text += "  " + descriptor("AudioChannelConfiguration", "urn:mpeg:mpegB:cicp:ChannelConfiguration",
                                  std::to_string(configuration));
    }
    // ETSI TS 103 420, annex D.2: players without it have the channels alone.
    if (hasJointObjects(audio)) {
        text += "  " + descriptor("SupplementalProperty", "tag:dolby.com,2018:dash:EC3_ExtensionType:2018", "JOC");
    }
    return text + timeline(form, audio) + "      </Representation>\n";
}

std::string language(const std::string& tag) {
    return tag.empty() ? "" : attribute("lang", tag);
}

std::string label(const std::string& name) {
    return "      <Label>" + escaped(name) + "</Label>\n";
}

std::string openSet(std::string_view content, std::string_view subtype) {
    return "    <AdaptationSet" + attribute("contentType", content) +
           attribute("mimeType", std::string(content) + "/" + std::string(subtype));
}

// Transfer characteristics as ISO/IEC 23091-2 numbers them.
std::string videoSet(const Form& form, const std::vector<Rendition>& videos, std::string_view range,
                     std::string_view protection) {
    std::string text, close = "    </AdaptationSet>\n";
    bool aligned = true, independent = true;
    const Rendition* first = nullptr;
    for (const Rendition& video : videos) {
        if (video.range == range) {
            first = first ? first : &video;
            aligned = aligned && video.cuts == first->cuts;
            independent = independent && video.independent;
            text += videoRepresentation(form, video);
        }
    }
    if (!first) {
        return {};
    }
    // ISO/IEC 14496-12 annex I: with leading pictures that need what was before, it is type 3.
    std::string head = openSet("video", form.subtype) + attribute("startWithSAP", independent ? 1 : 3) +
                       attribute("segmentAlignment", aligned ? "true" : "false") + ">\n" + std::string(protection);
    if (range != "SDR") {
        head += descriptor("SupplementalProperty", "urn:mpeg:mpegB:cicp:TransferCharacteristics",
                           range == "HLG" ? "18" : "16");
    }
    return head + role("main") + text + close;
}

std::string audioSet(const Form& form, const Rendition& audio, bool first, std::string_view protection,
                     std::vector<std::string>& taken) {
    const std::string name = displayName(audio.source.title, audio.source.language, "Sound", taken);
    const char* part = first ? "main" : audio.source.commentary ? "commentary" : "alternate";
    return openSet("audio", form.subtype) + language(audio.source.language) + attribute("startWithSAP", 1) +
           attribute("segmentAlignment", "true") + ">\n" + std::string(protection) + label(name) +
           purpose(audio.source) + role(part) + audioRepresentation(form, audio) + "    </AdaptationSet>\n";
}

std::string textSet(const TextTrack& track, std::vector<std::string>& taken) {
    const std::string name = displayName(track.title, track.language, "Subtitles", taken);
    const char* part = track.forced ? "forced-subtitle" : track.hearingImpaired ? "caption" : "subtitle";
    return openSet("text", "vtt") + language(track.language) + ">\n" + label(name) +
           (track.hearingImpaired ? descriptor("Accessibility", "urn:mpeg:dash:role:2011", "caption") : "") +
           role(part) + "      <Representation" + attribute("id", track.name) + attribute("bandwidth", 1000) +
           ">\n        <BaseURL>" + escaped(track.name) +
           "/subtitles.vtt</BaseURL>\n      </Representation>\n    </AdaptationSet>\n";
}

// Guidelines for Implementation: DASH-IF Interoperability Points, version 4.3, section 6.2.6: the size is a sheet's.
std::string thumbnailSet(const Thumbnails& images) {
    return "    <AdaptationSet" + attribute("contentType", "image") + attribute("mimeType", "image/jpeg") +
           ">\n      <SegmentTemplate" + attribute("timescale", kTicksPerSecond) +
           attribute("duration", images.onSheet() * images.every) + attribute("startNumber", 0) +
           attribute("media", "$RepresentationID$/$Number$.jpg") + "/>\n      <Representation" +
           attribute("id", "sprites") + attribute("bandwidth", images.peak()) +
           attribute("width", images.columns * images.tileWidth) +
           attribute("height", images.rows * images.tileHeight) + ">\n  " +
           descriptor("EssentialProperty", "http://dashif.org/guidelines/thumbnail_tile",
                      std::to_string(images.columns) + "x" + std::to_string(images.rows)) +
           "      </Representation>\n    </AdaptationSet>\n";
}

std::string manifest(const Form& form, const Presentation& presentation, std::string_view fileId,
                     std::string_view protection) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
        "xmlns:scte214=\"urn:scte:dash:scte214-extensions\"" +
        attribute("type", "static") + attribute("profiles", form.profile) + attribute("minBufferTime", "PT4S") +
        attribute("mediaPresentationDuration", duration(presentation.duration)) + ">\n  <Period" +
        attribute("id", "0") + attribute("start", "PT0S") + ">\n    <BaseURL>../../../m/" + escaped(fileId) +
        "/</BaseURL>\n";
    for (const std::string_view range : {"PQ", "HLG", "SDR"}) {
        text += videoSet(form, presentation.video, range, protection);
    }
    std::vector<std::string> names, textNames;
    for (const Rendition& audio : presentation.audio) {
        text += audioSet(form, audio, &audio == &presentation.audio.front(), protection, names);
    }
    for (const TextTrack& track : presentation.text) {
        text += textSet(track, textNames);
    }
    if (presentation.thumbnails.tiles > 0) {
        text += thumbnailSet(presentation.thumbnails);
    }
    return text + "  </Period>\n</MPD>\n";
}

}  // namespace

std::string dashManifest(const Presentation& presentation, std::string_view fileId, std::string_view protection) {
    return manifest(mp4, presentation, fileId, protection);
}

std::string dashWebmManifest(const Presentation& presentation, const core::MediaInfo& file, std::string_view fileId) {
    for (const auto* list : {&presentation.video, &presentation.audio}) {
        for (const Rendition& rendition : *list) {
            if (!fitsWebm(rendition.tracks.front(), file)) {
                return {};
            }
        }
    }
    return manifest(webm, presentation, fileId, {});
}

}  // namespace marea::server

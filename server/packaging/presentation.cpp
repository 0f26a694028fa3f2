#include "server/packaging/presentation.h"

#include <algorithm>

#include "core/media/dynamicrange.h"
#include "core/media/language.h"
#include "server/packaging/bandwidth.h"
#include "server/packaging/codecstring.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::HdrKind;
using core::Result;
using core::StreamInfo;

const char* rangeOf(HdrKind kind) {
    return kind == HdrKind::None ? "SDR" : kind == HdrKind::Hlg ? "HLG" : "PQ";
}

void describeCopy(Rendition& rendition, const StreamInfo& source, const TrackIndex& indexed) {
    rendition.channels = source.channels;
    rendition.sampleRate = source.sampleRate;
    if (source.kind != core::StreamKind::Video) {
        return;
    }
    rendition.size = shownSize(source);
    rendition.coded = {source.width, source.height};
    rendition.pixelAspect = source.pixelAspect;
    rendition.constantRate = indexed.frameRate;
    const bool measured = indexed.frameRate.num > 0 && indexed.frameRate.den > 0;
    rendition.frameRate = measured ? double(indexed.frameRate.num) / indexed.frameRate.den : source.frameRate;
    rendition.range = rangeOf(core::decodedRange(source));
    rendition.supplemental = indexed.supplemental;
    rendition.independent = !indexed.openGroups;
}

void describeVideo(Rendition& rendition, const VideoEncoding& video, const StreamInfo& source) {
    rendition.size = rendition.coded = {video.width, video.height};
    rendition.constantRate = video.frameRate;
    rendition.frameRate = double(video.frameRate.num) / video.frameRate.den;
    rendition.range = rangeOf(encodedRange(video, source));
}

std::string codecsOf(const TrackSpec& track, const StreamInfo& source, const TrackIndex& indexed) {
    if (const auto* video = std::get_if<VideoEncoding>(&track.encoding)) {
        return codecString(*video, encodedRange(*video, source));
    }
    const auto* audio = std::get_if<AudioEncoding>(&track.encoding);
    return audio ? codecString(*audio) : withRange(indexed.codecString, core::decodedRange(source));
}

tl::unexpected<core::Error> cannot(std::string detail) {
    return core::fail(ErrorCode::Unprocessable, "This title cannot be streamed in that form.", std::move(detail));
}

TextTrack textTrack(const StreamInfo& stream) {
    return {"s" + std::to_string(stream.index), stream.language, stream.title, stream.forced, stream.hearingImpaired};
}

// `track` behind what `rendition` has already.
bool add(Rendition& rendition, const TrackSpec& track, const core::MediaInfo& file, const MediaIndex& index) {
    const StreamInfo* source = findStream(file, track.stream);
    const TrackIndex* indexed = findTrack(index, track.stream);
    const std::string codecs = source && indexed ? codecsOf(track, *source, *indexed) : "";
    if (codecs.empty()) {
        return false;
    }
    rendition.codecs += (rendition.codecs.empty() ? "" : ",") + codecs;
    const bool muxed = rendition.tracks.size() > 1;
    const Bandwidth its = bandwidthOf(track, *source, *indexed, file, rendition.cuts, muxed);
    rendition.bandwidth.peak += its.peak;
    rendition.bandwidth.average += its.average;
    return true;
}

}  // namespace

Result<Rendition> describeRendition(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file,
                                    const MediaIndex& index, std::optional<int> finerFrom) {
    Rendition rendition;
    rendition.name = finerName(tracks, file, finerFrom);
    rendition.tracks = tracks;
    rendition.finerFrom = finerFrom;
    rendition.cuts = cutsOf(piecesOf(tracks, file, index, finerFrom));
    if (rendition.cuts.empty() || rendition.name.empty()) {
        return cannot(rendition.name + " has no grid");
    }
    for (const TrackSpec& track : tracks) {
        if (!add(rendition, track, file, index)) {
            return cannot(rendition.name + " has no codec string");
        }
    }
    const TrackSpec& first = tracks.front();
    rendition.source = *findStream(file, first.stream);
    rendition.pictures = pictureGrid(first, file, index);
    if (!rendition.pictures.empty()) {
        rendition.picturesPeak = picturesPeak(first, *findTrack(index, first.stream), rendition.pictures);
    }
    if (const auto* video = std::get_if<VideoEncoding>(&first.encoding)) {
        describeVideo(rendition, *video, rendition.source);
    } else if (const auto* audio = std::get_if<AudioEncoding>(&first.encoding)) {
        rendition.channels = audio->channels;
        rendition.sampleRate = audio->sampleRate;
    } else {
        describeCopy(rendition, rendition.source, *findTrack(index, first.stream));
    }
    return rendition;
}

std::int64_t Thumbnails::peak() const {
    // A pixel of a tile takes below two bits as JPEG; headers come once a sheet.
    const std::int64_t bits = std::int64_t{tileWidth} * tileHeight * 2 + 2'000;
    return every > 0 ? rescale(bits, kTicksPerSecond, every) + 8'000 : 0;
}

Result<Presentation> present(const DeliveryPlan& plan, const core::MediaInfo& file, const MediaIndex& index,
                             std::vector<TextTrack> sidecars) {
    Presentation presentation;
    for (const auto& [specs, list] :
         {std::pair(&plan.video, &presentation.video), std::pair(&plan.audio, &presentation.audio)}) {
        for (const TrackSpec& track : *specs) {
            if (auto rendition = describeRendition({track}, file, index, plan.finerFrom)) {
                presentation.duration = std::max(presentation.duration, rendition->cuts.back().to);
                list->push_back(std::move(*rendition));
            }
        }
    }
    if ((presentation.video.empty() && presentation.audio.empty()) ||
        (presentation.video.empty() && !plan.video.empty())) {
        return cannot("no rendition of " + planText(plan, file) + " can be cut");
    }
    for (const int stream : plan.subtitles) {
        if (const StreamInfo* source = findStream(file, stream)) {
            presentation.text.push_back(textTrack(*source));
        }
    }
    std::move(sidecars.begin(), sidecars.end(), std::back_inserter(presentation.text));
    return presentation;
}

bool hasJointObjects(const Rendition& audio) {
    const bool copy = std::holds_alternative<CopyEncoding>(audio.tracks.front().encoding);
    return copy && audio.source.atmos && audio.source.codec == "eac3";
}

std::int64_t targetDuration(const std::vector<Cut>& cuts) {
    Ticks longest = kTicksPerSecond;
    for (const Cut& cut : cuts) {
        longest = std::max(longest, cut.length());
    }
    return (longest + kTicksPerSecond - 1) / kTicksPerSecond;
}

std::string displayName(const std::string& title, const std::string& language, std::string_view otherwise,
                        std::vector<std::string>& taken) {
    std::string words = !title.empty() ? title : core::languageName(language);
    if (words.empty()) {
        words = otherwise;
    }
    std::string name = words;
    for (int number = 2; std::find(taken.begin(), taken.end(), name) != taken.end(); ++number) {
        name = words + " (" + std::to_string(number) + ")";
    }
    taken.push_back(name);
    return name;
}

}  // namespace marea::server

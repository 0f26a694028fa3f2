#include "tests/integration/pipeline/cutfile.h"

#include <fcntl.h>
#include <unistd.h>

#include "server/pipeline/probe.h"

namespace marea::server::test {
namespace {

core::Result<MediaSource> sourceOf(int descriptor, const std::string& path) {
    return MediaSource::open(descriptor, path.substr(path.rfind('/') + 1));
}

core::Result<std::unique_ptr<SegmentSession>> sessionOf(int descriptor, const std::string& path) {
    auto source = sourceOf(descriptor, path);
    return source ? SegmentSession::open(std::move(*source)) : core::unexpected(source.error());
}

}  // namespace

OpenSession::OpenSession(const std::string& path)
    : descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), session(sessionOf(descriptor, path)) {}

OpenSession::~OpenSession() {
    if (session)
        session->reset();
    ::close(descriptor);
}

core::Result<core::MediaInfo> infoOf(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    auto source = sourceOf(descriptor, path);
    auto info = source ? probeMedia(*source) : core::unexpected(source.error());
    ::close(descriptor);
    return info;
}

TrackSpec copyOf(int stream) {
    TrackSpec spec;
    spec.stream = stream;
    return spec;
}

std::vector<SegmentSpec> specsOf(const std::vector<TrackSpec>& tracks, const core::MediaInfo& info,
                                 const MediaIndex& index, SegmentFormat format) {
    std::vector<SegmentSpec> specs;
    SegmentSpec spec;
    spec.tracks = tracks;
    spec.format = format;
    if (format == SegmentFormat::Mp4)
        specs.push_back(spec);
    for (const Cut& cut : segmentGrid(tracks, info, index)) {
        ++spec.number;
        spec.from = cut.from;
        spec.to = cut.to;
        specs.push_back(spec);
    }
    return specs;
}

}  // namespace marea::server::test

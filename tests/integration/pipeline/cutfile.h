#pragma once

#include <string>
#include <vector>

#include "server/packaging/timegrid.h"
#include "server/pipeline/segmentsession.h"

namespace marea::server::test {

// A file of the disk as a session, which does not own its descriptor.
struct OpenSession {
    explicit OpenSession(const std::string& path);
    ~OpenSession();
    OpenSession(const OpenSession&) = delete;
    OpenSession& operator=(const OpenSession&) = delete;

    int descriptor = -1;
    core::Result<std::unique_ptr<SegmentSession>> session;
    SegmentSession* operator->() { return session->get(); }
    explicit operator bool() const { return session.has_value(); }
};

core::Result<core::MediaInfo> infoOf(const std::string& path);

// The specifications of a rendition: the initialisation segment (not of MPEG-TS), then all segments of its grid.
std::vector<SegmentSpec> specsOf(const std::vector<TrackSpec>& tracks, const core::MediaInfo& info,
                                 const MediaIndex& index, SegmentFormat format = SegmentFormat::Mp4);
TrackSpec copyOf(int stream);

}  // namespace marea::server::test

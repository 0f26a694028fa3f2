// marea-segment-bench FILE [FOLDER]: indexes a file, makes every copied segment of it, and says how long that took.
// With a folder it leaves FOLDER/<stream>.mp4 and FOLDER/all.ts, of all segments joined.
#include <chrono>
#include <cstdio>
#include <fstream>

#include "tests/integration/pipeline/cutfile.h"

using namespace marea;
using namespace marea::server;

namespace {

class Watch {
public:
    double ms() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void describe(const TrackIndex& t) {
    std::printf("  #%d %s %s [%.3f, %.3f) %d/%d fps, %zu keyframes, %lld b/s\n", t.stream, t.codec.c_str(),
                t.codecString.c_str(), toSeconds(t.start), toSeconds(t.end), t.frameRate.num, t.frameRate.den,
                t.keyframes.size(), static_cast<long long>(t.bitrate));
}

void make(test::OpenSession& session, const std::vector<SegmentSpec>& specs, const std::string& name,
          const std::string& to) {
    std::string joined;
    double most = 0, all = 0;
    for (const SegmentSpec& spec : specs) {
        const Watch watch;
        const auto made = session->segment(spec);
        most = std::max(most, watch.ms());
        all += watch.ms();
        if (!made) {
            std::printf("  %s segment %d: %s (%s)\n", name.c_str(), spec.number, made.error().text.c_str(),
                        made.error().detail.c_str());
            return;
        }
        joined += *made;
    }
    if (specs.empty())
        return;
    std::printf("  %s: %zu parts, %zu bytes, %.1f ms each, at most %.1f\n", name.c_str(), specs.size(), joined.size(),
                all / static_cast<double>(specs.size()), most);
    if (!to.empty())
        std::ofstream(to + "/" + name, std::ios::binary) << joined;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2)
        return 2;
    const std::string path = arguments[1], to = count > 2 ? arguments[2] : "";
    const auto info = test::infoOf(path);
    if (!info)
        std::printf("probe: %s\n", info.error().text.c_str());
    const Watch opening;
    test::OpenSession session(path);
    if (!session) {
        std::printf("open: %s (%s)\n", session.session.error().text.c_str(), session.session.error().detail.c_str());
        return 1;
    }
    const double opened = opening.ms();
    const auto index = session->index();
    if (!index || !info) {
        std::printf("index: %s\n", index ? "not probed" : index.error().text.c_str());
        return 1;
    }
    std::printf("open %.1f ms, index %.1f ms, %.3f s\n", opened, opening.ms() - opened, toSeconds(index->duration));
    std::vector<TrackSpec> muxed;
    for (const TrackIndex& t : index->tracks) {
        describe(t);
        make(session, test::specsOf({test::copyOf(t.stream)}, *info, *index), std::to_string(t.stream) + ".mp4", to);
        const bool first = muxed.empty() && t.kind == core::StreamKind::Video;
        if (first || (muxed.size() == 1 && t.kind == core::StreamKind::Audio))
            muxed.push_back(test::copyOf(t.stream));
    }
    make(session, test::specsOf(muxed, *info, *index, SegmentFormat::MpegTs), "all.ts", to);
    return 0;
}

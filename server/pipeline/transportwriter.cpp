#include "server/pipeline/avoutput.h"
#include "server/pipeline/segmentwriter.h"

namespace marea::server {
namespace {

constexpr AVRational transportBase{1, 90'000};

AVDictionary* transportOptions() {
    AVDictionary* options = nullptr;
    av_dict_set_int(&options, "mpegts_copyts", 1, 0);
    // Continuity counters begin anew in each segment; this tells demuxers that nothing was lost.
    av_dict_set(&options, "mpegts_flags", "initial_discontinuity", 0);
    return options;
}

// The tracks' packets, the earliest dts first.
class Interleaver {
public:
    explicit Interleaver(const std::vector<TrackPackets>& tracks) : tracks_(tracks), next_(tracks.size(), 0) {}

    // The track to take from, or -1 at the end; `packet` is its next.
    int next(const AVPacket*& packet) {
        int best = -1;
        for (std::size_t i = 0; i < tracks_.size(); ++i) {
            if (next_[i] >= tracks_[i].packets->size())
                continue;
            const AVPacket* candidate = (*tracks_[i].packets)[next_[i]].get();
            if (best < 0 || av_compare_ts(candidate->dts, tracks_[i].format->timeBase, packet->dts,
                                          tracks_[static_cast<std::size_t>(best)].format->timeBase) < 0) {
                best = static_cast<int>(i);
                packet = candidate;
            }
        }
        if (best >= 0)
            ++next_[static_cast<std::size_t>(best)];
        return best;
    }

private:
    const std::vector<TrackPackets>& tracks_;
    std::vector<std::size_t> next_;
};

core::Result<void> writePackets(AvOutput& output, const std::vector<TrackPackets>& tracks) {
    Interleaver interleaver(tracks);
    const AVPacket* packet = nullptr;
    for (int track = interleaver.next(packet); track >= 0; track = interleaver.next(packet)) {
        const AVRational base = tracks[static_cast<std::size_t>(track)].format->timeBase;
        const AvPtr<AVPacket> shifted(av_packet_clone(packet));
        if (!shifted)
            return core::fail(core::ErrorCode::Internal, "Out of memory");
        av_packet_rescale_ts(shifted.get(), base, transportBase);
        shifted->pts += kPresentationShift;
        shifted->dts += kPresentationShift;
        shifted->stream_index = track;
        if (auto done = output.write(shifted.get()); !done)
            return done;
    }
    return {};
}

}  // namespace

core::Result<std::string> writeTransportStream(const std::vector<TrackPackets>& tracks) {
    auto output = AvOutput::open("mpegts");
    if (!output)
        return core::unexpected(output.error());
    for (const TrackPackets& track : tracks) {
        if (!(*output)->addStream(track.format->parameters.get(), transportBase))
            return core::fail(core::ErrorCode::Internal, "Out of memory");
    }
    av_dict_set((&(*output)->context()->metadata), "service_provider", "Marea", 0);
    auto done = (*output)->writeHeader(transportOptions());
    if (done)
        done = writePackets(**output, tracks);
    if (done && av_write_trailer((*output)->context()) < 0)
        return core::fail(core::ErrorCode::Unprocessable, "The stream cannot be put into this kind of file");
    if (!done)
        return core::unexpected(done.error());
    return (*output)->take();
}

}  // namespace marea::server

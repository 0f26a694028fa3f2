#include "server/stream/waveforms.h"

#include "server/stream/waveformplan.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr const char* kVersion = "1";  // of how they are drawn

// One that is under way: part after part, each asked for when the one before it has come.
class WaveformMaking : public std::enable_shared_from_this<WaveformMaking> {
public:
    WaveformMaking(SoundMeasurer& measurer, StreamTitlePtr title, std::vector<core::LoudnessWish> wishes,
                   SegmentMaker::Done<std::string> done)
        : measurer_(measurer), title_(std::move(title)), wishes_(std::move(wishes)), done_(std::move(done)) {}

    Result<SegmentMaker::Ticket> ask() {
        auto source = title_->source();
        if (!source) {
            return unexpected<core::Error>(source.error());
        }
        return measurer_.loudness(
            std::move(*source), wishes_[parts_.size()], SegmentMaker::Urgency::Requested,
            [self = shared_from_this()](Result<core::LoudnessPart> part) { self->take(std::move(part)); });
    }

private:
    void take(Result<core::LoudnessPart> part) {
        if (!part) {
            return done_(unexpected<core::Error>(std::move(part.error())));
        }
        parts_.push_back(std::move(part->energies));
        if (parts_.size() == wishes_.size()) {
            return done_(waveformJson(waveformPeaks(parts_)));
        }
        if (auto asked = ask(); !asked) {
            done_(unexpected<core::Error>(std::move(asked.error())));
        }
    }

    SoundMeasurer& measurer_;
    const StreamTitlePtr title_;
    const std::vector<core::LoudnessWish> wishes_;
    const SegmentMaker::Done<std::string> done_;
    std::vector<std::vector<double>> parts_;
};

// People look at one at a time.
MakingsOptions waveformMakings() {
    MakingsOptions options;
    options.perUser = 8;
    options.overall = 64;
    return options;
}

// That there is too much to do is not the asker's doing. Said here, behind what remembers failures of a file.
Waveforms::Done sayingFull(Waveforms::Done done) {
    return [done = std::move(done)](Result<SegmentCache::Entry> entry) {
        if (!entry && entry.error().code == ErrorCode::Busy) {
            entry.error().code = ErrorCode::Unavailable;
        }
        done(std::move(entry));
    };
}

}  // namespace

Waveforms::Waveforms(SegmentCacheOptions cache, SegmentMaker& maker, SoundMeasurer& measurer,
                     std::shared_ptr<core::Logger> logger)
    : measurer_(measurer),
      cache_(std::move(cache), std::move(logger)),
      makings_(std::make_shared<Makings>(waveformMakings(), cache_, maker)) {}

CacheKey Waveforms::keyOf(const StreamTitle& title, int stream) {
    return cacheKey({"waveform", kVersion, title.fingerprint, std::to_string(stream)});
}

void Waveforms::get(const StreamTitlePtr& title, int stream, Done done) {
    auto wishes = waveformWishes(stream, title->info.duration);
    if (wishes.empty()) {
        return done(core::fail(ErrorCode::NotFound, "There is no waveform of this title."));
    }
    const auto start = [this, title, wishes = std::move(wishes)](Makings::Urgency,
                                                                 SegmentMaker::Done<std::string> made) {
        return std::make_shared<WaveformMaking>(measurer_, title, wishes, std::move(made))->ask();
    };
    makings_->get(keyOf(*title, stream), title->user, start, sayingFull(std::move(done)));
}

}  // namespace marea::server

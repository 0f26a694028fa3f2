#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "server/transcode/soundmeasurer.h"

namespace marea::server {

// Measures nothing by itself: the test answers, and sees what was asked; or all of it is loud for its first half and
// nearly silent from there on.
class FakeMeasurer final : public SoundMeasurer {
public:
    Ticket loudness(SegmentSource, core::LoudnessWish wish, SegmentMaker::Urgency urgency, Done done) override {
        {
            const std::lock_guard lock(mutex_);
            asked_.push_back(wish);
            lastUrgency = urgency;
            if (!answers) {
                waiting_.push_back(std::move(done));
                return asked_.size();
            }
        }
        done(halves(wish));
        return 1;
    }
    void cancel(Ticket) override {}

    void answer(const core::Result<core::LoudnessPart>& part) {
        std::vector<Done> waiting;
        {
            const std::lock_guard lock(mutex_);
            waiting.swap(waiting_);
        }
        for (const Done& done : waiting) {
            done(part);
        }
    }
    std::vector<core::LoudnessWish> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }
    static core::LoudnessPart halves(const core::LoudnessWish& wish) {
        core::LoudnessPart part;
        const auto half = static_cast<std::size_t>(wish.count / 2);
        part.energies.assign(half, core::energyOf(-10));
        part.energies.resize(static_cast<std::size_t>(wish.count), core::energyOf(-50));
        part.isLast = true;
        return part;
    }

    bool answers = false;
    SegmentMaker::Urgency lastUrgency = SegmentMaker::Urgency::Batch;

private:
    mutable std::mutex mutex_;
    std::vector<core::LoudnessWish> asked_;
    std::vector<Done> waiting_;
};

}  // namespace marea::server

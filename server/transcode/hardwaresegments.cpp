#include "server/transcode/hardwaresegments.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace marea::server {

using core::ErrorCode;
using core::Result;

namespace {

// The picture that is encoded, if any: the first track's. Heads are made by the processor alone, so that there is one.
const VideoEncoding* pictureOf(const SegmentSpec& spec) {
    if (spec.number == SegmentSpec::kInit || spec.tracks.empty())
        return nullptr;
    return std::get_if<VideoEncoding>(&spec.tracks.front().encoding);
}

// Says nothing about the device nor the file.
bool isNobodysFault(const core::Error& error) {
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Busy || error.code == ErrorCode::Invalid;
}

}  // namespace

// What callbacks hold on to: tickets given out, and who works on them.
class HardwareSegments::Desk : public std::enable_shared_from_this<Desk> {
public:
    Desk(SegmentMaker& processor, std::vector<SegmentMaker*> devices, std::shared_ptr<HardwareBoard> board)
        : processor_(processor), devices_(std::move(devices)), board_(std::move(board)) {}

    struct Work {
        SegmentSource source;
        SegmentSpec spec;
        Urgency urgency = Urgency::Requested;
        Done<std::string> done;
    };

    SegmentMaker& processor() { return processor_; }

    // A ticket for what `start` asks of a maker; its callbacks may come before it returns.
    template <class Start>
    Ticket open(SegmentMaker& maker, Start start) {
        const Ticket ticket = reserve();
        begin(ticket, maker, start);
        return ticket;
    }

    // Of a ticket that is still open.
    template <class Start>
    void begin(Ticket ticket, SegmentMaker& maker, Start start) {
        int turn = 0;
        {
            const std::lock_guard lock(mutex_);
            turn = ++tickets_.at(ticket).turn;
        }
        const Ticket inner = start(ticket);
        bool isCalledOff = false;
        {
            const std::lock_guard lock(mutex_);
            const auto found = tickets_.find(ticket);
            if (found == tickets_.end() || found->second.turn != turn)
                return;  // answered already, or with another one
            found->second.maker = &maker;
            found->second.inner = inner;
            isCalledOff = found->second.calledOff;
        }
        if (isCalledOff)
            maker.cancel(inner);
    }

    template <class T>
    Done<T> closing(Ticket ticket, Done<T> done) {
        return [desk = shared_from_this(), ticket, done = std::move(done)](Result<T> result) {
            desk->close(ticket);
            done(std::move(result));
        };
    }

    Ticket segment(Work work) {
        const VideoEncoding* picture = pictureOf(work.spec);
        const HardwareChoice choice = picture ? board_->take(*picture) : HardwareChoice{};
        const Ticket ticket = reserve();
        if (choice.device)
            onDevice(ticket, *choice.device, std::move(work));
        else
            onProcessor(ticket, std::move(work), {});
        return ticket;
    }

    void callOff(Ticket ticket, void (SegmentMaker::*how)(Ticket), bool forGood) {
        SegmentMaker* maker = nullptr;
        Ticket inner = 0;
        {
            const std::lock_guard lock(mutex_);
            const auto found = tickets_.find(ticket);
            if (found == tickets_.end())
                return;
            found->second.calledOff = found->second.calledOff || forGood;
            maker = found->second.maker;
            inner = found->second.inner;
        }
        if (maker)
            (maker->*how)(inner);
    }

private:
    struct Open {
        SegmentMaker* maker = nullptr;  // null between two
        Ticket inner = 0;
        int turn = 0;  // how many it has been given to
        bool calledOff = false;
    };

    Ticket reserve() {
        const std::lock_guard lock(mutex_);
        tickets_[++last_] = {};
        return last_;
    }

    void close(Ticket ticket) {
        const std::lock_guard lock(mutex_);
        tickets_.erase(ticket);
    }

    bool leave(Ticket ticket) {
        const std::lock_guard lock(mutex_);
        Open& open = tickets_.at(ticket);
        open.maker = nullptr;
        return open.calledOff;
    }

    void onDevice(Ticket ticket, std::size_t device, Work work) {
        auto source = work.source.duplicate();
        if (!source) {
            board_->abandoned(device);
            return onProcessor(ticket, std::move(work), {});
        }
        SegmentMaker& maker = *devices_.at(device);
        const auto kept = std::make_shared<Work>(std::move(work));
        begin(ticket, maker, [&](Ticket) {
            return maker.segment(std::move(*source), kept->spec, kept->urgency,
                                 [desk = shared_from_this(), ticket, device, kept](Result<std::string> result) {
                                     desk->answered(ticket, device, *kept, std::move(result));
                                 });
        });
    }

    void answered(Ticket ticket, std::size_t device, Work& work, Result<std::string> result) {
        const bool calledOff = leave(ticket);
        if (result) {
            board_->succeeded(device);
        } else if (isNobodysFault(result.error())) {
            board_->abandoned(device);
        }
        const bool isCancelled = !result && result.error().code == ErrorCode::Cancelled;
        if (result || isCancelled || calledOff) {
            if (!result && !isNobodysFault(result.error()))
                board_->abandoned(device);
            close(ticket);
            work.done(std::move(result));
            return;
        }
        std::function<void(bool)> judge;
        if (!isNobodysFault(result.error()))
            judge = verdict(device, result.error());
        onProcessor(ticket, std::move(work), std::move(judge));
    }

    // Whose fault it was. A device that says that it is its own rests at once; else it is, if the processor can do it.
    std::function<void(bool)> verdict(std::size_t device, const core::Error& error) {
        if (error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout) {
            board_->failed(device, error.detail);
            return {};
        }
        return [board = board_, device, error](bool couldBeMade) {
            if (couldBeMade)
                board->failed(device, error.detail.empty() ? error.text : error.detail);
            else
                board->abandoned(device);
        };
    }

    void onProcessor(Ticket ticket, Work work, std::function<void(bool)> judge) {
        Done<std::string> done = closing<std::string>(ticket, std::move(work.done));
        if (judge) {
            done = [judge = std::move(judge), done = std::move(done)](Result<std::string> result) {
                judge(result.has_value());
                done(std::move(result));
            };
        }
        begin(ticket, processor_, [&](Ticket) {
            return processor_.segment(std::move(work.source), std::move(work.spec), work.urgency, std::move(done));
        });
    }

    SegmentMaker& processor_;
    const std::vector<SegmentMaker*> devices_;
    const std::shared_ptr<HardwareBoard> board_;
    std::mutex mutex_;  // guards the two below
    std::unordered_map<Ticket, Open> tickets_;
    Ticket last_ = 0;
};

HardwareSegments::HardwareSegments(SegmentMaker& processor, std::vector<SegmentMaker*> devices,
                                   std::shared_ptr<HardwareBoard> board)
    : desk_(std::make_shared<Desk>(processor, std::move(devices), std::move(board))) {}

HardwareSegments::~HardwareSegments() = default;

SegmentMaker::Ticket HardwareSegments::index(SegmentSource source, IndexDepth depth, Urgency urgency,
                                             Done<MediaIndex> done) {
    return desk_->open(desk_->processor(), [&](Ticket ticket) {
        return desk_->processor().index(std::move(source), depth, urgency,
                                        desk_->closing<MediaIndex>(ticket, std::move(done)));
    });
}

SegmentMaker::Ticket HardwareSegments::segment(SegmentSource source, SegmentSpec spec, Urgency urgency,
                                               Done<std::string> done) {
    return desk_->segment({std::move(source), std::move(spec), urgency, std::move(done)});
}

SegmentMaker::Ticket HardwareSegments::ladder(SegmentSource source, SegmentSpec spec, Urgency urgency,
                                              Done<std::vector<std::string>> done) {
    return desk_->open(desk_->processor(), [&](Ticket ticket) {
        return desk_->processor().ladder(std::move(source), std::move(spec), urgency,
                                         desk_->closing<std::vector<std::string>>(ticket, std::move(done)));
    });
}

SegmentMaker::Ticket HardwareSegments::subtitles(SegmentSource source, SubtitleWish wish, Urgency urgency,
                                                 Done<std::string> done) {
    return desk_->open(desk_->processor(), [&](Ticket ticket) {
        return desk_->processor().subtitles(std::move(source), std::move(wish), urgency,
                                            desk_->closing<std::string>(ticket, std::move(done)));
    });
}

SegmentMaker::Ticket HardwareSegments::sprites(SegmentSource source, SpriteWish wish, Urgency urgency,
                                               Done<core::Image> done) {
    return desk_->open(desk_->processor(), [&](Ticket ticket) {
        return desk_->processor().sprites(std::move(source), std::move(wish), urgency,
                                          desk_->closing<core::Image>(ticket, std::move(done)));
    });
}

void HardwareSegments::cancel(Ticket ticket) {
    desk_->callOff(ticket, &SegmentMaker::cancel, true);
}

void HardwareSegments::withdraw(Ticket ticket) {
    desk_->callOff(ticket, &SegmentMaker::withdraw, false);
}

}  // namespace marea::server

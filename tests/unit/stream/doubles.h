#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <vector>

#include "server/stream/protection.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {

// A maker that makes nothing by itself: the test answers, and sees what was asked.
class FakeMaker : public SegmentMaker {
public:
    struct Asked {
        Ticket ticket = 0;
        Urgency urgency = Urgency::Requested;
        SegmentSpec spec;
        Done<std::string> done;
        bool cancelled = false, withdrawn = false;
    };

    Ticket index(SegmentSource, IndexDepth depth, Urgency urgency, Done<MediaIndex> done) override {
        std::unique_lock lock(mutex_);
        ++indexes;
        lastDepth = depth;
        lastUrgency = urgency;
        const Ticket ticket = ++last_;
        if (answersIndex) {
            lock.unlock();
            done(answerIndex);
        } else {
            indexDone.push_back(std::move(done));
            indexTickets.push_back(ticket);
        }
        return ticket;
    }
    Ticket segment(SegmentSource, SegmentSpec spec, Urgency urgency, Done<std::string> done) override {
        return add(urgency, std::move(spec), std::move(done));
    }
    Ticket ladder(SegmentSource, SegmentSpec, Urgency, Done<std::vector<std::string>>) override { return ++last_; }
    Ticket subtitles(SegmentSource, SubtitleWish, Urgency urgency, Done<std::string> done) override {
        return add(urgency, {}, std::move(done));
    }
    Ticket sprites(SegmentSource, SpriteWish, Urgency, Done<core::Image>) override { return ++last_; }

    void cancel(Ticket ticket) override {
        end(ticket, &Asked::cancelled, cancels);
        endIndex(ticket);
    }
    void withdraw(Ticket ticket) override { end(ticket, &Asked::withdrawn, withdraws); }

    void answer(std::size_t which, core::Result<std::string> result) {
        Done<std::string> done;
        {
            const std::lock_guard lock(mutex_);
            done = std::exchange(asked.at(which).done, nullptr);
        }
        done(std::move(result));
    }
    void answerIndexOf(std::size_t which, core::Result<MediaIndex> result) {
        Done<MediaIndex> done;
        {
            const std::lock_guard lock(mutex_);
            done = std::exchange(indexDone.at(which), nullptr);
        }
        done(std::move(result));
    }
    std::size_t count() const {
        const std::lock_guard lock(mutex_);
        return asked.size();
    }

    MediaIndex answerIndex;  // with `answersIndex`: at once
    bool answersIndex = false;
    std::vector<Asked> asked;
    std::vector<Done<MediaIndex>> indexDone;
    std::vector<Ticket> indexTickets;  // of these
    int indexesCancelled = 0;
    int indexes = 0;
    Urgency lastUrgency = Urgency::Batch;
    IndexDepth lastDepth = IndexDepth::Whole;
    bool cancels = true;    // else what was called off is made nevertheless
    bool withdraws = true;  // else it had begun

private:
    void endIndex(Ticket ticket) {
        Done<MediaIndex> done;
        {
            const std::lock_guard lock(mutex_);
            for (std::size_t i = 0; i < indexDone.size(); ++i) {
                if (indexTickets[i] == ticket && indexDone[i]) {
                    ++indexesCancelled;
                    done = std::exchange(indexDone[i], nullptr);
                }
            }
        }
        if (done) {
            done(core::fail(core::ErrorCode::Cancelled, "Called off."));
        }
    }
    void end(Ticket ticket, bool Asked::*mark, bool ends) {
        Done<std::string> done;
        {
            const std::lock_guard lock(mutex_);
            for (Asked& one : asked) {
                if (one.ticket == ticket && one.done) {
                    one.*mark = true;
                    done = ends ? std::exchange(one.done, nullptr) : nullptr;
                }
            }
        }
        if (done) {
            done(core::fail(core::ErrorCode::Cancelled, "Called off."));
        }
    }

    Ticket add(Urgency urgency, SegmentSpec spec, Done<std::string> done) {
        const std::lock_guard lock(mutex_);
        asked.push_back({++last_, urgency, std::move(spec), std::move(done), false});
        return last_;
    }

    mutable std::mutex mutex_;
    Ticket last_ = 0;
};

// Keys that tell what they are of: the title's first letters as their id, the scheme in their value.
class FakeKeys final : public TitleKeys {
public:
    core::Result<ContentKey> key(const core::Id& title, ProtectionScheme scheme) override {
        if (refuses) {
            return core::fail(core::ErrorCode::Unavailable, "There are no keys.");
        }
        ContentKey key;
        std::copy_n(title.begin(), std::min(title.size(), key.id.size()), key.id.begin());
        key.value.fill(static_cast<std::uint8_t>(0x10 + static_cast<int>(scheme)));
        return key;
    }
    bool refuses = false;
};

// A folder that goes with its test.
class Folder {
public:
    Folder() {
        char name[] = "/tmp/marea-stream-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

}  // namespace marea::server

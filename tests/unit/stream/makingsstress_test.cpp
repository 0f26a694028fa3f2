#include <atomic>
#include <condition_variable>
#include <deque>
#include <random>
#include <thread>

#include "server/stream/makings.h"
#include "tests/unit/stream/doubles.h"

namespace marea::server {
namespace {

// A maker with threads: makes what is queued, and calls off what has not begun.
class ThreadedMaker final : public FakeMaker {
public:
    ThreadedMaker() {
        for (int i = 0; i < 2; ++i) {
            threads_.emplace_back([this] { run(); });
        }
    }
    ~ThreadedMaker() override {
        {
            const std::lock_guard lock(queueMutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }

    Ticket segment(SegmentSource, SegmentSpec spec, Urgency, Done<std::string> done) override {
        const std::lock_guard lock(queueMutex_);
        queue_.push_back({++lastTicket_, spec.number, std::move(done)});
        wake_.notify_one();
        return lastTicket_;
    }
    void withdraw(Ticket ticket) override { cancel(ticket); }
    void cancel(Ticket ticket) override {
        Done<std::string> done;
        {
            const std::lock_guard lock(queueMutex_);
            const auto found = std::find_if(queue_.begin(), queue_.end(),
                                            [&](const Queued& queued) { return queued.ticket == ticket; });
            if (found == queue_.end()) {
                return;
            }
            done = std::move(found->done);
            queue_.erase(found);
        }
        done(core::fail(core::ErrorCode::Cancelled, "Called off."));
    }

private:
    struct Queued {
        Ticket ticket;
        int number;
        Done<std::string> done;
    };
    void run() {
        std::unique_lock lock(queueMutex_);
        while (true) {
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) {
                return;
            }
            Queued queued = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            queued.done(std::string(static_cast<std::size_t>(100 + queued.number), 'x'));
            lock.lock();
        }
    }

    std::mutex queueMutex_;
    std::condition_variable wake_;
    std::deque<Queued> queue_;
    std::vector<std::thread> threads_;
    Ticket lastTicket_ = 0;
    bool stopping_ = false;
};

TEST(MakingsStressTest, EveryWishIsAnsweredOnceWhateverHappensAtTheSameTime) {
    Folder folder;
    SegmentCache cache{{folder.path.string(), 2500}, core::makeNullLogger()};
    ThreadedMaker maker;
    auto makings = std::make_shared<Makings>(MakingsOptions{1000, 1000, 8}, cache, maker);
    std::atomic<int> asked = 0, answered = 0, wrong = 0;
    const auto startOf = [&](int number) -> Makings::Start {
        return [&, number](SegmentMaker::Urgency urgency, SegmentMaker::Done<std::string> done) {
            return core::Result<SegmentMaker::Ticket>(
                maker.segment({}, SegmentSpec{{}, SegmentFormat::Mp4, number}, urgency, std::move(done)));
        };
    };
    std::vector<std::thread> viewers;
    for (unsigned viewer = 0; viewer < 6; ++viewer) {
        viewers.emplace_back([&, viewer] {
            std::mt19937 dice(viewer);
            std::deque<Makings::Interest> held;
            for (int round = 0; round < 300; ++round) {
                const int number = static_cast<int>(dice() % 40);
                const CacheKey key = cacheKey({std::to_string(number)});
                if (dice() % 2 == 0) {
                    held.push_back(makings->ahead(key, SegmentMaker::Urgency::Next, startOf(number)));
                    if (held.size() > 2) {
                        held.pop_front();
                    }
                    continue;
                }
                ++asked;
                makings->get(key, "ana", startOf(number), [&, number](core::Result<SegmentCache::Entry> entry) {
                    wrong += !entry || entry->size != 100 + number;
                    ++answered;
                });
            }
        });
    }
    for (std::thread& viewer : viewers) {
        viewer.join();
    }
    while (makings->status().underWay > 0) {
        std::this_thread::yield();
    }
    EXPECT_EQ(answered, asked);
    EXPECT_EQ(wrong, 0);
    EXPECT_LE(cache.status().bytes, 2500);
}

}  // namespace
}  // namespace marea::server

// Every kind of job, over a file that costs its worker its life: an error in words, a new worker, and on it goes.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using core::ErrorCode;
using Urgency = SegmentMaker::Urgency;

namespace {

SegmentSpec anySpec() {
    SegmentSpec spec;
    spec.tracks = {{0, CopyEncoding{}}};
    return spec;
}

SegmentSource named(const std::string& name) {
    return {fileWith("x"), name, name};
}

template <class T, class Ask>
core::Result<void> answerOf(Ask ask) {
    Waiter<T> waiter;
    ask(waiter.done());
    auto answer = waiter.wait();
    return answer ? core::Result<void>() : core::unexpected(answer.error());
}

struct Kind {
    const char* what;
    std::function<core::Result<void>(WorkerPool& pool, const std::string& file)> ask;
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> list{
        {"probe",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<core::MediaInfo>([&](auto done) { pool.probe(fileWith("x"), file, std::move(done)); });
         }},
        {"image",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<core::Image>([&](auto done) { pool.image(fileWith("x"), file, 64, std::move(done)); });
         }},
        {"index",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<MediaIndex>(
                 [&](auto done) { pool.index(named(file), IndexDepth::Whole, Urgency::Requested, std::move(done)); });
         }},
        {"segment",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<std::string>(
                 [&](auto done) { pool.segment(named(file), anySpec(), Urgency::Requested, std::move(done)); });
         }},
        {"subtitles of a stream",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<std::string>([&](auto done) {
                 pool.subtitles(named(file), {2, "en"}, Urgency::Requested, std::move(done));
             });
         }},
        {"a subtitle file",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<std::string>([&](auto done) {
                 pool.subtitles(named(file), {-1, "en"}, Urgency::Requested, std::move(done));
             });
         }},
        {"sprites",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<core::Image>([&](auto done) {
                 pool.sprites(named(file), {{0}, 160, 1, 1}, Urgency::Requested, std::move(done));
             });
         }},
        {"loudness",
         [](WorkerPool& pool, const std::string& file) {
             return answerOf<core::LoudnessPart>([&](auto done) {
                 pool.loudness(named(file), {0, 0, 10, true}, Urgency::Requested, std::move(done));
             });
         }},
        {"qualities",
         [](WorkerPool& pool, const std::string& file) {
             SegmentSpec spec;
             spec.tracks = {{0, VideoEncoding{"h264", 320, 180, {24, 1}, 500'000, false, {}}}};
             spec.number = 0;
             spec.to = kTicksPerSecond;
             return answerOf<std::vector<double>>(
                 [&](auto done) { pool.qualities(named(file), spec, Urgency::Requested, std::move(done)); });
         }},
    };
    return list;
}

WorkerPoolOptions unruly(std::chrono::milliseconds patience) {
    WorkerPoolOptions options;
    options.programPath = unrulyWorkerPath();
    options.count = 1;
    options.jobTimeout = options.segmentTimeout = options.fileTimeout = patience;
    return options;
}

// Asks again: where jobs have little time, a busy machine may take it from good ones too.
bool goesOn(WorkerPool& pool) {
    for (int attempt = 0; attempt < 50; ++attempt) {
        Waiter<std::string> next;
        pool.segment(named("pid"), anySpec(), Urgency::Requested, next.done());
        if (next.wait())
            return true;
    }
    return false;
}

void expectAllToFail(const std::string& file, ErrorCode code, bool costsWorkers,
                     std::chrono::milliseconds patience = std::chrono::seconds(60)) {
    PoolUnderTest test(unruly(patience));
    for (const Kind& kind : kinds()) {
        const auto before = test.pool.status();
        const auto answer = kind.ask(test.pool, file);
        ASSERT_FALSE(answer) << kind.what;
        EXPECT_EQ(answer.error().code, code) << kind.what << ": " << answer.error().detail;
        EXPECT_FALSE(answer.error().text.empty()) << kind.what;
        if (costsWorkers)
            test.waitFor([&](const auto& now) { return now.deaths == before.deaths + 2 && now.ready == 1; });
        else
            EXPECT_EQ(test.pool.status().deaths, before.deaths) << kind.what;
        EXPECT_TRUE(goesOn(test.pool)) << "after " << kind.what;
    }
}

}  // namespace

TEST(EveryJob, ThatCrashesItsWorkerIsTriedOnceMoreAndReported) {
    expectAllToFail("crash.mkv", ErrorCode::Unavailable, true);
}

TEST(EveryJob, ThatHangsIsEndedTriedOnceMoreAndReported) {
    expectAllToFail("hang.mkv", ErrorCode::Timeout, true, std::chrono::milliseconds(300));
}

TEST(EveryJob, ThatEatsMemoryIsRefusedInWordsByItsWorker) {
    expectAllToFail("memory.mkv", ErrorCode::Corrupt, false);
}

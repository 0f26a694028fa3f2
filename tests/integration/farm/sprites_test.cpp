#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "farmfixture.h"
#include "server/farm/spritejobs.h"
#include "server/gateway/workpool.h"

namespace marea::server {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

SpritePlan planOf(int tiles) {
    SpritePlan plan;
    plan.tileHeight = 180;
    plan.every = 10 * kTicksPerSecond;
    plan.tiles = tiles;
    return plan;
}
const SpritePlan kLong = planOf(100);  // four sheets
const SpritePlan kLonger = planOf(101);
constexpr std::size_t kSheets = 4;

class Films final : public SpriteFilms {
public:
    core::Result<std::vector<SpriteFilm>> films(std::int64_t after, std::int64_t limit) override {
        std::vector<SpriteFilm> page;
        for (const SpriteFilm& film : all) {
            if (film.num > after && static_cast<std::int64_t>(page.size()) < limit) {
                page.push_back(film);
            }
        }
        return page;
    }
    core::Result<SegmentSource> open(const core::Id& file) override {
        for (const SpriteFilm& film : all) {
            if (film.file == file) {
                return SegmentSource{core::FileHandle(::open("/dev/null", O_RDONLY | O_CLOEXEC)), film.name,
                                     film.fingerprint};
            }
        }
        return core::fail(core::ErrorCode::NotFound, "There is no such film.");
    }
    void add(const std::string& name, int tiles = 100, bool playable = true) {
        all.push_back({static_cast<std::int64_t>(all.size() + 1), "file-" + name, name + ".mkv", "\"1-" + name + "\"",
                       planOf(tiles), playable});
    }
    std::vector<SpriteFilm> all;
};

// Answers at once with a picture that says its first time, or with an error; or holds its answers back.
class SpriteMaker final : public SegmentMaker {
public:
    Ticket index(SegmentSource, IndexDepth, Urgency, Done<MediaIndex>) override { return 0; }
    Ticket segment(SegmentSource, SegmentSpec, Urgency, Done<std::string>) override { return 0; }
    Ticket ladder(SegmentSource, SegmentSpec, Urgency, Done<std::vector<std::string>>) override { return 0; }
    Ticket subtitles(SegmentSource, SubtitleWish, Urgency, Done<std::string>) override { return 0; }
    Ticket sprites(SegmentSource source, SpriteWish wish, Urgency urgency, Done<core::Image> done) override {
        EXPECT_EQ(urgency, Urgency::Batch);
        const std::string text = "jpeg " + std::to_string(wish.at.front());
        core::Result<core::Image> answer = core::Image();
        answer->bytes.assign(text.begin(), text.end());
        Ticket ticket = 0;
        {
            const std::lock_guard lock(mutex);
            ticket = static_cast<Ticket>(asked.size() + 1);
            asked.push_back(source.name);
            if (asked.size() > holdAfter) {
                held = std::move(done);
                return ticket;
            }
            if (error) {
                answer = core::unexpected<core::Error>(*error);
            }
        }
        done(std::move(answer));
        return ticket;
    }
    void withdraw(Ticket) override {}
    void cancel(Ticket) override {
        Done<core::Image> done;
        {
            const std::lock_guard lock(mutex);
            done.swap(held);
        }
        if (done) {
            done(core::fail(core::ErrorCode::Cancelled, "Called off."));
        }
    }
    std::size_t count() {
        const std::lock_guard lock(mutex);
        return asked.size();
    }

    std::mutex mutex;
    std::vector<std::string> asked;
    std::size_t holdAfter = 1'000'000;
    std::optional<core::Error> error;
    Done<core::Image> held;
};

class SpritesTest : public FarmTest {
protected:
    void SetUp() override {
        FarmTest::SetUp();
        store = std::make_unique<SpriteStore>(folder + "/sprites");
        sprites = makeJobs();
    }
    std::unique_ptr<SpriteJobs> makeJobs() {
        return std::make_unique<SpriteJobs>(*queue, *store, films, maker, core::makeNullLogger());
    }
    std::unique_ptr<FarmRunner> run() {
        FarmRunnerOptions options;
        options.heartbeat = options.poll = 2ms;
        auto farm = std::make_unique<FarmRunner>(*queue, pool.executor(), core::makeNullLogger(), options);
        farm->handle(SpriteJobs::kKind, sprites->handler());
        farm->start();
        return farm;
    }
    template <class Condition>
    static bool until(Condition condition) {
        for (int i = 0; i < 120'000 && !condition(); ++i) {
            std::this_thread::sleep_for(1ms);
        }
        return condition();
    }
    bool settled() {
        return until([&] { return queue->counts()->queued + queue->counts()->leased == 0; });
    }
    std::string text(std::string_view fingerprint, std::size_t sheet, const SpritePlan& plan = kLong) {
        auto found = store->open(fingerprint, plan, sheet);
        std::string bytes(found ? static_cast<std::size_t>(found->size) : 0, '\0');
        return found && ::read(found->file.get(), bytes.data(), bytes.size()) == found->size ? bytes : "";
    }

    WorkPool pool{2, 100};
    Films films;
    SpriteMaker maker;
    std::unique_ptr<SpriteStore> store;
    std::unique_ptr<SpriteJobs> sprites;
};

TEST_F(SpritesTest, StoredSheetsAreFoundByTheirPlanAlone) {
    ASSERT_TRUE(store->begin("\"a-1\"", kLong));
    ASSERT_TRUE(store->keep("\"a-1\"", 0, "first"));
    EXPECT_EQ(text("\"a-1\"", 0), "first");  // though the others are not there yet
    EXPECT_EQ(text("\"a-1\"", 1), "");
    EXPECT_FALSE(store->complete("\"a-1\"", kLong));
    ASSERT_TRUE(store->end("\"a-1\""));
    EXPECT_TRUE(store->complete("\"a-1\"", kLong));
    EXPECT_EQ(text("\"a-1\"", 0), "first");
    EXPECT_EQ(text("\"a-1\"", 0, kLonger), "");
    EXPECT_FALSE(store->complete("\"a-1\"", kLonger));
    EXPECT_EQ(text("\"b-1\"", 0), "");
    EXPECT_EQ(text("../../etc", 0), "");
    SpriteWish small = spriteSheet(kLong, 0);
    small.tileWidth = 160;
    EXPECT_TRUE(store->find("\"a-1\"", kLong, spriteSheet(kLong, 0)));
    EXPECT_FALSE(store->find("\"a-1\"", kLong, spriteSheet(kLong, 1)));
    EXPECT_FALSE(store->find("\"a-1\"", kLong, small));
    EXPECT_FALSE(store->find("\"a-1\"", kLong, spriteSheet(planOf(7), 0)));
    EXPECT_FALSE(store->find("\"a-1\"", kLong, SpriteWish{}));
}

TEST_F(SpritesTest, AnotherPlanStartsAnew) {
    ASSERT_TRUE(store->begin("a", kLong));
    ASSERT_TRUE(store->keep("a", 0, "first"));
    ASSERT_TRUE(store->begin("a", kLong));
    EXPECT_TRUE(store->contains("a", 0));
    ASSERT_TRUE(store->begin("a", kLonger));
    EXPECT_FALSE(store->contains("a", 0));
}

TEST_F(SpritesTest, SheetsKeepWithinTheirBoundAndThoseLookedAtStay) {
    store = std::make_unique<SpriteStore>(folder + "/sprites", 300);
    ASSERT_TRUE(store->begin("a", kLong));
    for (std::size_t sheet = 0; sheet < 3; ++sheet) {
        ASSERT_TRUE(store->keep("a", sheet, std::string(100, static_cast<char>('a' + sheet))));
    }
    const auto served = store->open("a", kLong, 1);
    ASSERT_TRUE(served);
    EXPECT_EQ(text("a", 0), std::string(100, 'a'));
    ASSERT_TRUE(store->keep("a", 3, std::string(200, 'd')));
    EXPECT_EQ(store->status().bytes, 300);
    EXPECT_EQ(store->status().evicted, 2U);
    EXPECT_EQ(text("a", 0), std::string(100, 'a')) << "it was looked at last";
    EXPECT_FALSE(store->contains("a", 1));
    std::string bytes(100, '\0');
    ASSERT_EQ(::pread(served->file.get(), bytes.data(), 100, 0), 100);
    EXPECT_EQ(bytes, std::string(100, 'b')) << "what is being sent is sent to its end";
    ASSERT_TRUE(store->end("a"));
    EXPECT_TRUE(store->complete("a", kLong)) << "else it would be made at every start, and go again";
    ASSERT_TRUE(store->keep("a", 2, std::string(301, 'x')));
    EXPECT_EQ(store->status().bytes, 300) << "what never fits is made on demand";
}

TEST_F(SpritesTest, ARestartKeepsTheBoundAndTheOrder) {
    ASSERT_TRUE(store->begin("a", kLong));
    for (std::size_t sheet = 0; sheet < 4; ++sheet) {
        ASSERT_TRUE(store->keep("a", sheet, std::string(100, 'x')));
        const std::array<timespec, 2> times{timespec{1'700'000'000 + static_cast<time_t>(sheet), 0},
                                            timespec{1'600'000'000, 0}};
        const std::string path = folder + "/sprites/a/" + std::to_string(sheet) + ".jpg";
        ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times.data(), 0), 0);
    }
    ASSERT_TRUE(store->end("a"));
    store = std::make_unique<SpriteStore>(folder + "/sprites", 200);
    store->waitUntilCounted();
    EXPECT_EQ(store->status().bytes, 200);
    EXPECT_FALSE(store->contains("a", 0) || store->contains("a", 1));
    EXPECT_TRUE(store->contains("a", 2) && store->contains("a", 3));
    EXPECT_TRUE(store->complete("a", kLong));
    ASSERT_TRUE(store->begin("a", kLonger));  // another plan
    EXPECT_EQ(store->status().bytes, 0);
}

TEST_F(SpritesTest, SweepingKeepsWhatIsNamed) {
    for (const char* name : {"\"a\"", "\"b\"", "\"c\""}) {
        ASSERT_TRUE(store->begin(name, kLong));
    }
    EXPECT_EQ(store->sweep({"\"b\"", "\"x\""}), 2U);
    EXPECT_TRUE(fs::exists(folder + "/sprites/b"));
    EXPECT_FALSE(fs::exists(folder + "/sprites/a"));
}

TEST_F(SpritesTest, EveryFilmGetsItsSheetsOnce) {
    films.add("tide");
    films.add("ebb", 3);
    films.add("gone", 100, false);
    films.add("still", 0);
    EXPECT_EQ(sprites->queueMissing().value(), 2);
    EXPECT_EQ(sprites->queueMissing().value(), 0);
    auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->done, 2);
    EXPECT_EQ(maker.count(), kSheets + 1);
    EXPECT_EQ(text("\"1-tide\"", 2), "jpeg " + std::to_string(spriteSheet(kLong, 2).at.front()));
    EXPECT_TRUE(store->complete("\"1-tide\"", kLong));
    EXPECT_FALSE(fs::exists(folder + "/sprites/1-tide/making.json"));
    films.add("new");
    EXPECT_EQ(sprites->queueMissing().value(), 1);
    ASSERT_TRUE(settled());
    sprites = nullptr;
    farm.reset();
    sprites = makeJobs();  // as after a restart
    EXPECT_EQ(sprites->queueMissing().value(), 0);
}

TEST_F(SpritesTest, WhatCannotBeMadeIsNotTriedAtEveryStart) {
    films.add("tide");
    maker.error = core::Error{core::ErrorCode::Unprocessable, "no decoder", "There is no picture to see."};
    EXPECT_EQ(sprites->queueMissing().value(), 1);
    auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->failed, 1);
    farm.reset();
    sprites = makeJobs();
    EXPECT_EQ(sprites->queueMissing().value(), 0);
}

TEST_F(SpritesTest, LostFilesAreMadeAgainAndThoseOfLostFilmsGo) {
    films.add("tide");
    films.add("ebb");
    EXPECT_EQ(sprites->queueMissing().value(), 2);
    auto farm = run();
    ASSERT_TRUE(settled());
    farm.reset();
    fs::remove_all(folder + "/sprites/1-ebb");
    films.all.front().fingerprint = "\"2-tide\"";  // replaced
    sprites = makeJobs();
    EXPECT_EQ(sprites->queueMissing().value(), 2);
    EXPECT_FALSE(fs::exists(folder + "/sprites/1-tide"));
}

TEST_F(SpritesTest, AStopInTheMiddleGoesOnFromThere) {
    films.add("tide");
    maker.holdAfter = 2;
    EXPECT_EQ(sprites->queueMissing().value(), 1);
    auto farm = run();
    ASSERT_TRUE(until([&] { return maker.count() == 3; }));
    farm->stop();
    EXPECT_EQ(queue->counts()->queued, 1);
    EXPECT_FALSE(store->complete("\"1-tide\"", kLong));
    maker.holdAfter = 1'000'000;
    maker.held = nullptr;
    farm = run();
    ASSERT_TRUE(settled());
    EXPECT_TRUE(store->complete("\"1-tide\"", kLong));
    EXPECT_EQ(maker.count(), kSheets + 1);  // one twice: the one that was under way
}

TEST_F(SpritesTest, CallingTheJobOffCallsTheMakingOff) {
    films.add("tide");
    maker.holdAfter = 1;
    EXPECT_EQ(sprites->queueMissing().value(), 1);
    auto farm = run();
    ASSERT_TRUE(until([&] { return maker.count() == 2; }));
    const core::Id id = queue->list({}, "", 1)->front().id;
    ASSERT_TRUE(queue->cancel(id));
    ASSERT_TRUE(until([&] { return farm->status().running == 0; }));
    EXPECT_EQ(jobOf(id).state, JobState::Cancelled);
    const std::lock_guard lock(maker.mutex);
    EXPECT_FALSE(maker.held);
}

TEST_F(SpritesTest, AFileThatChangedSinceIsLeftToItsNewJob) {
    films.add("tide");
    EXPECT_EQ(sprites->queueMissing().value(), 1);
    films.all.front().fingerprint = "\"2-tide\"";
    EXPECT_EQ(sprites->queueMissing().value(), 1);
    auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->failed, 1);
    EXPECT_EQ(queue->counts()->done, 1);
    EXPECT_TRUE(store->complete("\"2-tide\"", kLong));
    EXPECT_EQ(text("\"1-tide\"", 0), "");
}

}  // namespace
}  // namespace marea::server

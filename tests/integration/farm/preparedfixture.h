#pragma once

#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include "farmfixture.h"
#include "server/apps/prepared/prepared.h"
#include "server/farm/farmrunner.h"
#include "server/farm/preparedtasks.h"
#include "server/video/capabilities.h"

namespace marea::server {

// Makes segments of 200 bytes at once, or holds its answers back, and remembers what was asked.
class LadderMaker final : public SegmentMaker {
public:
    Ticket index(SegmentSource, IndexDepth, Urgency, Done<MediaIndex> done) override {
        done(film);
        return 0;
    }
    Ticket segment(SegmentSource, SegmentSpec spec, Urgency urgency, Done<std::string> done) override {
        return ask(std::move(spec), urgency, false, [done](core::Result<std::vector<std::string>> made) {
            made ? done(std::move(made->front())) : done(core::unexpected<core::Error>(made.error()));
        });
    }
    Ticket ladder(SegmentSource, SegmentSpec spec, Urgency urgency, Done<std::vector<std::string>> done) override {
        return ask(std::move(spec), urgency, true, std::move(done));
    }
    Ticket subtitles(SegmentSource, SubtitleWish, Urgency, Done<std::string>) override { return 0; }
    Ticket sprites(SegmentSource, SpriteWish, Urgency, Done<core::Image>) override { return 0; }
    void withdraw(Ticket) override {}
    void cancel(Ticket ticket) override {
        Done<std::vector<std::string>> done;
        {
            const std::lock_guard lock(mutex_);
            done = std::exchange(held_[ticket], nullptr);
            held_.erase(ticket);
        }
        if (done) {
            done(core::fail(core::ErrorCode::Cancelled, "Called off."));
        }
    }

    std::size_t count() const {
        const std::lock_guard lock(mutex_);
        return asked_.size();
    }
    std::size_t heldCount() const {
        const std::lock_guard lock(mutex_);
        return held_.size();
    }
    std::size_t ladders() const {
        const std::lock_guard lock(mutex_);
        return static_cast<std::size_t>(
            std::count_if(asked_.begin(), asked_.end(), [](const Asked& one) { return one.isLadder; }));
    }
    bool allBatch() const {
        const std::lock_guard lock(mutex_);
        return std::all_of(asked_.begin(), asked_.end(),
                           [](const Asked& one) { return one.urgency == Urgency::Batch; });
    }
    // Whether each piece was made once.
    bool isEachOnce() const {
        const std::lock_guard lock(mutex_);
        return !again_;
    }
    // Lines of the pictures that were asked for together as that segment.
    std::vector<int> rungsOf(int number) const {
        const std::lock_guard lock(mutex_);
        std::vector<int> rungs;
        for (const Asked& one : asked_) {
            for (const TrackSpec& track :
                 one.isLadder&& one.spec.number == number ? one.spec.tracks : std::vector<TrackSpec>()) {
                rungs.push_back(std::get<VideoEncoding>(track.encoding).height);
            }
        }
        return rungs;
    }
    void letGo() {
        const std::lock_guard lock(mutex_);
        holdAfter = 1'000'000;
        held_.clear();
    }

    MediaIndex film;
    std::atomic<std::size_t> holdAfter = 1'000'000;
    std::optional<core::Error> error;

private:
    struct Asked {
        SegmentSpec spec;
        Urgency urgency;
        bool isLadder = false;
    };

    Ticket ask(SegmentSpec spec, Urgency urgency, bool isLadder, Done<std::vector<std::string>> done) {
        Ticket ticket = 0;
        const std::size_t tracks = isLadder ? spec.tracks.size() : 1;
        {
            const std::lock_guard lock(mutex_);
            ticket = static_cast<Ticket>(asked_.size() + 1);
            asked_.push_back({spec, urgency, isLadder});
            if (asked_.size() > holdAfter) {
                held_[ticket] = std::move(done);
                return ticket;
            }
            for (const TrackSpec& track : spec.tracks) {
                const auto* video = std::get_if<VideoEncoding>(&track.encoding);
                const auto piece = std::tuple(track.stream, video ? video->height : 0, spec.number, spec.from);
                again_ = !made_.insert(piece).second || again_;
            }
        }
        error ? done(core::unexpected<core::Error>(*error))
              : done(std::vector<std::string>(tracks, std::string(200, 'x')));
        return ticket;
    }

    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
    std::map<Ticket, Done<std::vector<std::string>>> held_;
    std::set<std::tuple<int, int, int, Ticks>> made_;
    bool again_ = false;
};

// One film of 20 s, as HEVC in 1080 lines with AC-3.
class OneFilm final : public PreparedLibrary {
public:
    core::Result<StreamTitlePtr> open(const core::Id& user, const core::Id& media, const core::Id& file) override {
        if (!there || !known) {
            return core::fail(core::ErrorCode::NotFound, "The file is gone.");
        }
        StreamTitle title;
        title.user = user;
        title.title = media;
        title.file = file;
        title.handle = core::FileHandle(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        title.name = "tide.mkv";
        title.fingerprint = fingerprint;
        title.info = info;
        return std::make_shared<const StreamTitle>(std::move(title));
    }
    core::Result<Choice> choose(const core::Id&, const core::Id&, const core::Id&, const core::Capabilities&,
                                StreamProfilePtr profile) override {
        StreamChoice choice;
        choice.profile = std::move(profile);
        choice.rungs = rungs;
        return Choice{"file", choice};
    }
    core::Result<std::map<core::Id, Place>> places(const std::set<core::Id>&) override {
        return known ? std::map<core::Id, Place>{{"file", {fingerprint, there}}} : std::map<core::Id, Place>();
    }

    core::MediaInfo info;
    std::vector<core::RungMeasure> rungs;  // what was measured of its picture
    std::string fingerprint = "\"1\"";
    bool there = true, known = true;
};

class PreparedTest : public FarmTest {
protected:
    static constexpr const char* kTitle = "film";
    static constexpr const char* kBuild = "test";
    static constexpr std::size_t kSegments = 7;  // of 1, 1, 2, 4, 4, 4 and 4 s

    void SetUp() override {
        FarmTest::SetUp();
        describeFilm();
        user = addUser("ana");
        store = std::make_unique<PreparedStore>(*database);
        restart();
    }
    void TearDown() override {
        pool.reset();  // what runs on it refers to the others
        prepared.reset();
        holds.reset();
        streams.reset();
        FarmTest::TearDown();
    }

    void describeFilm() {
        core::StreamInfo video, audio;
        video.kind = core::StreamKind::Video;
        video.codec = "hevc";
        video.width = 1920;
        video.height = 1080;
        video.frameRate = 24;
        video.bitDepth = 8;
        audio.index = 1;
        audio.kind = core::StreamKind::Audio;
        audio.codec = "ac3";
        audio.channels = 2;
        audio.sampleRate = 48'000;
        library.info.container = "matroska";
        library.info.duration = 20;
        library.info.bitrate = 6'000'000;
        library.info.streams = {video, audio};
        TrackIndex picture, sound;
        picture.kind = core::StreamKind::Video;
        picture.codec = "hevc";
        picture.end = sound.end = maker.film.duration = 20 * kTicksPerSecond;
        picture.frameRate = {24, 1};
        sound.stream = 1;
        sound.kind = core::StreamKind::Audio;
        sound.codec = "ac3";
        maker.film.tracks = {picture, sound};
    }

    StreamOptions streamOptions(std::vector<HeldFile> held) const {
        StreamOptions options;
        options.folder = folder + "/cache";
        options.build = build;
        options.segmentBytes = cacheBytes;
        options.held = std::move(held);
        return options;
    }
    // As a start of the server does.
    void restart() {
        pool.reset();
        prepared.reset();
        jobs.reset();
        holds.reset();
        streams.reset();
        pool = std::make_unique<WorkPool>(2, 100);
        const auto rows = store->all();
        ASSERT_TRUE(rows);
        streams = std::make_unique<StreamService>(streamOptions(PreparedHolds::held(*rows, build)), maker,
                                                  core::makeNullLogger());
        holds = std::make_unique<PreparedHolds>(*store, *streams, build, *rows);
        jobs = std::make_unique<PreparedJobs>(
            PreparedJobs::Parts{*store, *holds, library, *streams, maker, *queue, build, clock, turn});
        PreparedOptions options;
        options.build = build;
        options.mostBytes = mostBytes;
        options.freeBytes = [this] { return freeBytes; };
        options.profiles = [](std::string_view) {
            StreamProfile two = *builtInProfiles().front();
            two.video.rungs = {{1080, 8'000'000}, {720, 5'000'000}};
            return std::make_shared<const StreamProfile>(two);
        };
        prepared = std::make_unique<Prepared>(
            Prepared::Parts{*store, *holds, library, *streams, *queue, *pool, clock, core::makeNullLogger()}, options);
    }
    std::unique_ptr<FarmRunner> run() {
        FarmRunnerOptions options;
        options.heartbeat = options.poll = std::chrono::milliseconds(2);
        auto farm = std::make_unique<FarmRunner>(*queue, pool->executor(), core::makeNullLogger(), options);
        farm->handle(PreparedJobs::kKind, jobs->handler());
        farm->start();
        return farm;
    }

    PreparedWish wish() const {
        core::Id file;
        return *parsePreparedWish(core::json::object(), file);
    }
    core::Result<Prepared::State> want(const PreparedWish& wish) {
        core::Result<Prepared::State> answer = core::fail(core::ErrorCode::Internal, "It was not answered.");
        prepared->want(user, kTitle, {}, wish, [&](core::Result<Prepared::State> state) { answer = std::move(state); });
        return answer;
    }
    core::Result<Prepared::State> want() { return want(wish()); }
    PreparedRow row() {
        auto found = store->ofFile("file");
        EXPECT_TRUE(found && *found);
        return found && *found ? std::move(**found) : PreparedRow();
    }
    template <class Condition>
    static bool until(Condition condition) {
        for (int i = 0; i < 120'000 && !condition(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return condition();
    }
    bool isReady() {
        return until([&] { return row().bytes.has_value(); });
    }
    StreamTitlePtr title(const std::string& fingerprint = "\"1\"") {
        OneFilm film;
        film.info = library.info;
        film.fingerprint = fingerprint;
        return *film.open(user, kTitle, "file");
    }
    bool plays(const std::string& rendition, int number, const std::string& fingerprint = "\"1\"") {
        bool came = false;
        streams->segment({title(fingerprint), "tv", rendition, SegmentFormat::Mp4, number},
                         [&](const core::Result<SegmentCache::Entry>& entry) { came = entry.has_value(); });
        streams->leave("tv", kTitle);  // nothing is made ahead
        return came;
    }
    std::vector<StreamService::Piece> pieces(const std::string& rendition) {
        auto found = streams->piecesOf(title(), maker.film, {rendition, SegmentFormat::Mp4, 0});
        EXPECT_TRUE(found);
        return found.value_or(std::vector<StreamService::Piece>());
    }

    LadderMaker maker;
    OneFilm library;
    core::Id user;
    std::string build = kBuild;
    std::int64_t cacheBytes = 1 << 20, mostBytes = std::int64_t{1} << 40, freeBytes = std::int64_t{1} << 40;
    std::size_t turn = 150;
    std::unique_ptr<WorkPool> pool;
    std::unique_ptr<PreparedStore> store;
    std::unique_ptr<StreamService> streams;
    std::unique_ptr<PreparedHolds> holds;
    std::unique_ptr<PreparedJobs> jobs;
    std::unique_ptr<Prepared> prepared;
};

}  // namespace marea::server

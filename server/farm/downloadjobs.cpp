#include "server/farm/downloadjobs.h"

#include <algorithm>
#include <mutex>

#include "core/base/jsonfields.h"
#include "server/audio/musicfile.h"
#include "server/audio/opusfile.h"
#include "server/farm/downloadpieces.h"
#include "server/packaging/rendition.h"
#include "server/packaging/subtitles/webvtt.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kAttempts = 5;
constexpr std::size_t kAtOnce = 2;       // segments asked for together
constexpr std::size_t kLookAtRoom = 16;  // parts between two looks at how much room there is
constexpr std::int64_t kPriming = 2;     // frames of AAC before the music: decoders have settled when it begins
constexpr std::size_t kMostLanguages = 32, kLongestLanguage = 64, kLongestName = 1024;

// One segment of one track, or its head.
struct Part {
    std::size_t track = 0;
    std::string name;    // of its file
    SegmentWish wish;    // of the same bytes in the cache
    bool cached = true;  // may be there
    SegmentSpec spec;
};

class DownloadMaking : public std::enable_shared_from_this<DownloadMaking> {
public:
    DownloadMaking(DownloadJobs::Parts parts, const Job& job, std::shared_ptr<JobContext> context,
                   FarmRunner::Done done)
        : parts_(parts),
          key_(job.key),
          isLastAttempt_(job.attempts >= job.maxAttempts),
          context_(std::move(context)),
          done_(std::move(done)) {
        auto order = downloadOrderOf(job.payload);
        if (order) {
            order_ = std::move(*order);
        }
    }

    void start() {
        context_->onCancel([self = weak_from_this()] {
            if (const auto making = self.lock()) {
                making->callOff();
            }
        });
        if (const auto size = parts_.files.size(key_)) {  // made by somebody whose lease ran out meanwhile
            return ended(*size);
        }
        auto opened = parts_.library.open(order_);
        if (opened && opened->title->fingerprint != order_.fingerprint) {
            opened = core::fail(ErrorCode::NotFound, "The file has changed since. Ask for it again.");
        }
        auto begun = opened ? parts_.files.begin(key_) : Result<void>(unexpected<core::Error>(opened.error()));
        if (!begun) {
            return fail(begun.error());
        }
        opened_ = std::move(*opened);
        parts_.streams.index(opened_.title, [self = shared_from_this()](Result<TitleStore::IndexPtr> index) {
            self->plan(std::move(index));
        });
    }

private:
    const core::MediaInfo& info() const { return opened_.title->info; }

    void plan(Result<TitleStore::IndexPtr> index) {
        if (!index) {
            return fail(index.error());
        }
        std::vector<DownloadSidecar> beside;
        for (const StreamSidecar& sidecar : opened_.title->sidecars) {
            beside.push_back({sidecar.language, sidecar.forced, sidecar.isDefault});
        }
        index_ = std::move(*index);
        auto planned = planDownload(order_.wish, info(), *index_, beside);
        if (!planned) {
            return fail(planned.error());
        }
        plan_ = std::move(*planned);
        if (auto listed = *musicCodecOf(order_.wish.format) ? listMusic() : listSegments(); !listed) {
            return fail(listed.error());
        }
        parts_.library.cover(order_, [self = shared_from_this()](std::string type, std::string bytes) {
            self->opened_.tags.coverType = std::move(type);
            self->opened_.tags.cover = std::move(bytes);
            self->nextText();
        });
    }

    SegmentWish wishOf(const TrackSpec& track, SegmentFormat format, int number) const {
        return {opened_.title, {}, renditionName(track, info()), format, number};
    }

    // MP3s have their tags in front, with the cover; the others have their own within.
    MusicTags ownTags() const {
        const core::Tags& tags = opened_.tags.tags;
        return {tags.title, tags.artist, tags.album, tags.albumArtist, tags.date, tags.genres,
                tags.track, tags.disc,   {}};
    }

    Result<void> listMusic() {
        const auto& encoding = std::get<AudioEncoding>(plan_.tracks.front().encoding);
        const TrackIndex* track = findTrack(*index_, plan_.tracks.front().stream);
        const bool tagged = order_.wish.format != DownloadFormat::Mp3;
        music_ = track ? musicFile({encoding.codec, track->end, encoding.channels, encoding.sampleRate,
                                    encoding.bitrate, 0, tagged ? ownTags() : MusicTags()})
                       : nullptr;
        if (!music_) {
            return core::fail(ErrorCode::Unprocessable, "This title cannot be converted.", "no such file of music");
        }
        for (const MusicFile::Piece& piece : music_->pieces()) {
            Part part{0,
                      std::to_string(piece.number),
                      wishOf(plan_.tracks.front(), SegmentFormat::Raw, piece.number),
                      true,
                      {}};
            part.spec = {plan_.tracks, SegmentFormat::Raw, piece.number, piece.time.from, piece.time.to};
            list_.push_back(std::move(part));
        }
        return {};
    }

    Result<void> listSegments() {
        for (std::size_t track = 0; track < plan_.tracks.size(); ++track) {
            const TrackSpec& spec = plan_.tracks[track];
            const auto grid = segmentGrid({spec}, info(), *index_);
            if (order_.wish.format == DownloadFormat::Webm) {
                list_.push_back({track,
                                 std::to_string(track) + "-webm",
                                 wishOf(spec, SegmentFormat::WebM, SegmentSpec::kInit),
                                 true,
                                 {{spec}, SegmentFormat::WebM, SegmentSpec::kInit, 0, 0}});
            }
            for (int number = SegmentSpec::kInit; number < static_cast<int>(grid.size()); ++number) {
                Part part{track,
                          std::to_string(track) + "-" + std::to_string(number),
                          wishOf(spec, SegmentFormat::Mp4, number),
                          true,
                          {}};
                part.spec = {{spec}, SegmentFormat::Mp4, number, 0, 0};
                if (number != SegmentSpec::kInit) {
                    part.spec.from = grid[static_cast<std::size_t>(number)].from;
                    part.spec.to = grid[static_cast<std::size_t>(number)].to;
                }
                lead(part);
                list_.push_back(std::move(part));
            }
        }
        return {};
    }

    // Encoded sound gets frames before its beginning, which an edit list or Opus' pre-skip leaves out: the first frame
    // of a decoder is never whole. Streams go without, so the cache has no such segment.
    void lead(Part& part) const {
        const auto* encoding = std::get_if<AudioEncoding>(&part.spec.tracks.front().encoding);
        if (encoding && part.spec.number == 0) {
            const std::int64_t frames = encoding->codec == "opus" ? kOpusLeadIn : kPriming;
            part.spec.from = unitTime(-frames, audioFrameRate(encoding->codec, encoding->sampleRate));
            part.cached = false;
        }
    }

    void nextText() {
        if (context_->cancelled()) {
            return fail({ErrorCode::Cancelled, "", "Called off."});
        }
        if (texts_.size() == plan_.texts.size()) {
            return next();
        }
        const DownloadText& text = plan_.texts[texts_.size()];
        auto title =
            text.stream >= 0 ? Result<StreamTitlePtr>(opened_.title) : parts_.library.openSidecar(order_, text.beside);
        if (!title) {
            return fail(title.error());
        }
        parts_.streams.subtitles(
            *title, {text.stream, text.language}, [self = shared_from_this()](Result<SegmentCache::Entry> entry) {
                auto bytes = entry ? bytesOf(*entry) : Result<std::string>(unexpected<core::Error>(entry.error()));
                bytes ? self->takeText(*bytes) : self->fail(bytes.error());
            });
    }

    void takeText(const std::string& vtt) {
        const DownloadText& text = plan_.texts[texts_.size()];
        Subtitles subtitles = readWebVtt(vtt);
        settle(subtitles);
        texts_.push_back({std::move(subtitles.cues), text.language, text.title, text.isForced, text.isDefault});
        nextText();
    }

    // Asks for parts until enough are under way; puts the file together when all are there.
    void next() {
        while (true) {
            std::optional<std::size_t> chosen;
            {
                const std::lock_guard lock(mutex_);
                if (isOver_ || underWay_ >= kAtOnce) {
                    return;
                }
                if (next_ < list_.size()) {
                    chosen = next_++;
                    ++underWay_;
                } else if (underWay_ > 0) {
                    return;
                } else {
                    isOver_ = true;  // nobody else comes here again
                }
            }
            if (!chosen) {
                return putTogether();
            }
            if (ask(*chosen)) {
                const std::lock_guard lock(mutex_);
                --underWay_;
            }
        }
    }

    // Whether the part is there already.
    bool ask(std::size_t number) {
        Part& part = list_[number];
        context_->progress(static_cast<double>(number) / static_cast<double>(list_.size() + 1));
        if (context_->cancelled()) {
            fail({ErrorCode::Cancelled, "", "Called off."});
            return false;
        }
        if (parts_.files.hasPart(key_, part.name)) {
            return true;
        }
        if (auto there = part.cached ? parts_.streams.made(part.wish) : std::nullopt) {
            if (auto bytes = bytesOf(*there)) {
                auto kept = keep(part, *bytes);
                if (!kept) {
                    fail(kept.error());
                }
                return kept.has_value();
            }
        }
        auto source = opened_.title->source();
        if (!source) {
            fail(source.error());
            return false;
        }
        const auto ticket = parts_.maker.segment(
            std::move(*source), part.spec, SegmentMaker::Urgency::Batch,
            [self = shared_from_this(), number](Result<std::string> bytes) { self->take(number, std::move(bytes)); });
        const std::lock_guard lock(mutex_);
        tickets_.push_back(ticket);
        return false;
    }

    void take(std::size_t number, Result<std::string> bytes) {
        auto kept = bytes ? keep(list_[number], *bytes) : Result<void>(unexpected<core::Error>(bytes.error()));
        if (!kept) {
            return fail(kept.error());
        }
        {
            const std::lock_guard lock(mutex_);
            --underWay_;
        }
        next();
    }

    Result<void> keep(const Part& part, const std::string& bytes) {
        bool look = false;
        {
            const std::lock_guard lock(mutex_);
            look = kept_++ % kLookAtRoom == 0;
        }
        auto room = look ? parts_.files.makeRoom(static_cast<std::int64_t>(bytes.size())) : Result<void>();
        return room ? parts_.files.keepPart(key_, part.name, bytes) : room;
    }

    void putTogether() {
        context_->progress(1 - 0.5 / static_cast<double>(list_.size() + 1));
        auto pieces = music_ ? musicPieces() : moviePieces();
        auto room =
            pieces ? parts_.files.makeRoom(pieces->size) : Result<void>(unexpected<core::Error>(pieces.error()));
        auto size = room ? parts_.files.finish(key_, pieces->next)
                         : Result<std::int64_t>(unexpected<core::Error>(room.error()));
        if (!size) {
            return giveUp(size.error());
        }
        ended(*size);
    }

    void ended(std::int64_t size) { done_(core::json::value(core::json::object{{"size", size}})); }

    // A part that a crash left damaged goes, and is made again at the next attempt.
    core::unexpected<core::Error> damaged(const std::string& part) {
        (void)parts_.files.keepPart(key_, part, "");
        return core::fail(ErrorCode::Io, "A part of the file was damaged. It is made again.", part);
    }

    // What the file has in the place of a part, made of its frames.
    Result<std::string> musicBytes(std::size_t number) {
        auto frames = parts_.files.part(key_, list_[number].name);
        if (!frames) {
            return damaged(list_[number].name);
        }
        auto bytes = music_->bytes(music_->pieces()[number], std::move(*frames));
        return bytes ? std::move(bytes) : Result<std::string>(damaged(list_[number].name));
    }

    Result<DownloadPieces> musicPieces() {
        std::string head = order_.wish.format == DownloadFormat::Mp3 ? id3Tag(opened_.tags) : std::string();
        head += music_->header();
        auto size = static_cast<std::int64_t>(head.size());
        for (std::size_t i = 0; i < list_.size(); ++i) {
            const auto bytes = musicBytes(i);
            if (!bytes) {
                return unexpected<core::Error>(bytes.error());
            }
            size += static_cast<std::int64_t>(bytes->size());
        }
        auto next = [self = shared_from_this(), head,
                     at = std::size_t{0}]() mutable -> Result<std::optional<DownloadFiles::Piece>> {
            if (at == self->list_.size() || self->context_->cancelled()) {
                return self->atTheEnd();
            }
            auto bytes = self->musicBytes(at++);
            if (!bytes) {
                return unexpected<core::Error>(bytes.error());
            }
            DownloadFiles::Piece piece;
            piece.bytes = std::exchange(head, {}) + *bytes;
            return std::optional(std::move(piece));
        };
        return DownloadPieces{std::move(next), size};
    }

    Result<DownloadPieces> moviePieces() {
        auto film = readMovie();
        if (!film) {
            return unexpected<core::Error>(film.error());
        }
        auto pieces = order_.wish.format == DownloadFormat::Webm
                          ? webmPieces(std::move(*film),
                                       [self = shared_from_this()](const std::string& part) {
                                           auto bytes = self->parts_.files.part(self->key_, part);
                                           return bytes ? Result<std::string>(std::move(*bytes)) : self->damaged(part);
                                       })
                          : mp4Pieces(std::move(*film));
        if (!pieces) {
            return pieces;
        }
        return DownloadPieces{[self = shared_from_this(), next = std::move(pieces->next)] {
                                  return self->context_->cancelled() ? self->atTheEnd() : next();
                              },
                              pieces->size};
    }

    Result<std::optional<DownloadFiles::Piece>> atTheEnd() const {
        if (context_->cancelled()) {
            return core::fail(ErrorCode::Cancelled, "Called off.");
        }
        return std::optional<DownloadFiles::Piece>();
    }

    Result<PartedMovie> readMovie() {
        PartedMovie film{{}, std::vector<std::vector<std::string>>(plan_.tracks.size())};
        film.movie.tags = opened_.tags;
        film.movie.chapters = opened_.chapters;
        film.movie.texts = std::move(texts_);
        for (std::size_t i = 0; i < plan_.tracks.size(); ++i) {
            film.movie.tracks.push_back(trackOf(plan_.tracks[i], i));
        }
        for (const Part& part : list_) {
            auto bytes = parts_.files.part(key_, part.name);
            MovieTrack& track = film.movie.tracks[part.track];
            if (!bytes) {
                return damaged(part.name);
            }
            if (part.spec.number == SegmentSpec::kInit) {
                (part.spec.format == SegmentFormat::WebM ? track.webmHead : track.init) = std::move(*bytes);
                continue;
            }
            auto chunk = readChunk(*bytes);
            if (!chunk) {
                return damaged(part.name);
            }
            track.chunks.push_back(std::move(*chunk));
            film.parts[part.track].push_back(part.name);
        }
        return film;
    }

    MovieTrack trackOf(const TrackSpec& spec, std::size_t number) const {
        MovieTrack track;
        const core::StreamInfo* stream = findStream(info(), spec.stream);
        track.kind = stream ? stream->kind : core::StreamKind::Audio;
        track.language = stream ? stream->language : "";
        track.title = stream ? stream->title : "";
        const bool isSound = track.kind == core::StreamKind::Audio;
        // The first of the sounds is the one that plays.
        track.isDefault = !isSound || number == 0 || (number == 1 && !isMusic(order_.wish.format));
        const TrackIndex* known = findTrack(*index_, spec.stream);
        if (isSound && known && std::holds_alternative<AudioEncoding>(spec.encoding)) {
            track.end = known->end;
        }
        return track;
    }

    void fail(const core::Error& error) {
        {
            const std::lock_guard lock(mutex_);
            if (std::exchange(isOver_, true)) {
                return;
            }
        }
        callOff();
        giveUp(error);
    }

    // What another attempt would not mend leaves nothing behind.
    void giveUp(const core::Error& error) {
        if (error.code != ErrorCode::Cancelled && (isLastAttempt_ || !worthAnotherAttempt(error.code))) {
            parts_.files.abandon(key_);
        }
        done_(unexpected<core::Error>(error));
    }

    void callOff() {
        std::vector<SegmentMaker::Ticket> tickets;
        {
            const std::lock_guard lock(mutex_);
            tickets.swap(tickets_);
        }
        for (const auto ticket : tickets) {
            parts_.maker.cancel(ticket);
        }
    }

    const DownloadJobs::Parts parts_;
    const std::string key_;
    const bool isLastAttempt_;
    const std::shared_ptr<JobContext> context_;
    const FarmRunner::Done done_;
    DownloadOrder order_;
    DownloadLibrary::Opened opened_;
    TitleStore::IndexPtr index_;
    DownloadPlan plan_;
    MusicFilePtr music_;  // of frames alone; null: a movie
    std::vector<MovieText> texts_;
    std::vector<Part> list_;

    std::mutex mutex_;  // guards all below
    std::size_t next_ = 0, underWay_ = 0, kept_ = 0;
    bool isOver_ = false;  // put together, or failed
    std::vector<SegmentMaker::Ticket> tickets_;
};

core::json::array textsOf(const std::vector<std::string>& texts) {
    core::json::array array;
    for (const std::string& text : texts) {
        array.emplace_back(text);
    }
    return array;
}

}  // namespace

std::string downloadKey(const DownloadOrder& order, const std::string& build) {
    return cacheKey({"download", build, order.media, order.fingerprint, order.wish.text()});
}

core::json::object toJson(const DownloadOrder& order) {
    return {{"user", order.user},
            {"media", order.media},
            {"file", order.file},
            {"fingerprint", order.fingerprint},
            {"name", order.name},
            {"format", name(order.wish.format)},
            {"height", order.wish.height},
            {"kbit", order.wish.kbit},
            {"audio", textsOf(order.wish.audio)},
            {"subtitles", textsOf(order.wish.subtitles)}};
}

Result<DownloadOrder> downloadOrderOf(const core::json::object& payload) {
    const core::json::value value(payload);
    core::JsonFields fields(value, "the order");
    DownloadOrder order;
    const auto text = [&](const char* name) { return fields.text(name, kLongestName).value_or(""); };
    order.user = text("user");
    order.media = text("media");
    order.file = text("file");
    order.fingerprint = text("fingerprint");
    order.name = text("name");
    auto wish =
        downloadWish("original", text("format"),
                     fields.texts("audio", kMostLanguages, kLongestLanguage).value_or(std::vector<std::string>()),
                     fields.texts("subtitles", kMostLanguages, kLongestLanguage).value_or(std::vector<std::string>()));
    const auto height = fields.integer("height", 0, 4320), kbit = fields.integer("kbit", 0, 1000);
    auto done = fields.finish();
    if (!done || !wish) {
        return unexpected<core::Error>(done ? wish.error() : done.error());
    }
    order.wish = std::move(*wish);
    order.wish.height = static_cast<int>(height.value_or(0));
    order.wish.kbit = static_cast<int>(kbit.value_or(0));
    return order;
}

NewJob DownloadJobs::job(const DownloadOrder& order, const std::string& key) {
    NewJob job;
    job.kind = kKind;
    job.key = key;
    job.userId = order.user;
    job.priority = JobPriority::Download;
    job.maxAttempts = kAttempts;
    job.payload = toJson(order);
    return job;
}

FarmRunner::Handler DownloadJobs::handler() {
    return [parts = parts_](const Job& job, std::shared_ptr<JobContext> context, FarmRunner::Done done) {
        std::make_shared<DownloadMaking>(parts, job, std::move(context), std::move(done))->start();
    };
}

}  // namespace marea::server

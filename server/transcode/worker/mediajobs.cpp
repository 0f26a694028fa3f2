#include "server/transcode/worker/mediajobs.h"

#include <new>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "server/pipeline/picture.h"
#include "server/pipeline/probe.h"
#include "server/pipeline/subtitlesofmedia.h"
#include "server/transcode/worker/sandbox.h"

namespace marea::server {
namespace {

using core::ErrorCode;

constexpr std::int64_t smallJobMemory = 1LL << 30;

template <class Made, class T>
Reply replyOf(JobId job, core::Result<T> result) {
    return result ? Reply(Made{job, std::move(*result)}) : refusal(job, result.error());
}

// Needs no file kept open: not even a subtitle file, which would take the place of its film.
bool isSmall(const Request& request) {
    const auto* subtitles = std::get_if<SubtitleRequest>(&request);
    return std::holds_alternative<ProbeRequest>(request) || std::holds_alternative<ImageRequest>(request) ||
           (subtitles && subtitles->wish.stream < 0);
}

Reply answer(const IndexRequest& request, SegmentSession& session) {
    return replyOf<IndexReply>(request.job, session.index(request.depth));
}

Reply answer(const SegmentRequest& request, SegmentSession& session) {
    return replyOf<SegmentReply>(request.job, session.segment(request.spec));
}

Reply answer(const LadderRequest& request, SegmentSession& session) {
    return replyOf<LadderReply>(request.job, session.ladder(request.spec));
}

Reply answer(const QualityRequest& request, SegmentSession& session) {
    return replyOf<QualityReply>(request.job, session.qualities(request.spec));
}

Reply answer(const SubtitleRequest& request, SegmentSession& session) {
    return replyOf<SubtitleReply>(request.job, session.subtitles(request.wish));
}

Reply answer(const SpriteRequest& request, SegmentSession& session) {
    return replyOf<ImageReply>(request.job, session.sprites(request.wish));
}

Reply answer(const LoudnessRequest& request, SegmentSession& session) {
    return replyOf<LoudnessReply>(request.job, session.loudness(request.wish));
}

template <class Other>
Reply answer(const Other& request, SegmentSession&) {
    return refusal(request.job, core::Error{ErrorCode::Unprocessable, "no such job yet", "Not supported yet"});
}

// What a large job took goes back to the system, not to the next job.
void trimMemory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

}  // namespace

MediaJobs::MediaJobs() : ballast_(static_cast<std::size_t>(SandboxLimits{}.memory - smallJobMemory)) {}

void MediaJobs::rest() {
    if (!warm_.session)
        return;
    warm_.session.reset();  // before its file
    warm_ = Warm();
    trimMemory();
}

Reply MediaJobs::handle(const Request& request, core::FileHandle& file) {
    return isSmall(request) ? handleSmall(request, file) : handleLong(request, file);
}

Reply MediaJobs::handleSmall(const Request& request, const core::FileHandle& file) {
    if (!ballast_.load()) {
        rest();
        ballast_.load();
    }
    auto source = MediaSource::open(file.get(), nameOf(request), file.seal());
    if (!source)
        return refusal(jobOf(request), source.error());
    if (const auto* wanted = std::get_if<ImageRequest>(&request))
        return replyOf<ImageReply>(wanted->job, imageOfMedia(*source, wanted->maxEdge));
    if (const auto* wanted = std::get_if<SubtitleRequest>(&request))
        return replyOf<SubtitleReply>(wanted->job, webVttOfFile(*source, wanted->wish.language));
    return replyOf<ProbeReply>(jobOf(request), probeMedia(*source));
}

// A file that was kept open is opened anew after a failure, and the job tried once more: what it depends on is the
// file, not what was done with it before, nor the memory that this took.
Reply MediaJobs::handleLong(const Request& request, core::FileHandle& file) {
    ballast_.unload();
    const auto source = MediaSource::open(file.get(), nameOf(request), file.seal());
    const bool reused = source && isWarm(*source);
    Reply reply = tryLong(request, file);
    const auto* failure = std::get_if<FailureReply>(&reply);
    if (reused && failure && failure->code != ErrorCode::Cancelled)
        reply = tryLong(request, file);
    return reply;
}

Reply MediaJobs::tryLong(const Request& request, core::FileHandle& file) {
    Reply reply = refusal(jobOf(request), {ErrorCode::Corrupt, "bad_alloc", "The file needs too much memory"});
    try {
        auto opened = MediaSource::open(file.get(), nameOf(request), file.seal()).and_then([&](MediaSource source) {
            source.setUnwanted(unwanted_);
            return session(std::move(source), file);
        });
        const auto added = opened ? addBeside(**opened, besideOf(request)) : core::unexpected(opened.error());
        reply = added ? std::visit([&](const auto& r) { return answer(r, **opened); }, request)
                      : refusal(jobOf(request), added.error());
    } catch (const std::bad_alloc&) {
    }
    // What was called off left the session whole.
    const auto* failure = std::get_if<FailureReply>(&reply);
    if (failure && failure->code != ErrorCode::Cancelled)
        rest();
    return reply;
}

// The files stay the request's: they may be needed again, by a session that is opened anew.
core::Result<void> MediaJobs::addBeside(SegmentSession& session, const BesideFiles* wish) {
    if (!wish)
        return {};
    auto opened = PicturesBeside::open(beside_, wish->stream, wish->track);
    if (!opened)
        return core::unexpected(opened.error());
    session.setBeside(std::move(*opened));
    return {};
}

core::Result<SegmentSession*> MediaJobs::session(MediaSource source, core::FileHandle& file) {
    if (isWarm(source))
        return warm_.session.get();
    rest();
    const MediaSource::Identity identity = source.identity();
    auto opened = SegmentSession::open(std::move(source), making_);
    if (!opened)
        return core::unexpected(opened.error());
    warm_ = Warm{std::move(file), identity, std::move(*opened)};
    return warm_.session.get();
}

}  // namespace marea::server

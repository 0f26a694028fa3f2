#include "server/apps/library/playbackhandlers.h"

#include <algorithm>
#include <cmath>

#include "core/base/jsonfields.h"
#include "server/apps/library/delivery.h"
#include "server/apps/library/librarytitles.h"
#include "server/apps/library/playbackjson.h"
#include "server/apps/library/playbackplan.h"
#include "server/apps/library/protectedplan.h"
#include "server/apps/licence/licencegate.h"
#include "server/stream/spriteplan.h"

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

constexpr double longest = 1e7;            // seconds
constexpr double longestAway = 316224000;  // ten years

Response problemOf(const Error& error) {
    Response response = sourceProblem(error);
    if (error.code == ErrorCode::Busy) {
        response.headers.set("Retry-After", error.detail.empty() ? "30" : error.detail);  // see mayStream()
    }
    return response;
}

// With what programs go by, where an owner ended it: to play on would be against that.
Response endedProblem(const Error& error, const std::optional<std::string>& message) {
    Response response = problemOf(error);
    if (!message) {
        return response;
    }
    core::json::object problem = core::json::parse(std::get<std::string>(response.body)).get_object();
    problem["code"] = kEndedByOwner;
    problem["message"] = *message;
    response.body = core::json::serialize(problem);
    return response;
}

double startOf(const PlaybackRequest& request, const UserState& state, const ItemFile& file) {
    const double start = request.start.value_or(state.position);
    return file.info.duration > 0 ? std::min(start, file.info.duration) : start;
}

PlaybackSession newSession(const Principal& who, const ItemDetail& item, const PlaybackPlan& plan,
                           const PlaybackDelivery& delivery) {
    const ItemFile& file = item.files[plan.file];
    PlaybackSession session;
    session.userId = who.userId;
    session.loginId = who.sessionId;
    session.mediaId = item.id;
    session.kind = item.kind;
    session.path = delivery.path;
    session.mode = name(delivery.mode);
    session.duration = file.info.duration > 0 ? file.info.duration : item.duration;
    session.creditsStart =
        core::library::creditsStart(file.info.chapters.empty() ? item.chapters : file.info.chapters, session.duration);
    return session;
}

// A protected title leaves in segments, whatever the client could take.
Decision encrypted(Decision decision) {
    for (auto* stream : {&decision.video, &decision.audio}) {
        if (*stream && (*stream)->mode == DeliveryMode::Direct) {
            (*stream)->mode = DeliveryMode::Remux;
            (*stream)->because(reasons::isProtected());
        }
    }
    decision.mode = std::max(decision.mode, DeliveryMode::Remux);
    return decision;
}

// How soon it should begin. A picture that could be copied is encoded where its keyframes are not known: only one that
// any machine encodes as fast as it plays, and of which nothing is lost that one would see.
IndexDepth startingDepth(const Decision& decision, const core::MediaInfo& file) {
    constexpr int mostPixels = 1920 * 1088;
    constexpr double mostPictures = 61;  // a second
    const core::StreamInfo* picture = decision.video ? findStream(file, decision.video->index) : nullptr;
    if (!picture || decision.video->mode == DeliveryMode::Transcode) {
        return IndexDepth::Soonest;
    }
    const bool isEasy = std::int64_t{picture->width} * picture->height <= mostPixels &&
                        picture->frameRate <= mostPictures && picture->hdr == core::HdrKind::None;
    return isEasy ? IndexDepth::Soonest : IndexDepth::Whole;
}

struct Report {
    double position = 0;
    bool playing = false, stopped = false;
};

Result<Report> parseReport(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("position");
    fields.require("state");
    Report report;
    report.position = fields.number("position", 0, longest).value_or(0);
    const std::string state = fields.text("state", 16).value_or("");
    report.stopped = state == "stopped";
    report.playing = state == "playing";
    if (!report.stopped && !report.playing && state != "paused") {
        fields.wrong("state", "must be playing, paused or stopped");
    }
    if (auto done = fields.finish(); !done) {
        return unexpected<Error>(done.error());
    }
    return report;
}

Result<UserChange> parseChange(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    UserChange change;
    const core::json::value* rating = fields.raw("rating");
    if (rating && rating->is_null()) {
        change.rating = 0;
    } else if (const auto stars = fields.integer("rating", 1, 10)) {
        change.rating = static_cast<int>(*stars);
    }
    change.position = fields.number("position", 0, longest);
    change.watched = fields.boolean("watched");
    change.favourite = fields.boolean("favourite");
    change.secondsAgo = fields.number("seconds_ago", 0, longestAway);
    if (fields.empty()) {
        fields.wrong("", "must change something");
    }
    if (auto done = fields.finish(); !done) {
        return unexpected<Error>(done.error());
    }
    return change;
}

}  // namespace

// What was asked for, under the profile that was named, or the default one.
Result<PlaybackRequest> PlaybackHandlers::wish(const Request& request) const {
    auto wanted = parsePlaybackRequest(request.body);
    if (!wanted || (!profiles_ && wanted->profileName.empty())) {
        return wanted;
    }
    const std::string& name = wanted->profileName;
    auto profile = profiles_ ? profiles_(name.empty() ? kDefaultProfile : name) : nullptr;
    if (!profile) {
        return fail(ErrorCode::Unprocessable, "There is no profile \"" + name + "\" on this server.");
    }
    return underProfile(std::move(*wanted), std::move(profile));
}

Result<PlaybackHandlers::Asked> PlaybackHandlers::understood(const Request& request) {
    auto wanted = wish(request);
    if (!wanted) {
        return unexpected<Error>(wanted.error());
    }
    auto item = media_.item(request.principal->userId, core::Id(request.param("id")));
    if (!item) {
        return unexpected<Error>(item.error());
    }
    const auto schemes = media_.protection(item->id);
    if (!schemes) {
        return unexpected<Error>(schemes.error());
    }
    std::optional<ProtectionKind> kind;
    if (*schemes) {
        auto protection = planProtected(*item, wanted->client, **schemes, service_.options().outside);
        if (!protection) {
            return unexpected<Error>(protection.error());
        }
        kind = protection->kind;
        wanted->client = std::move(protection->client);
    }
    auto plan = planPlayback(*item, *wanted);
    if (!plan) {
        return unexpected<Error>(plan.error());
    }
    return Asked{
        *request.principal, request.requestId, std::move(*wanted), std::move(*item), std::move(*plan), kind, {}};
}

void PlaybackHandlers::start(const Request& request, SharedReply reply) {
    auto asked = understood(request);
    if (!asked) {
        return (*reply)(problemOf(asked.error()));
    }
    if (asked->plan.decision.mode == DeliveryMode::Direct && !asked->protection) {
        return (*reply)(begin(*asked, directDelivery(asked->item.files[asked->plan.file], asked->plan)));
    }
    const bool segments = takesSegments(asked->wanted.client);
    const bool asFile = streams_ && !asked->protection;
    const auto music = asFile ? musicTrack(asked->item, asked->wanted, asked->plan) : std::nullopt;
    if (music && (!segments || prefersFile(asked->item, asked->wanted, asked->plan, *music))) {
        return (*reply)(begin(*asked, musicDelivery(asked->item, asked->plan, *music)));
    }
    if (!streams_ || !segments) {
        return (*reply)(needsConversion(asked->plan.decision, asked->requestId));
    }
    convert(std::move(*asked), request.client, std::move(reply));
}

Response PlaybackHandlers::plan(const Request& request) {
    const auto asked = understood(request);
    if (!asked) {
        return problemOf(asked.error());
    }
    const Decision& decision = asked->plan.decision;
    return Response::json(200, planJson(asked->item.files[asked->plan.file],
                                        asked->protection ? encrypted(decision) : decision, spritesMade(*asked)));
}

// Where the list of thumbnails is; "" before they were made where looking at a title makes nothing.
std::string PlaybackHandlers::spritesMade(const Asked& asked) {
    const ItemFile& file = asked.item.files[asked.plan.file];
    if (!streams_ || spritePlan(file.info).tiles == 0) {
        return {};
    }
    const auto made = [&] {
        auto opened = media_.openFile(asked.who.userId, file.id);
        return opened && streams_->hasSprites(streamTitle(asked.who.userId, asked.item, file, std::move(*opened)));
    };
    return service_.options().picturesOnSight || made()
               ? spritesPath(file, service_.streamBase(asked.who.sessionId, asked.item.id))
               : std::string();
}

void PlaybackHandlers::convert(Asked asked, const std::shared_ptr<ClientWatch>& client, SharedReply reply) {
    const ItemFile& file = asked.item.files[asked.plan.file];
    auto opened = media_.openFile(asked.who.userId, file.id);
    if (!opened) {
        return (*reply)(problemOf(opened.error()));
    }
    asked.title =
        std::make_shared<const StreamTitle>(streamTitle(asked.who.userId, asked.item, file, std::move(*opened)));
    const auto shared = std::make_shared<const Asked>(std::move(asked));
    convert(shared, {shared->title, client, startingDepth(shared->plan.decision, shared->title->info)},
            std::move(reply));
}

void PlaybackHandlers::convert(const AskedPtr& asked, const IndexWish& wish, SharedReply reply) {
    streams_->index(wish, [this, asked, wish, reply](Result<TitleStore::IndexPtr> index) {
        if (index && !isEnough(*asked, **index)) {
            return convert(asked, {wish.title, wish.client, IndexDepth::Whole}, reply);
        }
        (*reply)(index ? converted(*asked, **index) : problemOf(index.error()));
    });
}

// Whether one may begin with it: without keyframes the picture is encoded, which has to be possible.
bool PlaybackHandlers::isEnough(const Asked& asked, const MediaIndex& index) {
    if (index.isWhole) {
        return true;
    }
    const bool encodesMore = asked.plan.decision.mode != DeliveryMode::Transcode;
    return (!encodesMore || service_.mayEncode(asked.who.userId)) &&
           segmentDelivery(asked.item, asked.wanted, asked.plan, index, 0).has_value();
}

Response PlaybackHandlers::converted(const Asked& asked, const MediaIndex& index) {
    const auto state = service_.state(asked.who.userId, asked.item.id);
    if (!state) {
        return problemOf(state.error());
    }
    const double start = startOf(asked.wanted, *state, asked.item.files[asked.plan.file]);
    const auto isMade = [&](const std::string& rendition, SegmentFormat format, int number) {
        return streams_->isMade({asked.title, {}, rendition, format, number});
    };
    auto delivery = segmentDelivery(asked.item, asked.wanted, asked.plan, index, toTicks(start), isMade);
    if (!delivery) {
        return problemOf(delivery.error());
    }
    if (asked.protection) {
        delivery->protection = asked.protection;
        delivery->outside = systemsFor(*asked.protection, delivery->protocol);
        delivery->path = protectedPath(*asked.protection) + delivery->path;
    }
    return begin(asked, *delivery, &index);
}

std::vector<OutsideSystem> PlaybackHandlers::systemsFor(const ProtectionKind& kind, const std::string& protocol) const {
    auto systems = kind.outside ? service_.options().outside.of(kind.scheme) : std::vector<OutsideSystem>();
    std::erase_if(systems, [&](OutsideSystem system) { return protocol == "dash" && !isInDash(system); });
    return systems;
}

Result<void> PlaybackHandlers::mayBegin(const Asked& asked) {
    const bool byItself = asked.protection && !asked.protection->licence;
    return byItself && gate_ != nullptr ? gate_->check({asked.who, asked.item.id, true}) : Result<void>();
}

Response PlaybackHandlers::begin(const Asked& asked, const PlaybackDelivery& delivery, const MediaIndex* index) {
    const Principal& who = asked.who;
    if (const auto may = mayBegin(asked); !may) {
        return problemOf(may.error());
    }
    const auto state = service_.state(who.userId, asked.item.id);
    if (!state) {
        return problemOf(state.error());
    }
    PlaybackSession wish = newSession(who, asked.item, asked.plan, delivery);
    wish.position = startOf(asked.wanted, *state, asked.item.files[asked.plan.file]);
    const auto session = service_.begin(std::move(wish));
    if (!session) {
        return problemOf(session.error());
    }
    if (index) {  // by the time that the player has read its playlists, the first segments are on their way
        streams_->prepare(asked.title, who.sessionId, *index, delivery.renditions, delivery.format,
                          toTicks(session->position));
    }
    const PlaybackUrls urls{service_.streamUrl(*session), service_.streamBase(*session),
                            media_.artworkUrl(asked.item, who.sessionId)};
    return Response::json(201, playbackJson(asked.item, asked.wanted, asked.plan, delivery, *session, urls));
}

Response PlaybackHandlers::report(const Request& request) {
    const auto report = parseReport(request.body);
    if (!report) {
        return problemOf(report.error());
    }
    const core::Id id(request.param("id"));
    const core::Id& user = request.principal->userId;
    if (report->stopped) {
        leave(id, user);
        const auto ended = service_.end(id, user, report->position);
        return ended ? Response::empty() : problemOf(ended.error());
    }
    const auto reported = service_.report(id, user, report->position, report->playing);
    if (!reported) {
        return endedProblem(reported.error(), service_.endedMessage(id));
    }
    if (!reported->renewedUrl) {
        return Response::empty();
    }
    return Response::json(200, core::json::object{{"expires_at", reported->expiresAt}, {"url", *reported->renewedUrl}});
}

// What was being made ahead for it is for nobody any more.
void PlaybackHandlers::leave(const core::Id& id, const core::Id& user) {
    const auto session = service_.find(id);
    if (streams_ && session && session->userId == user) {
        streams_->leave(session->loginId, session->mediaId);
    }
}

Response PlaybackHandlers::end(const Request& request) {
    const core::Id id(request.param("id"));
    const core::Id& user = request.principal->userId;
    leave(id, user);
    const auto ended = service_.end(id, user, std::nullopt);
    return ended ? Response::empty() : problemOf(ended.error());
}

Response LibraryHandlers::list(const Request& request) {
    const auto query = parseLibraryQuery(request);
    if (!query) {
        return problemOf(query.error());
    }
    const Principal& who = *request.principal;
    const auto page = service_.list(media_.viewer(who.userId), *query);
    const auto items = page ? media_.items(who.userId, page->ids) : unexpected<Error>(page.error());
    if (!items) {
        return problemOf(items.error());
    }
    core::json::array list;
    for (const Item& item : *items) {
        list.push_back(media_.toJson(item, who.sessionId));
    }
    const core::json::value next =
        page->nextCursor.empty() ? core::json::value(nullptr) : core::json::value(page->nextCursor);
    return Response::json(200, core::json::object{{"items", std::move(list)}, {"next_cursor", next}});
}

Response LibraryHandlers::change(const Request& request) {
    const auto change = parseChange(request.body);
    if (!change) {
        return problemOf(change.error());
    }
    const LibraryActor who{request.principal->userId, request.principal->sessionId};
    const core::Id media(request.param("media_id"));
    if (const auto item = media_.item(who.userId, media); !item) {
        return problemOf(item.error());
    }
    const auto state = service_.change(who, media, *change);
    return state ? Response::json(200, userStateJson(media, *state)) : problemOf(state.error());
}

}  // namespace marea::server

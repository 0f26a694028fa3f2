#include "server/apps/events/events.h"

#include <chrono>

#include "server/farm/downloadjobs.h"

namespace marea::server {

namespace json = core::json;
using core::Id;

namespace {

constexpr std::chrono::milliseconds kLookEvery{500};
constexpr int kProgressRounds = 2, kOthersRounds = 6;  // every second; every three seconds
constexpr std::int64_t kMostJobs = 200;

// The hub as the way to players. Weak: the hub tells the remote control of answers.
class HubLink final : public PlayerLink {
public:
    explicit HubLink(std::weak_ptr<EventHub> hub) : hub_(std::move(hub)) {}
    bool send(const Id& user, const Id& device, const std::string& call, const json::object& message) override {
        const auto hub = hub_.lock();
        return hub && hub->command(user, device, "remote:" + call, message);
    }

private:
    const std::weak_ptr<EventHub> hub_;
};

json::object sessionNews(const PlaybackSession& session, bool ended) {
    return {{"type", "session"},
            {"state", ended ? "ended" : "playing"},
            {"session_id", session.id},
            {"device_id", session.loginId},
            {"media_id", session.mediaId},
            {"position", session.position},
            {"duration", session.duration},
            {"mode", session.mode}};
}

}  // namespace

Events::Events(Parts parts)
    : parts_(std::move(parts)),
      hub_(std::make_shared<EventHub>(std::make_shared<DatabaseEventLog>(parts_.database), parts_.pool.executor(),
                                      parts_.logger)),
      remote_(std::make_shared<RemoteControl>(std::make_shared<HubLink>(hub_), parts_.clock)),
      noticed_(parts_.database, [hub = hub_] { hub->logGrew(); }),
      downloads_(parts_.database) {
    hub_->onResult(
        [remote = remote_](const Id& device, const PlayerMessage& result) { remote->result(device, result); });
    hub_->onGone([remote = remote_](const Id& device) { remote->gone(device); });
    parts_.identity.onSignedOut([hub = hub_](const Id& device) { hub->signedOut(device); });
}

Events::~Events() {
    stop();
}

void Events::start(JobQueue& jobs) {
    jobs_ = &jobs;
    progress_.beginAt(parts_.clock->now());
    thread_ = std::thread([this] { run(); });
}

void Events::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Events::run() {
    std::unique_lock lock(mutex_);
    for (int round = 1; !wake_.wait_for(lock, kLookEvery, [this] { return stopping_; }); ++round) {
        lock.unlock();
        look(round);
        lock.lock();
    }
}

void Events::look(int round) {
    remote_->expire();
    if (catalogueChanged_.exchange(false)) {
        hub_->tellAll("catalogue", json::object{{"type", "catalogue"}});
    }
    const bool somebody = hub_->anybody();
    if (!somebody) {  // who comes before the next look is told of all that is finished after this one
        progress_.beginAt(parts_.clock->now());
    }
    if (somebody && round % kProgressRounds == 0) {
        tellProgress();
    }
    if (somebody && round % kOthersRounds == 0) {  // what other processes did
        hub_->closeUnless([this](const Id& device) { return parts_.identity.signedIn(device).has_value(); });
        hub_->logGrew();
    }
}

void Events::tellProgress() {
    auto looked = jobs_->recent(progress_.since(), kMostJobs);
    if (!looked) {
        parts_.logger->warning("events.jobs_not_read", {{"detail", looked.error().detail}});
        return;
    }
    for (const Job& job : progress_.changed(std::move(*looked))) {
        hub_->tellOwners("job:" + job.id, jobNews(job));
        if (job.kind != DownloadJobs::kKind) {
            continue;
        }
        const auto rows = downloads_.withKey(job.key);
        for (const DownloadRow& row : rows ? *rows : std::vector<DownloadRow>{}) {
            hub_->tell(row.userId, "download:" + row.id, downloadNews(row.id, row.mediaId, job));
        }
    }
}

void Events::session(const PlaybackSession& session, bool ended) {
    hub_->tell(session.userId, "session:" + session.id, sessionNews(session, ended));
}

void Events::synced(const Id& user, const Id& device, std::uint64_t place) {
    hub_->tell(user, "sync",
               json::object{{"type", "sync"}, {"device_id", device}, {"place", static_cast<std::int64_t>(place)}});
}

void Events::signedOut(const Id& login) {
    hub_->signedOut(login);
}

void Events::sessionStopped(const PlaybackSession& session, const std::string& reason, const std::string& message) {
    json::object news = sessionNews(session, true);
    news["reason"] = reason;
    news["code"] = kEndedByOwner;
    news["message"] = message;
    hub_->tell(session.userId, "session:" + session.id, news);
}

}  // namespace marea::server

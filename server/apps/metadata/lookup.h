#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/metadata/matchstore.h"
#include "server/apps/metadata/provider.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/outbound/outbound.h"

namespace marea::server {

// Looks up what files do not say of films, series, albums and artists, in the background, one after another; and lets
// owners put right what was found. What is shown: what an owner says, else the files, else what was looked up.
class MetadataLookup {
public:
    using Providers = std::vector<std::unique_ptr<MetadataProvider>>;
    struct Parts {
        core::db::Database& database;
        Catalog& catalog;
        Outbound& outbound;
        WorkPool& pool;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
    };
    // What it is given outlives it. Without providers it looks up nothing.
    MetadataLookup(Parts parts, Providers providers)
        : parts_(std::move(parts)), providers_(std::move(providers)), store_(parts_.database) {}
    void addRoutes(Router& router);

    // Goes on, if nothing is under way. Every few seconds, of a server that runs; does not block. Before the first time
    // nothing is looked up: what is asked for waits in the database for the next server that runs.
    void maintain();
    void catalogueChanged() { again_ = true; }  // any thread
    void stop() { stopped_ = true; }            // what is under way ends, and nothing begins

private:
    struct Work;  // one item on its way
    using Shared = std::shared_ptr<Work>;

    void goOn();
    void step();
    void search(const Shared& work);
    void searched(const Shared& work, core::Result<std::vector<MatchCandidate>> found);
    void fetch(const Shared& work);
    void fetched(const Shared& work, const core::Result<ProvidedFacts>& facts);
    void fetchPicture(const Shared& work, const ProvidedFacts& facts);
    void provide(const Shared& work);
    void nameByTags(LookupItem& item) const;
    void later(const Shared& work, std::function<void()> task);
    MetadataProvider* providerFor(std::string_view kind) const;
    std::vector<std::string> kindsNow();
    void pause(const MetadataProvider& provider, const core::Error& why);

    Response state(const Request& request);
    Response refresh(const Request& request);
    Response match(const Request& request);
    Response shown(const core::Id& id);
    void forget(const Request& request, Reply reply);
    void choose(const Request& request, Reply reply);
    void searchAgain(const Request& request, Reply reply);
    core::Result<Shared> asked(const core::Id& id) const;
    void background(const Shared& work, const core::Result<void>& done);
    core::Result<void> save(const Work& work, const char* state, const std::string& externalId);

    struct Pause {
        core::TimeMs until = 0;
        std::string problem;
    };
    Parts parts_;
    Providers providers_;
    MatchStore store_;
    std::atomic<std::int64_t> after_ = 0;  // up to where all were looked at
    std::atomic<bool> again_ = false;      // from the beginning, when it comes to the end
    std::atomic<bool> busy_ = false, stopped_ = false, runs_ = false;
    std::mutex mutex_;
    std::map<std::string, Pause, std::less<>> pauses_;  // providers that cannot be asked
};

}  // namespace marea::server

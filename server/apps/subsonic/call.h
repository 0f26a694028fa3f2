#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/catalog/librarystore.h"
#include "server/apps/library/playbackservice.h"
#include "server/apps/library/soundfiles.h"
#include "server/apps/subsonic/answer.h"
#include "server/apps/subsonic/entries.h"
#include "server/apps/subsonic/nowplaying.h"
#include "server/apps/subsonic/pagemarks.h"
#include "server/apps/subsonic/parameters.h"
#include "server/gateway/auditor.h"
#include "server/gateway/http.h"
#include "server/gateway/routepolicy.h"

namespace marea::server::subsonic {

struct Person {
    std::string name, role;
};

// What endpoints work with. What it refers to outlives it.
struct Parts {
    core::db::Database& database;
    Catalog& catalog;
    PlaybackService& playback;
    SoundFiles& sounds;
    std::shared_ptr<const core::Clock> clock;
    ServerName server;
    std::function<core::Result<std::vector<Person>>()> people;  // everybody who has an account
    // Somebody's player says that it plays that now. Must not block.
    std::function<void(const core::Id& user, const core::Id& media)> began = {};
    // How many milliseconds somebody has to wait who asks too often; null: nobody has to. Any thread.
    std::function<std::optional<std::int64_t>(const core::Id& user, const std::string& peer, RateClass rate)> wait = {};
    std::function<void(AuditedRequest)> audit = {};  // what owners change; null: it is not recorded. Any thread.
    PageMarks marks = PageMarks();
    NowPlaying playing = NowPlaying();
};

// One call of an endpoint by somebody who logged in.
struct Call {
    Parts& parts;
    const Parameters& parameters;
    const Request& request;  // with its principal
    std::string client;      // the program's name, as it says

    const Principal& who() const { return *request.principal; }
    LibraryActor actor() const { return {who().userId, who().sessionId}; }

    Viewer viewer() const { return parts.catalog.viewer(who().userId); }
    core::Result<std::vector<LibraryRow>> libraries() const;  // that they see

    // Runs a query of lists as the asking user's.
    template <class T>
    core::Result<T> read(const std::function<core::Result<T>(MusicLists&)>& query) const {
        return parts.database.readValue<T>([&](core::db::Session& session) {
            MusicLists lists(session, viewer());
            return query(lists);
        });
    }
    MusicLists::Ids ids(const std::function<MusicLists::Ids(MusicLists&)>& query) const {
        return read<std::vector<core::Id>>(query);
    }
    // Items with what stands beside them, in the order of the ids; what is not there (any more) is left out.
    core::Result<std::vector<Entry>> entries(const std::vector<core::Id>& ids) const;
    core::Result<std::vector<Entry>> entries(const MusicLists::Ids& ids) const;
    core::Result<Entry> entry(const core::Id& id, std::span<const char* const> kinds) const;
    // Songs in the order of the ids, parts of audiobooks among them; what is neither is left out.
    core::Result<std::vector<Entry>> songs(const std::vector<core::Id>& ids) const;
    core::Result<Entry> song(const core::Id& id) const;
    core::Result<std::vector<Entry>> partsOf(const Entry& book) const;
    core::Result<core::Id> library() const;  // of musicFolderId; empty: all
};

using Done = core::Result<void>;
// Adds what it has to say to the answer.
using Handler = Done (*)(const Call&, Element& answer);
// Answers with bytes, when it can. A problem document becomes the protocol's own kind of failure.
using BytesHandler = void (*)(const Call&, const SharedReply& reply);

struct Endpoint {
    const char* name;
    Handler handler = nullptr;
    BytesHandler bytes = nullptr;
    bool ownersOnly = false;
    bool open = false;            // without a log-in; says nothing of people or music
    const char* audit = nullptr;  // what the audit log calls it; null: it is not there
    RateClass rate = RateClass::Usual;
};
// All of them.
std::span<const Endpoint> endpoints();
const Endpoint* endpoint(std::string_view name);

std::vector<Element> elements(const std::vector<Entry>& entries, Element (*element)(const Entry&));

// A small number for a library, which is what the protocol wants; the same as long as the library is there.
std::int64_t folderNumber(const core::Id& library);

}  // namespace marea::server::subsonic

#include "server/apps/metadata/musicbrainz.h"

#include <algorithm>

#include "core/base/id.h"
#include "server/apps/metadata/answerjson.h"
#include "server/apps/metadata/asking.h"
#include "server/outbound/place.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr std::size_t kMostGenres = 5;

const char* entityOf(std::string_view kind) {
    return kind == "artist" ? "artist" : "release-group";
}

// In quotes, as Lucene has them.
std::string quoted(std::string_view text) {
    std::string safe = "\"";
    for (const char c : text.substr(0, 300)) {
        safe += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return safe + "\"";
}

std::string creditOf(const json::object& object) {
    std::string names;
    for (const json::object* credit : objectsAt(object, "artist-credit")) {
        const std::string joint = textAt(*credit, "joinphrase", 50);
        names += textAt(*credit, "name") + (joint.empty() ? "" : " " + joint + " ");
    }
    return names;
}

std::string detailOf(const json::object& object) {
    std::string detail;
    for (const char* name : {"primary-type", "type", "country", "disambiguation"}) {
        const std::string part = textAt(object, name, 200);
        detail += part.empty() ? "" : (detail.empty() ? "" : ", ") + part;
    }
    return detail;
}

MatchCandidate candidateFrom(const json::object& object, const Wanted& wanted) {
    const bool artist = wanted.kind == "artist";
    MatchCandidate candidate;
    candidate.id = textAt(object, "id");
    candidate.title = textAt(object, artist ? "name" : "title");
    candidate.artist = artist ? std::string() : creditOf(object);
    candidate.year = artist ? 0 : yearOf(textAt(object, "first-release-date"));
    candidate.detail = detailOf(object);
    candidate.named = !wanted.musicBrainz.empty();
    return candidate;
}

}  // namespace

std::string musicBrainzQuery(const Wanted& wanted) {
    const bool artist = wanted.kind == "artist";
    if (!wanted.musicBrainz.empty()) {
        return (artist ? "arid:" : "reid:") + wanted.musicBrainz;
    }
    return artist ? "artist:" + quoted(wanted.title)
                  : "releasegroup:" + quoted(wanted.title) +
                        (wanted.artist.empty() ? "" : " AND artist:" + quoted(wanted.artist));
}

Result<std::vector<MatchCandidate>> musicBrainzCandidates(const Wanted& wanted, std::string_view body) {
    const auto object = answerObject(body);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    std::vector<MatchCandidate> candidates;
    for (const json::object* one : objectsAt(*object, wanted.kind == "artist" ? "artists" : "release-groups")) {
        MatchCandidate candidate = candidateFrom(*one, wanted);
        if (core::isId(candidate.id) && !candidate.title.empty()) {
            candidates.push_back(std::move(candidate));
        }
    }
    return candidates;
}

Result<ProvidedFacts> musicBrainzFacts(std::string_view body) {
    const auto object = answerObject(body);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    ProvidedFacts facts;
    facts.year = yearOf(textAt(*object, "first-release-date"));
    auto genres = objectsAt(*object, "genres");
    std::stable_sort(genres.begin(), genres.end(), [](const json::object* a, const json::object* b) {
        return numberAt(*a, "count").value_or(0) > numberAt(*b, "count").value_or(0);
    });
    for (const json::object* genre : genres) {
        const std::string name = textAt(*genre, "name", 100);
        if (!name.empty() && facts.genres.size() < kMostGenres) {
            facts.genres.push_back(name);
        }
    }
    return facts;
}

void MusicBrainz::search(const Wanted& wanted, Done<std::vector<MatchCandidate>> done) {
    const std::string url = joinedUrl(options_.url, {entityOf(wanted.kind)}) +
                            queryText({{"query", musicBrainzQuery(wanted)}, {"fmt", "json"}, {"limit", "10"}});
    askFor(outbound_, url, {}, [wanted, done = std::move(done)](Result<std::string> body) {
        done(body ? musicBrainzCandidates(wanted, *body) : core::unexpected<core::Error>(body.error()));
    });
}

void MusicBrainz::fetch(const std::string& kind, const std::string& id, Done<ProvidedFacts> done) {
    const std::string url =
        joinedUrl(options_.url, {entityOf(kind), id}) + queryText({{"inc", "genres"}, {"fmt", "json"}});
    const std::string picture =
        kind == "album" ? joinedUrl(options_.coverArtUrl, {"release-group", id, "front-500"}) : std::string();
    askFor(outbound_, url, {}, [picture, done = std::move(done)](Result<std::string> body) {
        auto facts = body ? musicBrainzFacts(*body) : core::unexpected<core::Error>(body.error());
        if (facts && !picture.empty()) {
            facts->picture = picture;
            facts->pictureHosts = {"archive.org", ".archive.org"};
        }
        done(std::move(facts));
    });
}

}  // namespace marea::server

#include "server/apps/metadata/tmdb.h"

#include <algorithm>

#include "server/apps/metadata/answerjson.h"
#include "server/apps/metadata/asking.h"
#include "server/outbound/place.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr std::size_t kMostGenres = 10, kLongestOverview = 8 * 1024;

const char* entityOf(std::string_view kind) {
    return kind == "series" ? "tv" : "movie";
}

// A token of v4 is a JWT and goes into a field; a key of v3 is hexadecimal and has no other place than the address.
bool isToken(const std::string& key) {
    return key.find('.') != std::string::npos;
}

// "/abc.jpg", and nothing that leads elsewhere.
bool isPicturePath(const std::string& path) {
    return path.size() > 1 && path[0] == '/' &&
           std::all_of(path.begin() + 1, path.end(),
                       [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                  c == '.' || c == '_' || c == '-';
                       }) &&
           path.find("..") == std::string::npos;
}

std::string firstOf(const json::object& object, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (std::string text = textAt(object, name); !text.empty()) {
            return text;
        }
    }
    return {};
}

}  // namespace

Result<std::vector<MatchCandidate>> tmdbCandidates(const Wanted& wanted, std::string_view body) {
    const auto object = answerObject(body);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    std::vector<MatchCandidate> candidates;
    for (const json::object* one : objectsAt(*object, "results")) {
        MatchCandidate candidate;
        const auto id = numberAt(*one, "id");
        candidate.id = id && *id > 0 ? std::to_string(*id) : std::string();
        candidate.title = firstOf(*one, {"title", "name"});
        const std::string original = firstOf(*one, {"original_title", "original_name"});
        candidate.detail = original == candidate.title ? "" : original;
        candidate.year = yearOf(firstOf(*one, {"release_date", "first_air_date"}));
        if (!original.empty() && alike(wanted.title, original) > alike(wanted.title, candidate.title)) {
            std::swap(candidate.title, candidate.detail);  // the name that the file goes by
        }
        if (!candidate.id.empty() && !candidate.title.empty()) {
            candidates.push_back(std::move(candidate));
        }
    }
    return candidates;
}

Result<ProvidedFacts> tmdbFacts(std::string_view body, const std::string& imagesUrl) {
    const auto object = answerObject(body);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    ProvidedFacts facts;
    facts.overview = textAt(*object, "overview", kLongestOverview);
    facts.year = yearOf(firstOf(*object, {"release_date", "first_air_date"}));
    for (const json::object* genre : objectsAt(*object, "genres")) {
        const std::string name = textAt(*genre, "name", 100);
        if (!name.empty() && facts.genres.size() < kMostGenres) {
            facts.genres.push_back(name);
        }
    }
    const std::string poster = textAt(*object, "poster_path");
    facts.picture = isPicturePath(poster) ? imagesUrl + poster : std::string();
    return facts;
}

void Tmdb::ask(std::vector<std::string> path, QueryFields fields, Done<std::string> done) const {
    QueryFields headers;
    if (isToken(options_.key)) {
        headers.emplace_back("Authorization", "Bearer " + options_.key);
    } else {
        fields.emplace_back("api_key", options_.key);
    }
    fields.emplace_back("language", options_.language);
    askFor(outbound_, joinedUrl(options_.url, path) + queryText(fields), headers, std::move(done));
}

void Tmdb::search(const Wanted& wanted, Done<std::vector<MatchCandidate>> done) {
    QueryFields fields{{"query", wanted.title}};
    if (wanted.year > 0 && wanted.kind == "movie") {
        fields.emplace_back("year", std::to_string(wanted.year));
    }
    ask({"search", entityOf(wanted.kind)}, std::move(fields),
        [wanted, done = std::move(done)](Result<std::string> body) {
            done(body ? tmdbCandidates(wanted, *body) : core::unexpected<core::Error>(body.error()));
        });
}

void Tmdb::fetch(const std::string& kind, const std::string& id, Done<ProvidedFacts> done) {
    ask({entityOf(kind), id}, {}, [images = options_.imagesUrl, done = std::move(done)](Result<std::string> body) {
        done(body ? tmdbFacts(*body, images) : core::unexpected<core::Error>(body.error()));
    });
}

}  // namespace marea::server

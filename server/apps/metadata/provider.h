#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/apps/metadata/candidates.h"

namespace marea::server {

// What a provider says of one thing.
struct ProvidedFacts {
    std::string overview;
    std::vector<std::string> genres;
    int year = 0;
    std::string picture;                    // where it is; empty: there is none
    std::vector<std::string> pictureHosts;  // where that may lead on to
};

// Somebody who knows of films, series, albums or artists. Answers come on the outbound thread, or at once.
class MetadataProvider {
public:
    template <class T>
    using Done = std::function<void(core::Result<T>)>;

    virtual ~MetadataProvider() = default;
    virtual std::string_view name() const = 0;  // "musicbrainz"
    virtual bool knows(std::string_view kind) const = 0;
    virtual void search(const Wanted& wanted, Done<std::vector<MatchCandidate>> done) = 0;
    // NotFound: it has no such thing.
    virtual void fetch(const std::string& kind, const std::string& id, Done<ProvidedFacts> done) = 0;
};

}  // namespace marea::server

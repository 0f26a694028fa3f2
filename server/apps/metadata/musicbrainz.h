#pragma once

#include <memory>

#include "server/apps/metadata/provider.h"
#include "server/outbound/outbound.h"

namespace marea::server {

// Albums and artists from MusicBrainz, pictures of albums from the Cover Art Archive.
// https://musicbrainz.org/doc/MusicBrainz_API
class MusicBrainz final : public MetadataProvider {
public:
    struct Options {
        std::string url = "https://musicbrainz.org/ws/2", coverArtUrl = "https://coverartarchive.org";
    };
    MusicBrainz(Outbound& outbound, Options options) : outbound_(outbound), options_(std::move(options)) {}
    std::string_view name() const override { return "musicbrainz"; }
    bool knows(std::string_view kind) const override { return kind == "album" || kind == "artist"; }
    void search(const Wanted& wanted, Done<std::vector<MatchCandidate>> done) override;
    void fetch(const std::string& kind, const std::string& id, Done<ProvidedFacts> done) override;

private:
    Outbound& outbound_;
    Options options_;
};

// Pure. `wanted` with an id of the tags: what that finds is what the file names.
std::string musicBrainzQuery(const Wanted& wanted);
core::Result<std::vector<MatchCandidate>> musicBrainzCandidates(const Wanted& wanted, std::string_view body);
core::Result<ProvidedFacts> musicBrainzFacts(std::string_view body);

}  // namespace marea::server

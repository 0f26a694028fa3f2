#pragma once

#include "server/apps/metadata/provider.h"
#include "server/outbound/outbound.h"

namespace marea::server {

// Films and series from The Movie Database, or what speaks its API (v3; the key is one of v3 or a token of v4).
// https://developer.themoviedb.org/reference
class Tmdb final : public MetadataProvider {
public:
    struct Options {
        std::string url = "https://api.themoviedb.org/3", imagesUrl = "https://image.tmdb.org/t/p/w780", key;
        std::string language = "en";
    };
    Tmdb(Outbound& outbound, Options options) : outbound_(outbound), options_(std::move(options)) {}
    std::string_view name() const override { return "tmdb"; }
    // What is recognised as no film may be one all the same: nothing is looked up by itself, but owners may.
    bool knows(std::string_view kind) const override { return kind == "movie" || kind == "series" || kind == "video"; }
    void search(const Wanted& wanted, Done<std::vector<MatchCandidate>> done) override;
    void fetch(const std::string& kind, const std::string& id, Done<ProvidedFacts> done) override;

private:
    void ask(std::vector<std::string> path, std::vector<std::pair<std::string, std::string>> fields,
             Done<std::string> done) const;
    Outbound& outbound_;
    Options options_;
};

// Pure.
core::Result<std::vector<MatchCandidate>> tmdbCandidates(const Wanted& wanted, std::string_view body);
core::Result<ProvidedFacts> tmdbFacts(std::string_view body, const std::string& imagesUrl);

}  // namespace marea::server

// What is asked of providers, and what is made of answers of theirs, also of those that mean no good.
#include <gtest/gtest.h>

#include "server/apps/metadata/musicbrainz.h"
#include "server/apps/metadata/tmdb.h"
#include "tests/support/fakeoutbound.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;
using test::answer;
using Found = Result<std::vector<MatchCandidate>>;
using Facts = Result<ProvidedFacts>;

constexpr const char* kAlbum = "8e8a594f-2175-38c7-a871-abb68ec363e7";

class Providers : public ::testing::Test {
protected:
    Found search(MetadataProvider& provider, const Wanted& wanted) {
        Found outcome;
        provider.search(wanted, [&](Found found) { outcome = std::move(found); });
        return outcome;
    }
    Facts fetch(MetadataProvider& provider, const std::string& kind, const std::string& id) {
        Facts outcome;
        provider.fetch(kind, id, [&](Facts facts) { outcome = std::move(facts); });
        return outcome;
    }
    const std::string& asked() const { return network.requests.back().url; }

    test::FakeOutbound network;
    MusicBrainz brainz{network, {}};
    Tmdb tmdb{network, {.key = "0123456789abcdef"}};
};

TEST_F(Providers, AlbumsOfMusicBrainz) {
    network.record("https://musicbrainz.org/ws/2/release-group?", "metadata/musicbrainz-album-search.json");
    network.record(std::string("https://musicbrainz.org/ws/2/release-group/") + kAlbum,
                   "metadata/musicbrainz-album.json");
    const auto found = search(brainz, {"album", "Kind of \"Blue\"", "Miles Davis", 1959, ""});
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(
        asked(),
        "https://musicbrainz.org/ws/2/release-group?query=releasegroup%3A%22Kind%20of%20%5C%22Blue%5C%22%22%20AND%20"
        "artist%3A%22Miles%20Davis%22&fmt=json&limit=10");
    ASSERT_EQ(found->size(), 3u);
    EXPECT_EQ((*found)[0].id, kAlbum);
    EXPECT_EQ((*found)[0].artist, "Miles Davis");
    EXPECT_EQ((*found)[0].year, 1959);
    EXPECT_EQ((*found)[0].detail, "Album");
    EXPECT_EQ((*found)[1].artist, "Various & Friends");
    EXPECT_EQ(chosen(scored({"album", "Kind of Blue", "Miles Davis", 0, ""}, *found))->id, kAlbum);

    const auto facts = fetch(brainz, "album", kAlbum);
    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_EQ(facts->genres, (std::vector<std::string>{"jazz", "modal jazz", "cool jazz"}));
    EXPECT_EQ(facts->year, 1959);
    EXPECT_EQ(facts->picture, std::string("https://coverartarchive.org/release-group/") + kAlbum + "/front-500");
}

TEST_F(Providers, ArtistsOfMusicBrainz) {
    network.record("https://musicbrainz.org/ws/2/artist?", "metadata/musicbrainz-artist-search.json");
    network.record("https://musicbrainz.org/ws/2/artist/561d854a", "metadata/musicbrainz-artist.json");
    const auto found = search(brainz, {"artist", "Miles Davis", "", 0, ""});
    EXPECT_EQ((*found)[0].detail, "Person, US, jazz trumpeter, bandleader, songwriter");
    const auto facts = fetch(brainz, "artist", (*found)[0].id);
    EXPECT_EQ(facts->genres, std::vector<std::string>{"jazz"});
    EXPECT_EQ(facts->picture, "");
}

TEST_F(Providers, IdsOfTagsAreAskedFor) {
    network.record("https://musicbrainz.org/ws/2/release-group?", "metadata/musicbrainz-album-search.json");
    const auto found = search(brainz, {"album", "Other", "Other", 0, "4a9c1b0e-37a2-4f0c-8f3c-93b2e0f6a001"});
    EXPECT_NE(asked().find("query=reid%3A4a9c1b0e"), std::string::npos);
    EXPECT_TRUE((*found)[0].named);
}

TEST_F(Providers, FilmsOfTmdb) {
    network.record("https://api.themoviedb.org/3/search/movie?", "metadata/tmdb-movie-search.json");
    network.record("https://api.themoviedb.org/3/movie/603?", "metadata/tmdb-movie.json");
    const Wanted wanted{"movie", "The Matrix", "", 1999, ""};
    const auto found = search(tmdb, wanted);
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(
        asked(),
        "https://api.themoviedb.org/3/search/movie?query=The%20Matrix&year=1999&api_key=0123456789abcdef&language=en");
    EXPECT_EQ(chosen(scored(wanted, *found))->id, "603");
    const auto facts = fetch(tmdb, "movie", "603");
    EXPECT_EQ(facts->genres, (std::vector<std::string>{"Action", "Science Fiction"}));
    EXPECT_TRUE(facts->overview.starts_with("Set in the 22nd century"));
    EXPECT_EQ(facts->picture, "https://image.tmdb.org/t/p/w780/f89U3ADr1oiB1s9GkdPOEpXUk5H.jpg");
}

TEST_F(Providers, SeriesOfTmdbWithAToken) {
    Tmdb withToken(network, {.key = "eyJ.payload.sig", .language = "es"});
    network.record("https://api.themoviedb.org/3/search/tv?", "metadata/tmdb-series-search.json");
    const Wanted wanted{"series", "Dark", "", 2017, ""};
    EXPECT_EQ(chosen(scored(wanted, *search(withToken, wanted)))->id, "70523");
    EXPECT_EQ(asked().find("eyJ"), std::string::npos) << "a token is no part of an address";
    EXPECT_EQ(network.requests.back().headers[0].second, "Bearer eyJ.payload.sig");
    EXPECT_NE(asked().find("language=es"), std::string::npos);
}

TEST_F(Providers, FailuresSayWhatTheyAre) {
    network.then(answer(401))
        .then(answer(404))
        .then(answer(503))
        .then(test::failure(ErrorCode::Timeout))
        .then(answer(200, "<html>"));
    for (const ErrorCode code : {ErrorCode::Unauthorized, ErrorCode::NotFound, ErrorCode::Unavailable,
                                 ErrorCode::Timeout, ErrorCode::Corrupt}) {
        const auto facts = fetch(tmdb, "movie", "1");
        ASSERT_FALSE(facts);
        EXPECT_EQ(facts.error().code, code);
        EXPECT_EQ(facts.error().detail.find("0123456789abcdef"), std::string::npos);
    }
}

TEST_F(Providers, HostileAnswersDoNoHarm) {
    const std::string deep(100'000, '[');
    for (const std::string& body :
         {std::string(), std::string("null"), std::string("[]"), deep, std::string("{\"results\":") + deep,
          std::string("\xFF"), std::string("{\"results\":7}")}) {
        for (const char* kind : {"movie", "album", "artist"}) {
            const auto found = kind == std::string("movie") ? tmdbCandidates({kind, "a", "", 0, ""}, body)
                                                            : musicBrainzCandidates({kind, "a", "", 0, ""}, body);
            EXPECT_TRUE(!found || found->empty()) << body.substr(0, 30);
        }
    }
    const auto odd = tmdbCandidates(
        {"movie", "a", "", 0, ""},
        R"({"results":[null,7,{},{"id":"603","title":"x"},{"id":-1,"title":"x"},{"id":1e300,"title":"x"},{"id":5,"title":["x"]},)"
        R"({"id":6,"title":"ok\u0000\n","release_date":19990331},{"id":7,"name":"n","first_air_date":"19"}]})");
    ASSERT_TRUE(odd);
    ASSERT_EQ(odd->size(), 2u);
    EXPECT_EQ((*odd)[0].year, 0);
    EXPECT_EQ((*odd)[1].year, 0);
    const auto brainzOdd = musicBrainzCandidates(
        {"album", "a", "", 0, ""},
        R"({"release-groups":[{"id":"../../x","title":"a"},{"id":7},{"id":"8e8a594f-2175-38c7-a871-abb68ec363e7","title":""}]})");
    EXPECT_TRUE(brainzOdd->empty());
}

TEST_F(Providers, PicturesLeadNowhereElse) {
    for (const char* path : {"//evil.example/x.jpg", "/../../x.jpg", "@evil.example/x", "/x.jpg?y",
                             "https://evil.example/", "/a b", "/"}) {
        EXPECT_EQ(tmdbFacts(std::string(R"({"poster_path":")") + path + "\"}", "https://images.example")->picture, "")
            << path;
    }
    EXPECT_EQ(tmdbFacts(R"({"poster_path":["/a.jpg"]})", "https://images.example")->picture, "");
    EXPECT_EQ(tmdbFacts(R"({"poster_path":"/a.jpg"})", "https://images.example")->picture,
              "https://images.example/a.jpg");
}

TEST_F(Providers, TextsAreBounded) {
    const std::string body = R"({"overview":")" + std::string(100'000, 'x') + R"(","genres":[)" + [] {
        std::string many;
        for (int i = 0; i < 1000; ++i) {
            many += std::string(i ? "," : "") + R"({"name":")" + std::string(500, 'g') + "\"}";
        }
        return many;
    }() + "]}";
    const auto facts = tmdbFacts(body, "");
    ASSERT_TRUE(facts);
    EXPECT_LE(facts->overview.size(), 8192u);
    EXPECT_EQ(facts->genres.size(), 10u);
    EXPECT_LE(facts->genres[0].size(), 100u);
}

}  // namespace
}  // namespace marea::server

// From the files of a library over recorded answers of providers to what is shown, and back.
#include "server/apps/metadata/lookup.h"

#include "server/apps/metadata/musicbrainz.h"
#include "server/apps/metadata/tmdb.h"
#include "tests/integration/catalog/catalogfixture.h"
#include "tests/support/fakeoutbound.h"

namespace marea::test {
namespace {

using core::ErrorCode;
using server::Method;
using server::test::answer;
using server::test::failure;
using server::test::FakeOutbound;

constexpr const char* kMovies = "https://api.themoviedb.org/3/search/movie?";
constexpr const char* kMovie = "https://api.themoviedb.org/3/movie/603?";
constexpr const char* kPoster = "https://image.tmdb.org/t/p/w780/";

class LookupTest : public CatalogTest {
protected:
    void SetUp() override {
        CatalogTest::SetUp();
        network.record(kMovies, "metadata/tmdb-movie-search.json");
        network.record(kMovie, "metadata/tmdb-movie.json");
        network.at(kPoster, answer(200, "a poster", {{"Content-Type", "image/jpeg"}}));
        network.record("https://musicbrainz.org/ws/2/release-group?", "metadata/musicbrainz-album-search.json");
        network.record("https://musicbrainz.org/ws/2/release-group/", "metadata/musicbrainz-album.json");
        network.record("https://musicbrainz.org/ws/2/artist?", "metadata/musicbrainz-artist-search.json");
        network.record("https://musicbrainz.org/ws/2/artist/", "metadata/musicbrainz-artist.json");
        network.at("https://coverartarchive.org/", answer(200, "a cover", {{"Content-Type", "image/jpeg"}}));
        server::MetadataLookup::Providers providers;
        providers.push_back(std::make_unique<server::MusicBrainz>(network, server::MusicBrainz::Options{}));
        providers.push_back(std::make_unique<server::Tmdb>(network, server::Tmdb::Options{.key = "k"}));
        lookup = std::make_unique<server::MetadataLookup>(
            server::MetadataLookup::Parts{*database, *catalog, network, *pool, clock, core::makeNullLogger()},
            std::move(providers));
        lookup->addRoutes(*router);
    }
    void TearDown() override {
        pool.reset();
        lookup.reset();
        CatalogTest::TearDown();
    }
    void lookAll() {
        lookup->maintain();
        while (get("/api/v1/admin/metadata").at("working").as_bool()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    core::Id film(const std::string& name = "The Matrix (1999).mkv", const std::string& text = "video=1\n") {
        put(media() / name, text);
        scan();
        return itemOf(name);
    }
    core::json::object shown(const core::Id& id) { return get("/api/v1/media/" + id); }
    core::json::object matchOf(const core::Id& id) { return get("/api/v1/admin/media/" + id + "/match"); }
    std::size_t genres(const core::Id& id) { return shown(id).at("genres").as_array().size(); }
    static std::string path(const core::Id& id, const char* what) { return "/api/v1/admin/media/" + id + what; }

    FakeOutbound network;
    std::unique_ptr<server::MetadataLookup> lookup;
};

TEST_F(LookupTest, FillsInWhatFilesDoNotSay) {
    const auto id = film();
    lookAll();
    const auto item = shown(id);
    EXPECT_TRUE(item.at("overview").as_string().starts_with("Set in the 22nd century"));
    EXPECT_EQ(item.at("genres").as_array().size(), 2u);
    EXPECT_TRUE(item.at("artwork_url").is_string());
    EXPECT_EQ(titles(get("/api/v1/media", "genre=Science%20Fiction")).size() +
                  titles(get("/api/v1/media", "genre=Science Fiction")).size(),
              1u)
        << "filters see it";
    const auto match = matchOf(id);
    EXPECT_EQ(match.at("state"), "matched");
    EXPECT_EQ(match.at("chosen"), "603");
    EXPECT_EQ(match.at("provider"), "tmdb");
    EXPECT_FALSE(match.at("by_owner").as_bool());
    EXPECT_GE(match.at("candidates").as_array().size(), 3u);
    EXPECT_EQ(call(Method::Get, "/api/v1/media/" + id + "/artwork").status, 200);
    EXPECT_GE(prober.images.load(), 1) << "read by a worker";
    const auto count = network.requests.size();
    lookAll();
    EXPECT_EQ(network.requests.size(), count) << "once";
}

TEST_F(LookupTest, FilesAndOwnersGoBefore) {
    put(media() / "The Matrix (1999).nfo",
        "<movie><title>The Matrix</title><year>1999</year><plot>From the file.</plot></movie>");
    const auto id = film();
    lookAll();
    EXPECT_EQ(shown(id).at("overview"), "From the file.");
    EXPECT_EQ(genres(id), 2u) << "of which the file says nothing";
    call(Method::Put, path(id, "/metadata"), {}, R"({"genres": ["Mine"]})");
    EXPECT_EQ(shown(id).at("genres").at(0), "Mine");
    call(Method::Put, path(id, "/metadata"), {}, R"({"genres": null})");
    EXPECT_EQ(genres(id), 2u);
    const auto told = get(path(id, "/metadata"));
    EXPECT_TRUE(told.at("file").at("genres").as_array().empty()) << "apart from what the files say";
    EXPECT_TRUE(told.at("edited").as_object().empty());
    EXPECT_TRUE(told.at("edited_at").is_null());
    EXPECT_EQ(told.at("provided").at("genres").as_array().size(), 2u);
    EXPECT_EQ(told.at("provided").at("artwork"), "provided");

    put(media() / "The Matrix (1999).nfo", "<movie><title>The Matrix</title><year>1999</year></movie>");
    scan();
    EXPECT_TRUE(shown(id).at("overview").as_string().starts_with("Set in")) << "the file says nothing any more";
    put(media() / "The Matrix (1999).nfo",
        "<movie><title>The Matrix</title><year>1999</year><plot>Again.</plot><genre>War</genre></movie>");
    scan();
    EXPECT_EQ(shown(id).at("overview"), "Again.");
    EXPECT_EQ(shown(id).at("genres").at(0), "War");
}

TEST_F(LookupTest, AlbumsAndArtistsHaveTheirs) {
    put(media() / "Kind" / "1.flac", track(1, "So What"));
    scan();
    lookAll();
    const auto album = text("SELECT id FROM media_items WHERE kind='album'");
    EXPECT_EQ(matchOf(album).at("state"), "matched");
    EXPECT_TRUE(shown(album).at("artwork_url").is_string());
    const auto artist = text("SELECT id FROM media_items WHERE kind='artist'");
    EXPECT_EQ(matchOf(artist).at("chosen"), "561d854a-6a28-4aa7-8c99-323e6ce46c2a");
    const auto counts = get("/api/v1/admin/metadata");
    EXPECT_EQ(counts.at("matched"), 2);
    EXPECT_EQ(counts.at("providers").as_array().size(), 2u);
}

TEST_F(LookupTest, WhatCannotBeToldIsLeftToOwners) {
    const auto id = film("Matrix Re (2002).mkv");
    lookAll();
    EXPECT_EQ(matchOf(id).at("state"), "doubtful");
    EXPECT_EQ(genres(id), 0u);

    const auto chosen = call(Method::Put, path(id, "/match"), {}, R"({"id": "603"})");
    EXPECT_EQ(chosen.status, 200) << bodyOf(chosen);
    EXPECT_EQ(matchOf(id).at("chosen"), "603");
    EXPECT_TRUE(matchOf(id).at("by_owner").as_bool());
    EXPECT_EQ(genres(id), 2u);
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/metadata/refresh", {}, R"({"scope": "all"})").status, 202);
    lookAll();
    EXPECT_EQ(matchOf(id).at("chosen"), "603") << "what an owner chose stays";

    EXPECT_EQ(call(Method::Delete, path(id, "/match")).status, 204);
    EXPECT_EQ(genres(id), 0u);
    EXPECT_TRUE(shown(id).at("artwork_url").is_null());
    call(Method::Post, "/api/v1/admin/metadata/refresh", {}, R"({"scope": "all"})");
    lookAll();
    EXPECT_EQ(matchOf(id).at("state"), "ignored");
    EXPECT_EQ(number("SELECT count(*) FROM metadata_edits"), 0);
}

// A command beside no server ends at once: it leaves nothing half done, and the next server does what it asked for.
TEST_F(LookupTest, NothingBeginsBeforeTheServerRuns) {
    const auto id = film();
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/metadata/refresh", {}, R"({"scope": "unmatched"})").status, 202);
    EXPECT_FALSE(get("/api/v1/admin/metadata").at("working").as_bool());
    EXPECT_TRUE(network.requests.empty());
    EXPECT_EQ(matchOf(id).at("state"), "waiting");
    lookAll();
    EXPECT_EQ(matchOf(id).at("state"), "matched");
}

TEST_F(LookupTest, OwnersSearchByOtherWords) {
    const auto id = film("mtrx.mkv");
    lookAll();
    const auto answer_ = call(Method::Post, path(id, "/match/search"), {}, R"({"title": "The Matrix", "year": 1999})");
    ASSERT_EQ(answer_.status, 200) << bodyOf(answer_);
    const auto items = core::json::parse(bodyOf(answer_)).at("items").as_array();
    EXPECT_EQ(items.at(0).at("id"), "603");
    EXPECT_EQ(items.at(0).at("score").as_double(), 1);
    network.then(answer(404));
    EXPECT_EQ(call(Method::Put, path(id, "/match"), {}, R"({"id": "99"})").status, 422);
    network.then(answer(503));
    EXPECT_EQ(call(Method::Put, path(id, "/match"), {}, R"({"id": "99"})").status, 503);
    EXPECT_EQ(call(Method::Get, path("018bcfe5-6800-7000-8000-00000000000f", "/match")).status, 404);
}

TEST_F(LookupTest, AProviderThatIsDownIsAskedLater) {
    const auto id = film();
    network.then(failure(ErrorCode::Unavailable));
    lookAll();
    EXPECT_EQ(matchOf(id).at("state"), "waiting");
    const auto state = get("/api/v1/admin/metadata");
    EXPECT_TRUE(state.at("providers").at(1).at("problem").is_string());
    const auto count = network.requests.size();
    lookAll();
    EXPECT_EQ(network.requests.size(), count) << "not at once";
    clock->advance(5 * 60 * 1000);
    lookAll();
    EXPECT_EQ(matchOf(id).at("state"), "matched");
}

TEST_F(LookupTest, AWrongKeyIsSaid) {
    film();
    network.then(answer(401));
    lookAll();
    EXPECT_EQ(get("/api/v1/admin/metadata").at("providers").at(1).at("problem"),
              "The service does not accept the key.");
}

TEST_F(LookupTest, PicturesThatCannotBeReadAreLeftOut) {
    network.at(kPoster, answer(200, "BROKEN"));
    const auto id = film();
    lookAll();
    EXPECT_EQ(genres(id), 2u);
    EXPECT_TRUE(shown(id).at("artwork_url").is_null());
    const auto wide = std::find_if(network.requests.begin(), network.requests.end(),
                                   [](const auto& request) { return request.url.starts_with(kPoster); });
    ASSERT_NE(wide, network.requests.end());
    EXPECT_EQ(wide->mostBytes, 10u * 1024 * 1024);
}

TEST_F(LookupTest, WhatHasAPictureNeedsNone) {
    put(media() / "The Matrix (1999)-poster.jpg", "own");
    film();
    lookAll();
    EXPECT_TRUE(std::none_of(network.requests.begin(), network.requests.end(),
                             [](const auto& request) { return request.url.starts_with(kPoster); }));
}

TEST_F(LookupTest, OwnersPicturesAreApartFromThose) {
    const auto id = film();
    lookAll();
    const core::json::value version = shown(id).at("artwork_url");
    EXPECT_EQ(call(Method::Put, path(id, "/artwork"), {}, "owner's").status, 200);
    EXPECT_NE(shown(id).at("artwork_url"), version);
    EXPECT_EQ(call(Method::Delete, path(id, "/artwork")).status, 204);
    EXPECT_EQ(shown(id).at("artwork_url"), version) << "it is still there";
    EXPECT_EQ(call(Method::Get, "/api/v1/media/" + id + "/artwork").status, 200);
}

}  // namespace
}  // namespace marea::test

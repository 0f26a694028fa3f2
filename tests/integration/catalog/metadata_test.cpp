#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {
namespace {

using server::Method;

class MetadataTest : public CatalogTest {
protected:
    using Titles = std::vector<std::string>;

    static std::string at(const core::Id& id, const std::string& what = "/metadata") {
        return "/api/v1/admin/media/" + id + what;
    }
    core::json::object edit(const core::Id& id, const std::string& body, int status = 200) {
        const auto answer = call(Method::Put, at(id), {}, body);
        EXPECT_EQ(answer.status, status) << body << " " << bodyOf(answer);
        return core::json::parse(bodyOf(answer)).as_object();
    }
    core::json::object shown(const core::Id& id) { return get("/api/v1/media/" + id); }
    std::string titleOf(const core::Id& id) { return std::string(shown(id).at("title").as_string()); }
    Titles found(const std::string& typed) { return titles(get("/api/v1/media", "q=" + typed)); }
    core::Id idOf(const std::string& kind) { return text("SELECT id FROM media_items WHERE kind='" + kind + "'"); }
};

TEST_F(MetadataTest, WhatWasSaidIsShownSortedFoundAndFiltered) {
    put(media() / "Abyss (1989).mkv", "video=1\n");
    put(media() / "Brazil (1985).mkv", "video=1\n");
    scan();
    const auto id = itemOf("Abyss (1989).mkv");
    const auto answer =
        edit(id, R"({"title": "The Zebra Éclair", "year": 1990, "genres": ["Sea", "Drama"], "overview": "Deep."})");
    EXPECT_EQ(answer.at("file").at("title").as_string(), "Abyss");
    EXPECT_EQ(answer.at("edited").at("title").as_string(), "The Zebra Éclair");
    EXPECT_EQ(answer.at("locked").as_array().size(), 4U);
    EXPECT_EQ(get(at(id)), answer);
    EXPECT_EQ(shown(id).at("sort_title").as_string(), "Zebra Éclair");
    EXPECT_EQ(shown(id).at("overview").as_string(), "Deep.");
    EXPECT_EQ(titles(get("/api/v1/media", "kind=movie")), (Titles{"Brazil", "The Zebra Éclair"}));
    EXPECT_EQ(found("eclair"), Titles{"The Zebra Éclair"});
    EXPECT_EQ(found("abyss"), Titles{});
    EXPECT_EQ(titles(get("/api/v1/media", "genre=sea&year=1990")), Titles{"The Zebra Éclair"});
    EXPECT_EQ(titles(get("/api/v1/search", "q=zebar")), Titles{"The Zebra Éclair"});
    EXPECT_EQ(call(Method::Delete, at(id)).status, 204);
    EXPECT_EQ(titleOf(id), "Abyss");
    EXPECT_EQ(shown(id).at("year").as_int64(), 1989);
    EXPECT_TRUE(shown(id).at("genres").as_array().empty());
    EXPECT_EQ(found("abyss"), Titles{"Abyss"});
    EXPECT_EQ(found("eclair"), Titles{});
    EXPECT_TRUE(get(at(id)).at("edited_at").is_null());
}

TEST_F(MetadataTest, ScansKeepWhatWasSaidAndLearnWhatTheFilesSay) {
    put(media() / "a" / "1.flac", track(1, "Wrong") + "duration=540\ngenre=Jazz\n");
    scan();
    const auto id = itemOf("a/1.flac");
    edit(id, R"({"title": "Right", "lock": ["genres"], "track": 7})");
    scan();
    EXPECT_EQ(titleOf(id), "Right");
    put(media() / "a" / "1.flac", track(1, "Other") + "duration=540\ngenre=Rock\n");
    scan();
    fs::rename(media() / "a", media() / "moved");
    scan();
    EXPECT_EQ(itemOf("moved/1.flac"), id);
    EXPECT_EQ(titleOf(id), "Right");
    EXPECT_EQ(shown(id).at("track").as_int64(), 7);
    EXPECT_EQ(shown(id).at("genres").at(0).as_string(), "Jazz");
    EXPECT_EQ(get(at(id)).at("file").at("title").as_string(), "Other");
    EXPECT_EQ(get(at(id)).at("file").at("genres").at(0).as_string(), "Rock");
    EXPECT_EQ(found("other"), Titles{});
    edit(id, R"({"title": null})");
    EXPECT_EQ(titleOf(id), "Other");
    EXPECT_EQ(found("other"), Titles{"Other"});
    EXPECT_EQ(shown(id).at("genres").at(0).as_string(), "Jazz");
    edit(id, R"({"genres": null, "track": null})");
    EXPECT_EQ(shown(id).at("genres").at(0).as_string(), "Rock");
    EXPECT_EQ(number("SELECT count(*) FROM metadata_edits"), 0);
}

TEST_F(MetadataTest, WhatVanishedComesBackAsItWasSaid) {
    put(media() / "Film (2000).mkv", "video=1\n");
    scan();
    const auto id = itemOf("Film (2000).mkv");
    edit(id, R"({"title": "Movie"})");
    fs::rename(media() / "Film (2000).mkv", temp.path() / "away.mkv");
    scan();
    EXPECT_EQ(found("movie"), Titles{});
    fs::rename(temp.path() / "away.mkv", media() / "Film (2000).mkv");
    scan();
    EXPECT_EQ(titleOf(id), "Movie");
    EXPECT_EQ(found("movie"), Titles{"Movie"});
}

TEST_F(MetadataTest, GroupsKeepItWhileTheirMembersChange) {
    put(media() / "a" / "1.flac", track(1, "One", "Albun"));
    scan();
    const auto album = idOf("album"), artist = idOf("artist");
    edit(album, R"({"title": "Album", "year": 1960})");
    edit(artist, R"({"title": "Somebody"})");
    put(media() / "a" / "2.flac", track(2, "Two", "Albun"));
    scan();
    EXPECT_EQ(titleOf(album), "Album");
    EXPECT_EQ(titleOf(artist), "Somebody");
    EXPECT_EQ(shown(album).at("child_count").as_int64(), 2);
    EXPECT_EQ(number("SELECT count(*) FROM media_items WHERE kind='album'"), 1);
    EXPECT_EQ(call(Method::Delete, at(album)).status, 204);
    EXPECT_EQ(titleOf(album), "Albun");
    EXPECT_EQ(shown(album).at("year").as_int64(), 1959);
}

TEST_F(MetadataTest, PicturesAreGivenChosenAndTakenBack) {
    put(media() / "Film (2000)" / "Film (2000).mkv", "video=1\n");
    put(media() / "Film (2000)" / "poster.jpg", "poster");
    put(media() / "Film (2000)" / "fanart.jpg", "fanart");
    scan();
    const auto id = itemOf("Film (2000)/Film (2000).mkv");
    const auto picture = [&] {
        const auto answer = call(Method::Get, "/api/v1/media/" + id + "/artwork", "w=300");
        return std::string(answer.headers.find("ETag").value_or(""));
    };
    const std::string poster(picture());
    EXPECT_NE(poster, "");
    const auto given = call(Method::Put, at(id, "/artwork"), {}, "my own picture");
    EXPECT_EQ(given.status, 200) << bodyOf(given);
    const std::string own(picture());
    EXPECT_NE(own, "");
    EXPECT_NE(own, poster);
    EXPECT_EQ(get(at(id)).at("edited").at("artwork").as_string(), "uploaded");
    scan();
    EXPECT_EQ(picture(), own);
    const auto files = [&] { return std::distance(fs::directory_iterator(temp.path() / "pictures"), {}); };
    EXPECT_EQ(files(), 1);
    EXPECT_EQ(call(Method::Put, at(id, "/artwork"), {}, "another picture").status, 200);
    EXPECT_EQ(files(), 1) << "the one before went";
    const auto choices = get(at(id)).at("pictures").as_array();
    ASSERT_EQ(choices.size(), 2U);
    EXPECT_EQ(choices[0].at("name").as_string(), "fanart.jpg");
    edit(id, R"({"artwork": ")" + std::string(choices[0].at("id").as_string()) + "\"}");
    EXPECT_EQ(get(at(id)).at("edited").at("artwork"), choices[0].at("id"));
    EXPECT_NE(picture(), own);
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(call(Method::Delete, at(id, "/artwork")).status, 204);
    EXPECT_EQ(picture(), poster);
    EXPECT_EQ(call(Method::Put, at(id, "/artwork"), {}, "BROKEN").status, 422);
    EXPECT_EQ(picture(), poster);
}

TEST_F(MetadataTest, RatingsThatWereSaidAreThoseThatLimitsGoBy) {
    put(media() / "Film (2000).mkv", "video=1\n");
    put(media() / "Show" / "Season 1" / "Show S01E01.mkv", "video=1\n");
    scan();
    const auto age = [this](const std::string& kind) {
        return text("SELECT coalesce(age, 'none')||' '||unrated FROM media_items WHERE kind='" + kind + "'");
    };
    edit(itemOf("Film (2000).mkv"), R"({"content_rating": "FSK 12"})");
    edit(idOf("series"), R"({"content_rating": "FSK 16"})");
    EXPECT_EQ(shown(itemOf("Film (2000).mkv")).at("content_rating").as_string(), "FSK 12");
    EXPECT_EQ(age("movie"), "12 0");
    for (const char* kind : {"series", "season", "episode"}) {
        EXPECT_EQ(age(kind), "16 0") << kind;
    }
    scan();
    EXPECT_EQ(age("movie"), "12 0");
    EXPECT_EQ(age("episode"), "16 0");
    edit(idOf("episode"), R"({"content_rating": "FSK 6"})");
    EXPECT_EQ(age("season"), "6 0");
    for (const char* kind : {"movie", "series", "episode"}) {
        EXPECT_EQ(call(Method::Delete, at(idOf(kind))).status, 204);
        EXPECT_EQ(age(kind), kind == std::string("series") ? "6 0" : "none 1") << kind;
    }
    EXPECT_EQ(age("series"), "none 1");
}

TEST_F(MetadataTest, OnlyWhatFitsIsTaken) {
    put(media() / "Film (2000).mkv", "video=1\n");
    scan();
    const auto id = itemOf("Film (2000).mkv");
    for (const char* body :
         {"", "[]", "{}", R"({"title": ""})", R"({"title": " \n "})", R"({"title": 1})", R"({"secret": 1})",
          R"({"year": "1999"})", R"({"year": 10000})", R"({"genres": "Drama"})", R"({"genres": [1]})",
          R"({"lock": ["secret"]})", R"({"lock": ["track"]})", R"({"artwork": "../x"})"}) {
        edit(id, body, 400);
    }
    edit(id, R"({"track": 1})", 422);
    edit(id, R"({"artwork": "018bcfe5-6800-7000-8000-000000000009"})", 422);
    edit("018bcfe5-6800-7000-8000-000000000009", R"({"title": "x"})", 404);
    EXPECT_EQ(call(Method::Put, at("018bcfe5-6800-7000-8000-000000000009", "/artwork"), {}, "x").status, 404);
    EXPECT_EQ(number("SELECT count(*) FROM metadata_edits"), 0);
    EXPECT_EQ(titleOf(id), "Film");
}

}  // namespace
}  // namespace marea::test

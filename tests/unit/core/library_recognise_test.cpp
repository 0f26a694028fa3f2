#include <gtest/gtest.h>

#include "core/library/filekinds.h"
#include "core/library/recognise.h"
#include "core/library/videoname.h"

namespace marea::core::library {
namespace {

MediaInfo video(double seconds = 1200) {
    MediaInfo info;
    StreamInfo stream;
    stream.kind = StreamKind::Video;
    info.streams.push_back(stream);
    info.duration = seconds;
    return info;
}

MediaInfo audio(const std::string& title = {}, const std::string& artist = {}, const std::string& album = {}) {
    MediaInfo info;
    StreamInfo stream;
    stream.kind = StreamKind::Audio;
    info.streams.push_back(stream);
    info.tags.title = title;
    info.tags.artist = artist;
    info.tags.album = album;
    return info;
}

Recognised one(const std::string& folder, const std::string& name, const MediaInfo& info) {
    FolderInput input;
    input.path = folder;
    input.files = {{name, &info, nullptr}};
    return recogniseFolder(input)[0];
}

struct Film {
    const char *folder, *name, *kind, *title;
    int year;
    const char* version;
};

TEST(Recognise, Films) {
    const Film films[] = {
        {"Heat (1995)", "Heat (1995).mkv", "movie", "Heat", 1995, ""},
        {"", "Heat.1995.1080p.BluRay.x264-GRP.mkv", "movie", "Heat", 1995, "1080p"},
        {"", "Blade.Runner.2049.2017.2160p.UHD.mkv", "movie", "Blade Runner 2049", 2017, "2160p"},
        {"", "2001 A Space Odyssey (1968).mkv", "movie", "2001 A Space Odyssey", 1968, ""},
        {"", "1917 (2019).mkv", "movie", "1917", 2019, ""},
        {"Alien (1979)", "Alien (1979) - Director's Cut.mkv", "movie", "Alien", 1979, "Director's Cut"},
        {"Heat (1995)", "heat-grp.mkv", "movie", "Heat", 1995, ""},
        {"Films", "holiday.mkv", "video", "holiday", 0, ""},
        {"", "[GRP] Akira (1988) [BD].mkv", "movie", "Akira", 1988, ""},
        {"", "El.laberinto.del.fauno.2006.mkv", "movie", "El laberinto del fauno", 2006, ""},
        {"Amélie (2001)", "Amélie (2001).mkv", "movie", "Amélie", 2001, ""},
        {"", "Se7en.1995.REMASTERED.mkv", "movie", "Se7en", 1995, "Remastered"},
        {"", "The Godfather Part 2 (1974).mkv", "movie", "The Godfather Part 2", 1974, ""},
        {"", "The Godfather Part 2.mkv", "video", "The Godfather Part 2", 0, ""},
        {"", "movie.mkv", "video", "movie", 0, ""}};
    for (const Film& film : films) {
        const Recognised found = one(film.folder, film.name, video());
        EXPECT_EQ(found.kind, film.kind) << film.name;
        EXPECT_EQ(found.title, film.title) << film.name;
        EXPECT_EQ(found.year, film.year) << film.name;
        EXPECT_EQ(found.version, film.version) << film.name;
        EXPECT_EQ(found.part, 0) << film.name;
    }
    EXPECT_EQ(one("", "A long one.mkv", video(5400)).kind, "movie");
}

TEST(Recognise, PartsAndVersionsAreOneFilm) {
    const MediaInfo info = video();
    FolderInput input;
    input.path = "Heat (1995)";
    input.files = {{"Heat (1995) CD1.avi", &info, nullptr}, {"Heat (1995) CD2.avi", &info, nullptr}};
    auto found = recogniseFolder(input);
    EXPECT_EQ(found[0].identity, found[1].identity);
    EXPECT_EQ(found[1].part, 2);
    input.files = {{"Heat (1995) - 1080p.mkv", &info, nullptr}, {"Heat (1995) - 2160p.mkv", &info, nullptr}};
    found = recogniseFolder(input);
    EXPECT_EQ(found[0].identity, found[1].identity);
    EXPECT_EQ(found[1].version, "2160p");
    const auto inFolder = one("Heat (1995)/CD2", "heat.avi", info);
    EXPECT_EQ(inFolder.identity, found[0].identity);
    EXPECT_EQ(inFolder.part, 2);
}

struct Episode {
    const char *folder, *name, *series;
    int season, episode;
    const char* title;
};

TEST(Recognise, Episodes) {
    const Episode episodes[] = {
        {"Show/Season 1", "Show - S01E02 - The Title.mkv", "Show", 1, 2, "The Title"},
        {"", "The.Wire.S03E11.Middle.Ground.1080p.WEB-DL.mkv", "The Wire", 3, 11, "Middle Ground"},
        {"Show", "Show 1x05.mkv", "Show", 1, 5, "Episode 5"},
        {"La casa (2017)/Temporada 2", "La casa 2x01.mkv", "La casa", 2, 1, "Episode 1"},
        {"Show/Specials", "Show S00E03.mkv", "Show", 0, 3, "Episode 3"},
        {"Show/Season 02", "07 - Seventh.mkv", "Show", 2, 7, "Seventh"},
        {"Show/S03", "Episode 4.mkv", "Show", 3, 4, "Episode 4"},
        {"Daily", "Daily 2024-03-01.mkv", "Daily", 2024, 301, "2024-03-01"},
        {"Daily", "Daily.2024.03.01.Some.Guest.mkv", "Daily", 2024, 301, "Some Guest"},
        {"", "[Group] Anime Name - 12 [1080p].mkv", "Anime Name", 1, 12, "Episode 12"},
        {"Show", "show.s01e01e02.mkv", "Show", 1, 1, "Episode 1"},
        {"Show/Season 1", "Season 1 Episode 3.mkv", "Show", 1, 3, "Episode 3"}};
    for (const Episode& e : episodes) {
        const Recognised found = one(e.folder, e.name, video());
        EXPECT_EQ(found.kind, "episode") << e.name;
        EXPECT_EQ(found.series, e.series) << e.name;
        EXPECT_EQ(found.season, e.season) << e.name;
        EXPECT_EQ(found.episode, e.episode) << e.name;
        EXPECT_EQ(found.title, e.title) << e.name;
    }
}

TEST(Recognise, DoubleEpisodes) {
    for (const char* name : {"Show S01E01E02.mkv", "Show S01E01-E02.mkv", "Show S01E01-02.mkv", "Show 1x01-02.mkv"}) {
        EXPECT_EQ(parseVideoName(std::string_view(name).substr(0, std::string_view(name).size() - 4)).lastEpisode, 2)
            << name;
    }
    EXPECT_FALSE(parseVideoName("Show S01E01-720p").lastEpisode);
    EXPECT_FALSE(parseVideoName("Film 1920x1080").episode);
}

TEST(Recognise, ExtrasAreNotCatalogued) {
    for (const auto& [folder, name] : {std::pair("Heat (1995)/Extras", "Making of.mkv"),
                                       {"Heat (1995)/Trailers", "x.mkv"},
                                       {"Heat (1995)", "Heat-trailer.mkv"},
                                       {"Heat (1995)/Sample", "heat.mkv"},
                                       {"Heat (1995)", "sample.mkv"}}) {
        EXPECT_EQ(one(folder, name, video()).kind, "") << name;
    }
    EXPECT_EQ(one("Trailers", "New film.mkv", video()).kind, "video");
}

TEST(Recognise, NfosWin) {
    Nfo nfo;
    nfo.root = "movie";
    nfo.title = "The Real Title";
    nfo.year = 1999;
    nfo.plot = "Plot";
    const MediaInfo info = video();
    FolderInput input;
    input.files = {{"x.mkv", &info, &nfo}};
    const auto found = recogniseFolder(input)[0];
    EXPECT_EQ(found.kind, "movie");
    EXPECT_EQ(found.title, "The Real Title");
    EXPECT_EQ(found.overview, "Plot");
    nfo.root = "tvshow";
    EXPECT_EQ(recogniseFolder(input)[0].kind, "video");
}

TEST(Recognise, TracksByTagsAndByNames) {
    const auto tagged = one("x", "whatever.mp3", audio("So What", "Miles Davis feat. Bill Evans", "Kind of Blue"));
    EXPECT_EQ(tagged.kind, "track");
    EXPECT_EQ(tagged.albumArtist, "Miles Davis");
    EXPECT_EQ(tagged.artistIdentity, "artist|miles davis");
    const auto named = one("Miles Davis/Kind of Blue (1959)", "01 - So What.flac", audio());
    EXPECT_EQ(named.title, "So What");
    EXPECT_EQ(named.album, "Kind of Blue");
    EXPECT_EQ(named.artist, "Miles Davis");
    EXPECT_EQ(named.year, 1959);
    EXPECT_EQ(named.track, 1);
    EXPECT_EQ(named.albumIdentity, tagged.albumIdentity);
    const auto disc = one("Artist - Album/CD2", "1-03 Song.mp3", audio());
    EXPECT_EQ(disc.album, "Album");
    EXPECT_EQ(disc.artist, "Artist");
    EXPECT_EQ(disc.disc, 2);
    EXPECT_EQ(disc.track, 3);
    EXPECT_EQ(one("", "99 Luftballons.mp3", audio()).title, "99 Luftballons");
    EXPECT_EQ(one("", "song.mp3", audio()).album, "");
    EXPECT_EQ(one("x", "clip.mp4", audio("Only sound")).kind, "track");
}

TEST(Recognise, CompilationsHaveVariousArtists) {
    const MediaInfo a = audio("One", "A", "Hits"), b = audio("Two", "B", "Hits"), c = audio("Three", "C", "Own");
    FolderInput input;
    input.path = "Hits";
    input.files = {{"1.mp3", &a, nullptr}, {"2.mp3", &b, nullptr}, {"3.mp3", &c, nullptr}};
    const auto found = recogniseFolder(input);
    EXPECT_EQ(found[0].albumArtist, "Various Artists");
    EXPECT_EQ(found[0].albumIdentity, found[1].albumIdentity);
    EXPECT_EQ(found[2].albumArtist, "C");
    MediaInfo flagged = audio("One", "A", "Hits");
    flagged.tags.compilation = true;
    EXPECT_EQ(one("x", "1.mp3", flagged).albumIdentity, found[0].albumIdentity);
}

TEST(Recognise, Audiobooks) {
    EXPECT_EQ(one("", "Book.m4b", audio("Book", "Author")).kind, "audiobook");
    MediaInfo byGenre = audio("Chapter 1", "Author", "The Book");
    byGenre.tags.genres = {"Audiobook"};
    EXPECT_EQ(one("x", "1.mp3", byGenre).title, "The Book");
    const MediaInfo plain = audio();
    FolderInput input;
    input.path = "Audiobooks/Author/The Book";
    input.files = {{"10.mp3", &plain, nullptr}, {"9.mp3", &plain, nullptr}};
    const auto found = recogniseFolder(input);
    EXPECT_EQ(found[0].identity, found[1].identity);
    EXPECT_EQ(found[0].title, "The Book");
    EXPECT_EQ(found[0].artist, "Author");
    EXPECT_EQ(found[0].part, 2);
    EXPECT_EQ(found[1].part, 1);
}

TEST(Recognise, WhatCannotBeReadGoesByItsName) {
    FolderInput input;
    input.path = "Show/Season 1";
    input.files = {{"Show S01E04.mkv", nullptr, nullptr}, {"01 song.mp3", nullptr, nullptr}};
    const auto found = recogniseFolder(input);
    EXPECT_EQ(found[0].kind, "episode");
    EXPECT_EQ(found[1].kind, "track");
}

TEST(Recognise, SurvivesAnyName) {
    for (const char* name : {"",
                             ".",
                             "..",
                             "-",
                             "S",
                             "S1",
                             "SE",
                             "s01e",
                             "1x",
                             "x1",
                             "(",
                             "[",
                             "[]",
                             "()",
                             "( 1995)",
                             "CD",
                             "CD1",
                             "part",
                             "\xff\xfe\xfd",
                             "S99999999999E1",
                             "99999999999x99",
                             "2024-99-99",
                             "E",
                             "e-",
                             " - ",
                             "1-",
                             "1-2",
                             "Season",
                             "Episode ",
                             "season 1 episode ",
                             "{",
                             "a[",
                             "....",
                             "____"}) {
        parseVideoName(name);
        parseFolderName(name);
        seasonOfFolder(name);
        discOfFolder(name);
        parseLooseEpisode(name);
        one(name, std::string(name) + ".mkv", video());
        one(name, std::string(name) + ".mp3", audio());
        one(std::string(name) + "/" + name, std::string(name) + ".m4b", audio());
    }
}

TEST(FileKinds, GoByExtensionAndContent) {
    EXPECT_EQ(fileKind("A.MKV"), FileKind::Video);
    EXPECT_EQ(fileKind("a.flac"), FileKind::Audio);
    EXPECT_EQ(fileKind("a.m3u8"), FileKind::Other);
    EXPECT_EQ(fileKind("mkv"), FileKind::Other);
    EXPECT_TRUE(ignoredName(".DS_Store"));
    EXPECT_TRUE(ignoredName("@eaDir"));
    EXPECT_EQ(mimeType(MediaInfo(), "x.mp4"), "video/mp4");
    EXPECT_EQ(mimeType(audio(), "x.mp4"), "audio/mp4");
    EXPECT_EQ(mimeType(MediaInfo(), "x.unknown"), "application/octet-stream");
}

}  // namespace
}  // namespace marea::core::library

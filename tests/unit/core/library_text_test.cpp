#include <gtest/gtest.h>

#include "core/library/lyrics.h"
#include "core/library/mediainfojson.h"
#include "core/library/nfo.h"
#include "core/library/scanplan.h"
#include "core/library/searchquery.h"
#include "core/library/sidecars.h"
#include "core/library/text.h"

namespace marea::core::library {
namespace {

TEST(Text, FoldsDiacriticsAndCase) {
    EXPECT_EQ(fold("Amélie"), "amelie");
    EXPECT_EQ(fold("Ñandú"), "nandu");
    EXPECT_EQ(fold("Straße"), "strasse");
    EXPECT_EQ(fold("Ærø Łódź"), "aero lodz");
    EXPECT_EQ(fold("ＡＢＣ ①"), "abc 1");
    EXPECT_EQ(fold("Σίσυφος"), fold("ΣΊΣΥΦΟΣ"));
    EXPECT_NE(fold("\xff\xfe"), "");
}

TEST(Text, MakesSearchableWords) {
    EXPECT_EQ(searchText("Don’t Stop — Believin'!"), "dont stop believin");
    EXPECT_EQ(searchText("AC/DC"), "ac dc");
    EXPECT_EQ(searchText("¿Qué he hecho yo?"), "que he hecho yo");
    EXPECT_EQ(searchText("\"*:^ -()"), "");
    EXPECT_EQ(words("a  b c"), (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Text, SortsWithoutArticles) {
    EXPECT_EQ(sortTitle("The Wire"), "Wire");
    EXPECT_EQ(sortTitle("Los olvidados"), "olvidados");
    EXPECT_EQ(sortTitle("L'Avventura"), "Avventura");
    EXPECT_EQ(sortTitle("A"), "A");
    EXPECT_EQ(sortTitle("The The"), "The");
    EXPECT_EQ(sortTitle("Theatre"), "Theatre");
    EXPECT_EQ(sortTitle("Die Hard"), "Die Hard");
    EXPECT_EQ(sortTitle("As Good as It Gets"), "As Good as It Gets");
}

TEST(Text, ComparesNaturally) {
    EXPECT_TRUE(naturalLess("Part 9", "Part 10"));
    EXPECT_TRUE(naturalLess("01 - b", "2 - a"));
    EXPECT_TRUE(naturalLess("élan", "Zoo"));
    EXPECT_FALSE(naturalLess("a", "a"));
    EXPECT_FALSE(sortKey("???").empty());
}

TEST(Text, PutsEnyeBetweenNAndO) {
    EXPECT_TRUE(naturalLess("manzana", "mañana"));
    EXPECT_TRUE(naturalLess("Nube", "Ñandú"));
    EXPECT_TRUE(naturalLess("Ñandú", "Oca"));
    EXPECT_TRUE(naturalLess("Casa azul", "Casa ñandú"));
    EXPECT_EQ(sortKey("ÑU 9"), sortKey("n\u0303u 9"));  // as file names of some systems have it
    EXPECT_TRUE(naturalLess("Año 9", "Año 10"));
    EXPECT_EQ(searchText("Ñandú"), "nandu");  // who types has no Ñ on every keyboard
}

TEST(Text, KnowsTheLetterOfAList) {
    const auto initial = [](std::string_view title) { return initialOf(sortKey(sortTitle(title))); };
    EXPECT_EQ(initial("The Éclair"), "E");
    EXPECT_EQ(initial("El ñandú"), "Ñ");
    EXPECT_EQ(initial("Nube"), "N");
    EXPECT_EQ(initial("2001"), "#");
    EXPECT_EQ(initial("???"), "#");
    EXPECT_EQ(initial("Солярис"), "С");
    EXPECT_EQ(initial("Ærø"), "A");
    EXPECT_EQ(initialOf(""), "#");
}

TEST(Text, TakesPathsApart) {
    EXPECT_EQ(fileName("a/b.c"), "b.c");
    EXPECT_EQ(folderOf("a/b/c"), "a/b");
    EXPECT_EQ(folderOf("a"), "");
    EXPECT_EQ(stem("a.b.mkv"), "a.b");
    EXPECT_EQ(stem(".hidden"), ".hidden");
    EXPECT_EQ(extension("X.MKV"), "mkv");
    EXPECT_EQ(pathParts("a/b/c").size(), 3u);
    EXPECT_TRUE(pathParts("").empty());
}

TEST(SearchQuery, EscapesWhateverIsTyped) {
    EXPECT_EQ(searchQuery("so what")->match, "\"so\"* \"what\"*");
    EXPECT_EQ(searchQuery("NEAR(\"x\" OR 1)")->match, "\"near\"* \"x\"* \"or\"* \"1\"*");
    EXPECT_FALSE(searchQuery(""));
    EXPECT_FALSE(searchQuery("\"'*^:(){}[]-+"));
    EXPECT_LE(searchQuery(std::string(5000, 'a') + " b")->match.size(), 60u);
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += "w" + std::to_string(i) + " ";
    }
    EXPECT_EQ(searchQuery(many)->words.size(), 12u);
    std::string longWord;
    for (int i = 0; i < 50; ++i) {
        longWord += "ж";
    }
    EXPECT_EQ(searchQuery(longWord)->words[0].size() % 2, 0u);  // never half a letter
}

TEST(SearchQuery, NamesWhoWasMeant) {
    const std::vector<std::string> names = {"Michael Mann", "Al Pacino", "Michael Pacino", "Zoë Ålund"};
    const auto meant = [&](const char* typed, const char* known) {
        const std::string* name = meantName(*searchQuery(typed), known, names);
        return name ? *name : "nobody";
    };
    EXPECT_EQ(meant("pacino", "heat"), "Al Pacino");
    EXPECT_EQ(meant("heat pac", "heat"), "Al Pacino") << "its title has the other word";
    EXPECT_EQ(meant("michael pacino", "heat"), "Michael Pacino") << "most of the words";
    EXPECT_EQ(meant("zoe alu", "heat"), "Zoë Ålund");
    EXPECT_EQ(meant("heat", "heat"), "nobody");
    EXPECT_EQ(meant("kilmer", "heat"), "nobody");
    EXPECT_TRUE(hasAllWords(*searchQuery("he nigh"), "heat of the night"));
    EXPECT_FALSE(hasAllWords(*searchQuery("heat pacino"), "heat of the night"));
}

TEST(SearchQuery, RanksTheTitleItselfFirst) {
    const auto query = *searchQuery("blue");
    const double exact = relevance(query, "blue", "joni mitchell", "");
    EXPECT_GT(exact, relevance(query, "blue in green", "miles davis", ""));
    EXPECT_GT(relevance(query, "blue in green", "miles davis", ""),
              relevance(query, "kind of blue", "miles davis", ""));
    EXPECT_GT(relevance(query, "kind of blue", "x", ""), relevance(query, "something else", "blue", ""));
    EXPECT_GT(relevance(query, "bluebird", "x", ""), relevance(query, "song", "x", "blue"));
}

TEST(Lyrics, ReadsLrc) {
    const Lyrics lyrics = parseLyrics(
        "\xEF\xBB\xBF[ar:Someone]\r\n[offset:+500]\r\n[00:12.50][00:20.00]Chorus\r\n[00:15]<00:15.10>word <00:15.50>by "
        "word\n");
    ASSERT_TRUE(lyrics.synced);
    ASSERT_EQ(lyrics.lines.size(), 3u);
    EXPECT_DOUBLE_EQ(*lyrics.lines[0].start, 12.0);
    EXPECT_EQ(lyrics.lines[1].text, "word by word");
    EXPECT_EQ(lyrics.lines[2].text, "Chorus");
    EXPECT_DOUBLE_EQ(*parseLyrics("[01:02:50]x").lines[0].start, 62.5);
    EXPECT_DOUBLE_EQ(*parseLyrics("[1:01:02.5]x").lines[0].start, 3662.5);
}

TEST(Lyrics, TakesPlainTextAndNonsense) {
    const Lyrics plain = parseLyrics("One\n\nTwo [live]\n\n");
    EXPECT_FALSE(plain.synced);
    EXPECT_EQ(plain.lines.size(), 3u);
    EXPECT_EQ(parseLyrics("Caf\xe9").lines[0].text, "Café");
    EXPECT_TRUE(parseLyrics("").lines.empty());
    for (const char* text :
         {"[", "[]", "[:]", "[99999999999:1]x", "[-1:0]x", "[00:nan]x", "[offset:]", "[00:00.00", "<00:"}) {
        parseLyrics(text);
    }
}

TEST(Nfo, ReadsKodisXml) {
    const auto nfo =
        parseNfo(R"(<?xml version="1.0"?><movie><title>Heat &amp; Dust</title><year>1983</year><plot>P</plot>
        <genre>Drama</genre><genre>Romance</genre><uniqueid type="imdb">tt0084058</uniqueid>
        <actor><name>Julie Christie</name><role>Anne</role></actor><director>James Ivory</director></movie>
        https://www.imdb.com/title/tt0084058/)");
    ASSERT_TRUE(nfo);
    EXPECT_EQ(nfo->title, "Heat & Dust");
    EXPECT_EQ(nfo->year, 1983);
    EXPECT_EQ(nfo->genres.size(), 2u);
    EXPECT_EQ(nfo->actors, (std::vector<std::string>{"Julie Christie"}));
    EXPECT_EQ(nfo->ids.at("imdb"), "tt0084058");
    const auto again = nfoFromText(toText(*nfo));
    ASSERT_TRUE(again);
    EXPECT_EQ(toText(*again), toText(*nfo));
}

TEST(Nfo, RefusesEntitiesAndWhatIsNoNfo) {
    const auto huge =
        parseNfo("<movie><title>" + std::string(300'000, 't') + "</title><plot>" + std::string(300'000, 'p') +
                 "</plot><genre>" + std::string(300'000, 'g') + "</genre></movie>");
    ASSERT_TRUE(huge);
    EXPECT_LE(huge->title.size(), 512U);
    EXPECT_LE(huge->plot.size(), 8192U);
    EXPECT_LE(huge->genres.at(0).size(), 512U);
    EXPECT_FALSE(parseNfo("https://www.imdb.com/title/tt0113277/"));
    EXPECT_FALSE(parseNfo("<html><title>x</title></html>"));
    EXPECT_FALSE(
        parseNfo(R"(<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><movie><title>&x;</title></movie>)"));
    EXPECT_FALSE(parseNfo(R"(<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><movie><title>&b;</title></movie>)"));
    EXPECT_FALSE(parseNfo(""));
    EXPECT_FALSE(parseNfo("<movie><title>half"));
    EXPECT_FALSE(nfoFromText("{"));
}

TEST(Sidecars, AreFoundByName) {
    const std::vector<std::string_view> media = {"Film.mkv", "Film 2.mkv"};
    const std::vector<std::string_view> others = {
        "Film.en.srt", "Film.es.forced.ass", "Film 2.pt-BR.sdh.vtt", "Film.srt",  "poster.jpg",
        "fanart.jpg",  "Film-poster.png",    "random.jpg",           "movie.nfo", "Film.nfo",
        "notes.txt",   "Film.eng.hi.srt",    "Film.default.srt"};
    const auto found = matchSidecars(media, others);
    ASSERT_EQ(found.size(), 11u);
    EXPECT_EQ(found[0].language, "en");
    EXPECT_EQ(found[0].media, 0);
    EXPECT_EQ(found[1].language, "es");
    EXPECT_TRUE(found[1].forced);
    EXPECT_EQ(found[2].media, 1);
    EXPECT_EQ(found[2].language, "pt-BR");
    EXPECT_TRUE(found[2].hearingImpaired);
    EXPECT_EQ(found[3].language, "");
    EXPECT_EQ(found[4].media, -1);
    EXPECT_EQ(found[4].rank, 1);
    EXPECT_EQ(found[5].rank, 0);
    EXPECT_EQ(found[6].media, 0);
    EXPECT_TRUE(found[9].hearingImpaired);
    EXPECT_EQ(found[9].language, "en");
    EXPECT_TRUE(found[10].isDefault);
}

TEST(Sidecars, OnlyVideoTakesAllSubtitlesAndSongsTakeLyrics) {
    const auto subtitle = matchSidecars({"a long release name.mkv"}, {"English.srt"});
    ASSERT_EQ(subtitle.size(), 1u);
    EXPECT_EQ(subtitle[0].language, "en");
    const auto lyrics = matchSidecars({"01 Song.flac"}, {"01 Song.lrc", "01 Song.txt", "readme.txt", "cover.webp"});
    ASSERT_EQ(lyrics.size(), 3u);
    EXPECT_EQ(lyrics[0].type, SidecarType::Lyrics);
    EXPECT_EQ(lyrics[2].type, SidecarType::Image);
    EXPECT_TRUE(matchSidecars({}, {"x.srt", "x.lrc"}).empty());
    EXPECT_EQ(matchSidecars({"a.mkv"}, {"a.ko.smi", "a.en.ttml"}).size(), 2u);
    const auto pictures = matchSidecars({"a.mkv"}, {"a.de.forced.sup"});
    ASSERT_EQ(pictures.size(), 1u);
    EXPECT_EQ(pictures[0].format, "sup");
    EXPECT_EQ(pictures[0].language, "de");
    EXPECT_TRUE(pictures[0].forced);
}

TEST(Sidecars, VobSubIsOneOfTwoFiles) {
    const auto found = matchSidecars({"a.mkv", "b.mkv"}, {"a.en.idx", "a.en.sub", "b.idx", "b.SUB", "B2.IDX"});
    ASSERT_EQ(found.size(), 1u) << "an index without its pictures is nothing";
    EXPECT_EQ(found[0].format, "idx");
    EXPECT_EQ(found[0].index, 0u);
    EXPECT_EQ(found[0].language, "en");
    EXPECT_EQ(matchSidecars({"a.mkv"}, {"Subs/a.idx", "Subs/a.sub"}).size(), 1u);
    EXPECT_TRUE(mayBeSidecar("a.sub"));
    EXPECT_EQ(vobSubData("x/a.idx"), "x/a.sub");
    EXPECT_EQ(vobSubData("A.IDX"), "A.SUB");
    EXPECT_EQ(vobSubData("a.srt"), "");
}

TEST(Sidecars, AreFoundInFoldersOfSubtitles) {
    EXPECT_TRUE(isSubtitleFolder("Subs"));
    EXPECT_TRUE(isSubtitleFolder("subtitles"));
    EXPECT_FALSE(isSubtitleFolder("Submarine"));
    // Beside the only film, whatever its name.
    const auto film = matchSidecars(
        {"A.Film.2010.mkv"}, {"Subs/2_English.srt", "Subs/en.srt", "Subs/4_pt-BR.vtt", "Subs/Spanish (Forced).ass",
                              "Subs/cover.jpg", "Subs/A.Film.2010/3_Spanish.srt", "Subs/Other/5_French.srt"});
    ASSERT_EQ(film.size(), 5u);
    EXPECT_EQ(film[0].language, "en");
    EXPECT_EQ(film[1].language, "en");
    EXPECT_EQ(film[2].language, "pt-BR");
    EXPECT_TRUE(film[3].forced);
    EXPECT_EQ(film[3].language, "es");
    EXPECT_EQ(film[4].language, "es");
    EXPECT_EQ(film[4].index, 5u);
    // Beside several, those that say which.
    const auto season =
        matchSidecars({"Show.S01E01.mkv", "Show.S01E02.mkv"},
                      {"Subs/2_English.srt", "Subs/Show.S01E02/2_English.srt", "Subs/Show.S01E01.de.srt"});
    ASSERT_EQ(season.size(), 2u);
    EXPECT_EQ(season[0].media, 1);
    EXPECT_EQ(season[0].language, "en");
    EXPECT_EQ(season[1].media, 0);
    EXPECT_EQ(season[1].language, "de");
}

FileStamp stamp(std::uint64_t inode, std::int64_t size = 10) {
    return {size, 1000, 1, inode};
}

TEST(ScanPlan, TellsApartWhatHappened) {
    const std::vector<KnownFile> known = {{"same", stamp(1), false},
                                          {"changed", stamp(2), false},
                                          {"old", stamp(3), false},
                                          {"gone", stamp(4), false},
                                          {"back", stamp(5), true}};
    const std::vector<FoundFile> found = {{"same", stamp(1)},
                                          {"changed", stamp(2, 11)},
                                          {"new place", stamp(3)},
                                          {"fresh", stamp(6)},
                                          {"back", stamp(5)}};
    const ScanPlan plan = planScan(known, found);
    ASSERT_EQ(plan.unchanged.size(), 1u);
    ASSERT_EQ(plan.changed.size(), 1u);
    ASSERT_EQ(plan.moved.size(), 1u);
    EXPECT_EQ(plan.moved[0].known, 2u);
    EXPECT_EQ(plan.moved[0].found, 2u);
    ASSERT_EQ(plan.returned.size(), 1u);
    EXPECT_EQ(plan.added, (std::vector<std::size_t>{3}));
    EXPECT_EQ(plan.vanished, (std::vector<std::size_t>{3}));
}

TEST(ScanPlan, SeesSwapsAndOverwritesByRenames) {
    const std::vector<KnownFile> known = {{"a", stamp(1), false}, {"b", stamp(2), false}};
    ScanPlan plan = planScan(known, {{"a", stamp(2)}});  // b renamed over a
    ASSERT_EQ(plan.moved.size(), 1u);
    EXPECT_EQ(plan.moved[0].known, 1u);
    EXPECT_EQ(plan.vanished, (std::vector<std::size_t>{0}));
    plan = planScan(known, {{"a", stamp(1)}, {"b", stamp(2)}, {"c", stamp(1)}});  // a hard link
    EXPECT_EQ(plan.added, (std::vector<std::size_t>{2}));
    EXPECT_TRUE(plan.moved.empty());
}

TEST(ScanPlan, SignaturesDependOnEveryStampAndNotOnOrder) {
    const auto base = folderSignature({{"a", stamp(1)}, {"b", stamp(2)}});
    EXPECT_EQ(base, folderSignature({{"b", stamp(2)}, {"a", stamp(1)}}));
    EXPECT_NE(base, folderSignature({{"a", stamp(1)}, {"b", stamp(3)}}));
    EXPECT_NE(base, folderSignature({{"a", stamp(1, 11)}, {"b", stamp(2)}}));
    EXPECT_NE(base, folderSignature({{"ab", stamp(1)}, {"", stamp(2)}}));
    EXPECT_EQ(fingerprintSamples(100).size(), 1u);
    EXPECT_EQ(fingerprintSamples(1 << 30).size(), 3u);
}

TEST(MediaInfoJson, RoundTrips) {
    MediaInfo info;
    info.container = "mp4";
    info.duration = 12.5;
    StreamInfo video;
    video.kind = StreamKind::Video;
    video.pixelAspect = 1.5;
    video.hdr = HdrKind::Hlg;
    info.streams = {video, StreamInfo{}};
    info.chapters = {{0, 1, "One"}};
    info.tags.genres = {"Jazz"};
    info.tags.replayGainTrack = -3.5;
    info.hasCover = true;
    const auto again = mediaInfoFromText(toText(info));
    ASSERT_TRUE(again);
    EXPECT_EQ(toText(*again), toText(info));
    EXPECT_EQ(again->streams[0].kind, StreamKind::Video);
    EXPECT_EQ(again->streams[1].kind, StreamKind::Data);
    EXPECT_FALSE(mediaInfoFromText("nonsense"));
    EXPECT_TRUE(mediaInfoFromText(R"({"streams":[1,{"index":"x"}],"tags":[]})"));
}

}  // namespace
}  // namespace marea::core::library

#include "server/apps/files/filespages.h"

#include <gmock/gmock.h>

#include "server/apps/files/filessearch.h"
#include "server/apps/files/filesstyle.h"

namespace marea::server {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kNasty = "<script>alert('x')</script>\"&";

FilesFrame frame(const char* language = "en") {
    return {filesWordsFor(language), kNasty, kNasty};
}

FilesList list() {
    FilesList shown;
    shown.tab = "films";
    shown.query = kNasty;
    shown.heading = kNasty;
    shown.more = kNasty;
    shown.entries = {{kNasty, kNasty, kNasty, kNasty, true, {{kNasty, kNasty}, {kNasty, kNasty}}, kNasty}};
    return shown;
}

std::vector<std::string> everyPage(const FilesFrame& f) {
    return {filesEnterPage(f, false, kNasty), filesEnterPage(f, true, ""), filesListPage(f, list()),
            filesMessagePage(f, kNasty, kNasty), filesFoldersPage(f, {kNasty, kNasty, kNasty})};
}

TEST(FilesPages, ShowEveryTextAsTextAndHaveNoScript) {
    for (const std::string& page : everyPage(frame())) {
        EXPECT_THAT(page, Not(HasSubstr("<script")));
        EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"));
        EXPECT_THAT(page, Not(HasSubstr(" style="))) << "the policy would not apply it";
        EXPECT_THAT(page, HasSubstr("<style>" + std::string(filesStyle()) + "</style>"));
        EXPECT_THAT(page, Not(HasSubstr("http"))) << "nothing is asked of elsewhere";
    }
    EXPECT_TRUE(filesStyleSource().starts_with("'sha256-"));
}

TEST(FilesPages, SpeakBothLanguages) {
    for (const char* language : {"en", "es"}) {
        for (const std::string& page : everyPage(frame(language))) {
            EXPECT_THAT(page, HasSubstr("<html lang=\"" + std::string(language) + "\">"));
        }
    }
    EXPECT_EQ(filesWordsFor("es-MX,en;q=0.5").language, "es");
}

TEST(FilesPages, AskForACodeOrForAName) {
    EXPECT_THAT(filesEnterPage(frame(), true, ""), Not(HasSubstr("name=\"username\"")));
    EXPECT_THAT(filesEnterPage(frame(), false, "ana"), HasSubstr("name=\"username\" value=\"ana\""));
}

TEST(FilesPages, SayWhatThereIsNot) {
    FilesList nothing;
    nothing.tab = "music";
    EXPECT_THAT(filesListPage(frame(), nothing), HasSubstr("There is nothing here yet."));
    EXPECT_THAT(filesListPage(frame(), nothing), HasSubstr("<a href=\"/files?kind=music\" aria-current=\"page\">"));
    nothing.query = "tide";
    EXPECT_THAT(filesListPage(frame(), nothing), HasSubstr("Nothing was found for “tide”."));
}

TEST(FilesPages, ASearchGoesOnUntilItHasShownAllThatItGivesAndThenSaysThatThereIsMore) {
    std::string cursor;
    std::size_t shown = 0;
    for (int i = 0; i < 4; ++i) {
        const auto limit = static_cast<std::size_t>(filesSearchLimit(cursor, 50));
        EXPECT_EQ(limit, shown + 51);
        const FilesSearchPage page = filesSearchPage(cursor, 50, limit);
        EXPECT_EQ(page.from, shown);
        EXPECT_EQ(page.to, shown + 50);
        EXPECT_EQ(page.isCut, i == 3);
        EXPECT_EQ(page.cursor.empty(), i == 3);
        shown = page.to;
        cursor = page.cursor;
    }
    const FilesSearchPage last = filesSearchPage("50", 50, 70);
    EXPECT_EQ(last.to, 70u);
    EXPECT_TRUE(last.cursor.empty() && !last.isCut);
    EXPECT_EQ(filesSearchPage("150", 50, 3).from, 3u) << "fewer than there were";
    for (const char* nonsense : {"", "x", "-9", "50x", "99999999999999"}) {
        EXPECT_EQ(filesSearchPage(nonsense, 50, 10).to, 10u) << nonsense;
    }
    FilesList cut = list();
    EXPECT_THAT(filesListPage(frame(), cut), Not(HasSubstr("There are more.")));
    cut.isCut = true;
    EXPECT_THAT(filesListPage(frame(), cut), HasSubstr("There are more."));
}

TEST(FilesPages, NoWordIsMissing) {
    for (const char* language : {"en", "es"}) {
        const FilesWords& words = filesWordsFor(language);
        for (const auto text :
             {words.title,        words.enterTitle,  words.enterLead,      words.enterCodeLead, words.name,
              words.password,     words.code,        words.enter,          words.leave,         words.wrong,
              words.wrongCode,    words.tooMany,     words.tooManyDevices, words.failed,        words.gone,
              words.goneText,     words.refused,     words.back,           words.search,        words.films,
              words.series,       words.music,       words.foundFor,       words.nothingFound,  words.folders,
              words.foldersTitle, words.foldersText, words.foldersAddress, words.foldersOnce,   words.foldersFull,
              words.empty,        words.more,        words.download,       words.downloadOf,    words.part,
              words.isProtected,  words.isBroken,    words.season,         words.episode,       words.episodes,
              words.tracks,       words.browser,     words.failedTitle,    words.closedTitle,   words.stopped,
              words.specials,     words.searchShort, words.oneEpisode,     words.track,         words.narrower}) {
            EXPECT_FALSE(text.empty()) << language;
        }
    }
}

}  // namespace
}  // namespace marea::server

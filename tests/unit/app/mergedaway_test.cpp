// Several libraries, any of which is away, the one in use as any other: what the others have is shown, and who is away
// is named.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "app/viewmodels/knownservers.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

enum Library { Casa, Own, Piso };

// The server "casa", which is in use; this computer's own folders; the server "piso". "Ebb" is in all of them.
struct ThreeLibraries {
    explicit ThreeLibraries(World& all) : world(all) {
        world.settings.setValue(L("computer/used"), true);
        KnownServers(world.settings).remember({L("piso:8470"), L("Piso"), L("ana")});
        world.secrets.kept[L("refresh-token@piso:8470")] = L("r-piso");
        world.http.on("POST /oauth/token", 200, tokens("a-piso"));
        const auto list = [this](Library library) { return listOf(titles[library]); };
        serve("GET /api/v1/media", list);
        serve("GET /api/v1/search", list);
        serve("GET /api/v1/library", [](Library) { return listOf({}); });
        serve("GET /api/v1/media/facets", [](Library library) {
            const QJsonObject genre{{L("value"), QStringList{L("Jazz"), L("Folk"), L("Punk")}[library]},
                                    {L("count"), 9 - library}};
            return QJsonObject{{L("facets"), QJsonObject{{L("genre"), QJsonArray{genre}}}}};
        });
    }
    static Library libraryOf(const core::HttpRequest& request) {
        return request.url.port() == 4711 ? Own : request.url.host() == L("piso") ? Piso : Casa;
    }
    static QString addressOf(Library library) {
        return QStringList{QString(), kThisComputer, QStringLiteral("piso:8470")}[library];
    }
    static QString nameOf(Library library) {
        return QStringList{QStringLiteral("Casa"), QStringLiteral("This computer"), QStringLiteral("Piso")}[library];
    }
    void serve(const char* key, const std::function<QJsonObject(Library)>& body) {
        world.http.answers[L(key)] = [this, body](const core::HttpRequest& request) {
            const auto library = libraryOf(request);
            return away.contains(library) ? core::HttpResponse{502, {}, "{}"}
                                          : core::HttpResponse{200, {}, QJsonDocument(body(library)).toJson()};
        };
    }
    // Its lists get no answer before release().
    void hold(const QSet<Library>& libraries) {
        world.http.holds = [libraries](const core::HttpRequest& request) {
            return request.url.path() == L("/api/v1/media") && libraries.contains(libraryOf(request));
        };
    }
    void release() {
        world.http.holds = nullptr;
        world.http.release();
    }

    World& world;
    QSet<Library> away;
    QList<QJsonObject> titles[3]{{film(L("c1"), L("Buoy")), film(L("c2"), L("Ebb"))},
                                 {film(L("o1"), L("Anchor")), film(L("o2"), L("The Ebb"))},
                                 {film(L("p1"), L("Cove")), film(L("p2"), L("Ebb"))}};
};

std::string idsIn(const MediaModel& list) {
    QStringList ids;
    for (const auto& item : list.items())
        ids << item.id;
    return ids.join(L(" ")).toStdString();
}

const char* const kWhole = "o1 c1 p1 c2";
const char* const kWithout[]{"o1 p1 o2", "c1 p1 c2", "o1 c1 c2"};

class LibrariesAway : public testing::Test {
protected:
    std::string namesOf(const QStringList& addresses) const { return elsewhere.namesOf(addresses).toStdString(); }
    static bool shows(const MediaModel& list, const char* ids) {
        return QTest::qWaitFor([&] { return list.loaded() && !list.loading() && idsIn(list) == ids; }, 60'000);
    }

    World world{true};
    ThreeLibraries libraries{world};
    AppContext& context = world.context;
    Elsewhere& elsewhere = *context.elsewhere();
};

class AnyIsAway : public LibrariesAway, public testing::WithParamInterface<Library> {
protected:
    QString address() const { return ThreeLibraries::addressOf(GetParam()); }
    std::string name() const { return ThreeLibraries::nameOf(GetParam()).toStdString(); }
};

INSTANTIATE_TEST_SUITE_P(Libraries, AnyIsAway, testing::Values(Casa, Own, Piso));

TEST_P(AnyIsAway, ListsAreThoseOfTheOthersAndNameIt) {
    libraries.away = {GetParam()};
    ASSERT_TRUE(world.signIn());
    for (auto* list : {context.films(), context.albums(), context.tracks()}) {
        list->ensure();
        ASSERT_TRUE(shows(*list, kWithout[GetParam()])) << idsIn(*list);
        EXPECT_FALSE(list->failed());
        EXPECT_EQ(list->total(), 3);
        EXPECT_EQ(namesOf(list->missing()), name());
    }
    libraries.away.clear();
    for (auto* list : {context.films(), context.albums(), context.tracks()}) {
        list->reload();
        ASSERT_TRUE(shows(*list, kWhole)) << idsIn(*list) << ": it is back";
        EXPECT_TRUE(list->missing().isEmpty());
    }
}

TEST_P(AnyIsAway, NobodyWaitsForASilentOne) {
    ASSERT_TRUE(world.signIn());
    libraries.hold({GetParam()});
    context.films()->ensure();
    ASSERT_TRUE(shows(*context.films(), kWithout[GetParam()])) << idsIn(*context.films());
    EXPECT_EQ(namesOf(context.films()->missing()), name());
    libraries.release();
    ASSERT_TRUE(shows(*context.films(), kWhole)) << idsIn(*context.films()) << ": it counts once it answers";
    EXPECT_TRUE(context.films()->missing().isEmpty());
}

TEST_P(AnyIsAway, GenresAreThoseOfTheOthers) {
    libraries.away = {GetParam()};
    ASSERT_TRUE(world.signIn());
    const std::unique_ptr<FacetsViewModel> facets(context.facets());
    facets->setModel(context.films());
    const auto tell = [&](const QStringList& genres) {
        facets->load();
        return QTest::qWaitFor(
            [&] {
                QStringList told;
                for (const auto& genre : facets->genres())
                    told << genre.toMap()[L("text")].toString();
                return told == genres;
            },
            60'000);
    };
    QStringList genres{L("Jazz"), L("Folk"), L("Punk")};
    const auto all = genres;
    genres.removeAt(GetParam());
    ASSERT_TRUE(tell(genres));
    EXPECT_TRUE(QTest::qWaitFor([&] { return namesOf(facets->missing()) == name(); }, 60'000));
    EXPECT_TRUE(facets->loaded());
    EXPECT_EQ(facets->errorText().toStdString(), "");
    libraries.away.clear();
    ASSERT_TRUE(tell(all)) << "it is back";
    EXPECT_TRUE(facets->missing().isEmpty());
}

TEST_P(AnyIsAway, ASearchFindsWhatTheOthersHave) {
    libraries.away = {GetParam()};
    ASSERT_TRUE(world.signIn());
    auto& search = *context.search();
    search.setText(L("ebb"));
    search.run();
    const auto missing = [&] {
        return (search.failed() ? QStringList{QString()} : QStringList()) + elsewhere.searchMissing();
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return missing() == QStringList{address()}; }, 60'000));
    EXPECT_TRUE(elsewhere.searchAnswers());
    EXPECT_TRUE(QTest::qWaitFor([&] { return elsewhere.any(); }, 60'000));
    libraries.away.clear();
    search.run();
    EXPECT_TRUE(QTest::qWaitFor([&] { return missing().isEmpty() && !search.searching(); }, 60'000)) << "it is back";
}

TEST_P(AnyIsAway, TheHomePageHasTheRowsOfTheOthers) {
    libraries.away = {GetParam()};
    ASSERT_TRUE(world.signIn());
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.homeMissing() == QStringList{address()}; }, 60'000));
    EXPECT_FALSE(context.homeFailed());
    libraries.away.clear();
    context.reloadHome();
    EXPECT_TRUE(QTest::qWaitFor([&] { return context.homeMissing().isEmpty(); }, 60'000)) << "it is back";
}

TEST_F(LibrariesAway, NoneAnswersIsAnError) {
    libraries.away = {Casa, Own, Piso};
    ASSERT_TRUE(world.signIn());
    auto& films = *context.films();
    films.ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films.failed(); }, 60'000));
    EXPECT_EQ(films.count(), 0);
    EXPECT_NE(films.errorText().toStdString(), "");
    EXPECT_TRUE(films.missing().isEmpty());
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.homeFailed(); }, 60'000));
    const std::unique_ptr<FacetsViewModel> facets(context.facets());
    facets->setModel(&films);
    facets->load();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !facets->errorText().isEmpty(); }, 60'000));
    context.search()->setText(L("ebb"));
    context.search()->run();
    EXPECT_TRUE(QTest::qWaitFor([&] { return context.search()->failed() && !elsewhere.searchAnswers(); }, 60'000));
    libraries.away = {Own, Piso};
    films.reload();
    ASSERT_TRUE(shows(films, "c1 c2")) << idsIn(films);
    EXPECT_EQ(QSet<QString>(films.missing().begin(), films.missing().end()),
              (QSet<QString>{kThisComputer, L("piso:8470")}));
}

TEST_F(LibrariesAway, WhereNobodyHasAnsweredTheFirstIsWaitedFor) {
    ASSERT_TRUE(world.signIn());
    MergedPages pages(world.api, elsewhere);
    pages.setPatience(1);
    libraries.hold({Casa, Own, Piso});
    std::optional<core::Result<MediaPage>> told;
    deliver(pages.page(context.films()->query(), {}), &pages,
            [&](const core::Result<MediaPage>& page) { told = page; });
    QTest::qWait(20);
    EXPECT_FALSE(told) << "nobody has said anything";
    libraries.release();
    ASSERT_TRUE(QTest::qWaitFor([&] { return told.has_value(); }, 60'000));
    ASSERT_TRUE(told->has_value());
    EXPECT_FALSE((*told)->items.isEmpty());
}

TEST_F(LibrariesAway, WhoWasSilentIsAskedAfterAllWhereNobodyElseAnswers) {
    ASSERT_TRUE(world.signIn());
    MergedPages pages(world.api, elsewhere);
    pages.setPatience(1);
    libraries.hold({Casa});
    const auto ask = [&](bool& told, core::Result<MediaPage>& answer) {
        deliver(pages.page(context.films()->query(), {}), &pages, [&](const core::Result<MediaPage>& page) {
            answer = page;
            told = true;
        });
    };
    bool first = false, second = false;
    core::Result<MediaPage> answer;
    ask(first, answer);
    ASSERT_TRUE(QTest::qWaitFor([&] { return first; }, 60'000));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->missing.contains(QString()));
    libraries.away = {Own, Piso};
    const int before = world.http.count("GET", L("/api/v1/media"));
    ask(second, answer);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("GET", L("/api/v1/media")) >= before + 3; }, 60'000));
    EXPECT_FALSE(second);
    libraries.release();
    ASSERT_TRUE(QTest::qWaitFor([&] { return second; }, 60'000));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->items.size(), 2);
}

TEST_F(LibrariesAway, WhereNobodyIsSignedInNothingIsMissed) {
    world.secrets.kept.remove(L("refresh-token@piso:8470"));
    ASSERT_TRUE(world.signIn());
    context.films()->ensure();
    ASSERT_TRUE(shows(*context.films(), kWithout[Piso]));
    EXPECT_TRUE(context.films()->missing().isEmpty());
}

TEST_F(LibrariesAway, TheListsAreWholeAgainWhenTheOneInUseIsBack) {
    ASSERT_TRUE(world.signIn());
    auto& films = *context.films();
    films.ensure();
    ASSERT_TRUE(shows(films, kWhole));
    libraries.serve("GET /api/v1/server", [](Library) { return QJsonObject{{L("name"), L("Casa")}}; });
    libraries.away = {Casa};
    films.reload();
    ASSERT_TRUE(shows(films, kWithout[Casa])) << idsIn(films);
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.offline()->away(); }, 60'000));
    libraries.away.clear();
    context.offline()->tryAgain();
    EXPECT_TRUE(shows(films, kWhole)) << idsIn(films) << ": by itself";
}

TEST_F(LibrariesAway, WhatOtherWordsFoundIsNotShown) {
    ASSERT_TRUE(world.signIn());
    auto& search = *context.search();
    search.setText(L("buoy"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !search.searching() && search.films()->count() == 2; }, 60'000));
    libraries.away = {Casa};
    search.setText(L("cove"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !search.searching() && search.failed(); }, 60'000));
    EXPECT_EQ(search.films()->count(), 0);
}

// The pages say it.
class PagesOfThree : public Pages {
protected:
    PagesOfThree() : Pages(true) {}
    // The words over the page's foot; several: they are there more than once.
    QStringList lines(QQuickItem* below = nullptr) {
        QStringList all;
        for (auto* child : (below ? below : window_->contentItem())->childItems()) {
            if (child->objectName() == L("reachCard") && child->isVisible())
                all << child->property("text").toString();
            all << lines(child);
        }
        return all;
    }
    bool says(const QString& words) {
        return QTest::qWaitFor([&] { return lines() == (words.isEmpty() ? QStringList() : QStringList{words}); },
                               60'000);
    }

    ThreeLibraries libraries_{world_};
};

TEST_F(PagesOfThree, NameWhoIsAwayUntilItIsBack) {
    const QString words = L("Couldn't reach Piso. What the others have is shown.");
    auto& context = world_.context;
    libraries_.away = {Piso};
    ASSERT_TRUE(world_.signIn());
    EXPECT_TRUE(says(words)) << "home";
    for (const auto* page : {"films", "series", "music"}) {
        context.navigator()->go(L(page));
        EXPECT_TRUE(says(words)) << page << ": " << lines().join(L(", ")).toStdString();
    }
    context.searchFor(L("ebb"));
    EXPECT_TRUE(says(words)) << "search: " << lines().join(L(", ")).toStdString();
    libraries_.away.clear();
    context.search()->run();
    EXPECT_TRUE(says({})) << "search: " << lines().join(L(", ")).toStdString();
    context.navigator()->go(L("films"));
    context.films()->reload();
    EXPECT_TRUE(says({})) << "films: " << lines().join(L(", ")).toStdString();
    libraries_.away = {Casa, Own, Piso};
    context.films()->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.films()->failed(); }, 60'000));
    EXPECT_EQ(context.films()->count(), 4) << "what was there before stays";
    EXPECT_TRUE(says(context.films()->errorText())) << lines().join(L(", ")).toStdString();
}

// Whoever is about to click finds it where it was.
TEST_F(PagesOfThree, StayWhereTheyAreAndTheWordsCanBePutAway) {
    const QString words = L("Couldn't reach Piso. What the others have is shown.");
    auto& context = world_.context;
    auto* all = window_->contentItem();
    ASSERT_TRUE(world_.signIn());
    context.navigator()->go(L("films"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Anchor")) != nullptr; }, 60'000));
    const auto place = [&] { return saying(all, L("Anchor"))->mapToScene({0, 0}); };
    const auto before = place();
    libraries_.away = {Piso};
    context.films()->reload();
    ASSERT_TRUE(says(words)) << lines().join(L(", ")).toStdString();
    EXPECT_EQ(place(), before);

    auto* close = window_->findChild<QQuickItem*>(L("reachClose"));
    ASSERT_NE(close, nullptr);
    ASSERT_TRUE(QMetaObject::invokeMethod(close, "clicked"));
    EXPECT_TRUE(says({}));
    auto* mark = window_->findChild<QQuickItem*>(L("unreachedMark"));
    ASSERT_TRUE(mark && mark->isVisible());
    EXPECT_EQ(mark->property("text"), words) << "they are still to be had";
    EXPECT_EQ(place(), before);
    ASSERT_TRUE(QMetaObject::invokeMethod(mark, "clicked"));
    EXPECT_TRUE(says(words));
    EXPECT_FALSE(mark->isVisible());

    window_->resize(480, 720);
    const auto* card = window_->findChild<QQuickItem*>(L("reachCard"));
    ASSERT_NE(card, nullptr);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            return card->isVisible() && 720 - card->mapToScene({0, card->height()}).y() < 100;
        },
        60'000))
        << "at the foot, above the bar with the pages: " << card->mapToScene({0, card->height()}).y();
}

}  // namespace
}  // namespace marea::app::test

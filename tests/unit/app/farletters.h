#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "app/viewmodels/knownservers.h"
#include "core/library/text.h"
#include "tests/unit/app/doubles.h"

// Tracks under letters, more than anybody reads to come to one, in one library and in several.
namespace marea::app::test {

// A library of so many tracks under each letter, in pages either way round as the server gives them.
struct Shelf {
    QList<std::pair<QString, int>> letters;
    QString mark;         // of its ids
    bool cursors = true;  // of letters
    int offset = 0;       // of its numbers, so that those of several libraries take turns

    qsizetype total() const {
        qsizetype sum = 0;
        for (const auto& [letter, count] : letters)
            sum += count;
        return sum;
    }
    QJsonObject title(qsizetype row, bool descending) const {
        qsizetype at = descending ? total() - 1 - row : row, place = 0;
        while (at >= letters[place].second)
            at -= letters[place++].second;
        const QString& letter = letters[place].first;
        const QString number = QString::number(2 * at + offset);
        auto song = film(mark + letter + QLatin1String("-") + number, letter + QLatin1String("bc ") + number);
        song[QLatin1String("kind")] = QLatin1String("track");
        return song;
    }
    QList<QJsonObject> titles(bool descending, qsizetype from, qsizetype end) const {
        QList<QJsonObject> list;
        for (qsizetype row = from; row < end; ++row)
            list << title(row, descending);
        return list;
    }
    QList<QJsonObject> titles(bool descending) const { return titles(descending, 0, total()); }
    QJsonArray places(bool descending) const {
        auto order = letters;
        if (descending)
            std::reverse(order.begin(), order.end());
        QJsonArray list;
        int row = 0;
        for (const auto& [letter, count] : order) {
            QJsonObject place{{QLatin1String("letter"), letter}, {QLatin1String("count"), count}};
            if (cursors && row > 0) {
                place[QLatin1String("cursor")] =
                    QStringLiteral("%1%2").arg(QLatin1String(descending ? "d" : "a")).arg(row);
                place[QLatin1String("before")] =
                    QStringLiteral("%1%2").arg(QLatin1String(descending ? "a" : "d")).arg(total() - row);
            }
            list << place;
            row += count;
        }
        return list;
    }
    core::HttpResponse answer(const core::HttpRequest& request) const {
        const QUrlQuery query(request.url);
        const auto value = [&](const char* name) { return query.queryItemValue(QLatin1String(name)); };
        const bool descending = value("order") == QLatin1String("desc");
        const QString way = QLatin1String(descending ? "d" : "a"), cursor = value("cursor");
        EXPECT_TRUE(cursor.isEmpty() || cursor.startsWith(way))
            << "a cursor is of one order: " << request.url.toString().toStdString();
        const qsizetype from = cursor.mid(1).toInt(), end = std::min<qsizetype>(total(), from + value("limit").toInt());
        auto page = listOf(titles(descending, from, end),
                           end < total() ? QJsonValue(way + QString::number(end)) : QJsonValue());
        page[QLatin1String("total")] = total();
        if (value("fields") == QLatin1String("letters") && value("sort") == QLatin1String("title"))
            page[QLatin1String("letters")] = places(descending);
        return {200, {}, QJsonDocument(page).toJson()};
    }
};

inline Shelf large(const QString& mark = {}, int offset = 0) {
    return {{{QLatin1String("A"), 3000}, {QLatin1String("M"), 500}, {QLatin1String("Z"), 700}}, mark, true, offset};
}

// The tracks of one library.
class FarLetters : public testing::Test {
protected:
    explicit FarLetters(bool withOwn = false) : world(withOwn) {}
    void load(const QString& order = {}) {
        world.http.answers[QLatin1String("GET /api/v1/media")] = [this](const auto& request) {
            return shelf.answer(request);
        };
        QObject::connect(tracks, &MediaModel::reached, tracks, [this](int row) { reached << row; });
        tracks->setSort(QLatin1String("title"), order);
        rest();
    }
    void rest() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return tracks->loaded() && !tracks->loading(); }, 60'000));
    }
    // Nobody answers: one is told, and goes nowhere.
    void expectToStayWithoutServers() {
        const auto shown = ids();
        world.http.down = true;
        tracks->reach(tracks->rowOf(QLatin1String("Z")));
        ASSERT_TRUE(QTest::qWaitFor([&] { return tracks->failed(); }, 60'000));
        EXPECT_EQ(ids(), shown);
        EXPECT_TRUE(reached.isEmpty());
    }
    // The row of the model that the letter is at.
    int go(const char* letter) {
        const auto before = reached.size();
        tracks->reach(tracks->rowOf(QLatin1String(letter)));
        EXPECT_TRUE(QTest::qWaitFor([&] { return reached.size() > before; }, 60'000)) << letter;
        return reached.size() > before ? reached.last() : -1;
    }
    QStringList ids() const {
        QStringList list;
        for (const auto& item : tracks->items())
            list << item.id;
        return list;
    }
    int asked() const { return world.http.count("GET", QLatin1String("/api/v1/media")); }
    // What it holds is a part of the list, without a gap.
    void expectAPart(bool descending = false) {
        QStringList all;
        for (const auto& title : shelf.titles(descending))
            all << title[QLatin1String("id")].toString();
        const auto shown = ids();
        ASSERT_FALSE(shown.isEmpty());
        EXPECT_EQ(shown, all.mid(all.indexOf(shown.first()), shown.size()));
    }

    World world;
    Shelf shelf = large();
    MediaModel* tracks = world.context.tracks();
    QList<int> reached;
};

// Of three libraries as one list: a letter is looked for in each.
class FarLettersOfAll : public FarLetters {
protected:
    FarLettersOfAll() : FarLetters(true) {
        world.settings.setValue(QLatin1String("computer/used"), true);
        KnownServers(world.settings)
            .remember({QLatin1String("piso:8470"), QLatin1String("Piso"), QLatin1String("ana")});
        world.secrets.kept[QLatin1String("refresh-token@piso:8470")] = QLatin1String("r-piso");
        world.http.on("POST /oauth/token", 200, tokens("a-piso"));
        world.http.answers[QLatin1String("GET /api/v1/media")] = [this](const core::HttpRequest& request) {
            return shelves[libraryOf(request)].answer(request);
        };
    }
    static int libraryOf(const core::HttpRequest& request) {
        return request.url.port() == 4711 ? 1 : request.url.host() == QLatin1String("piso") ? 2 : 0;
    }
    qsizetype totalOfAll() const { return shelves[0].total() + shelves[1].total() + shelves[2].total(); }
    bool showsAll() const {
        return tracks->total() == totalOfAll() && !tracks->loading() && tracks->missing().isEmpty();
    }
    void loadAll() {
        ASSERT_TRUE(world.signIn());
        QObject::connect(tracks, &MediaModel::reached, tracks, [this](int row) { reached << row; });
        tracks->ensure();
        ASSERT_TRUE(QTest::qWaitFor([&] { return showsAll(); }, 60'000));
    }
    using Titles = QList<std::pair<std::string, QString>>;  // sort keys and ids
    // Of each library but one that is left out, in their order.
    Titles titlesOfAll(int without = -1) const {
        Titles every;
        for (int library = 0; library < 3; ++library)
            for (const auto& title : library == without ? QList<QJsonObject>() : shelves[library].titles(false))
                every << std::pair(core::library::sortKey(title[QLatin1String("title")].toString().toStdString()),
                                   title[QLatin1String("id")].toString());
        std::sort(every.begin(), every.end());
        return every;
    }
    // In order, and of each library but one that is left out all that is between the first and the last.
    void expectWhole(int without = -1) {
        const auto every = titlesOfAll(without);
        Titles shown;
        for (const auto& item : tracks->items())
            shown << std::pair(core::library::sortKey(item.title.toStdString()), item.id);
        ASSERT_FALSE(shown.isEmpty());
        const auto from = every.indexOf(shown.first());
        ASSERT_GE(from, 0);
        EXPECT_TRUE(shown == every.mid(from, shown.size()));
    }

    // The second has nothing under M.
    Shelf shelves[3]{large(QLatin1String("c"), 0),
                     {{{QLatin1String("A"), 900}, {QLatin1String("Z"), 20}}, QLatin1String("o"), true, 10'001},
                     large(QLatin1String("p"), 1)};
};

}  // namespace marea::app::test

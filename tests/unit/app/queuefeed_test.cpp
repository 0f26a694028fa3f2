// What follows in the queue, of lists that go elsewhere meanwhile, or whose next page does not come.
#include "tests/unit/app/farletters.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

// The queue of the player. None of its titles begins, so that none ends.
class Queue {
public:
    explicit Queue(World& world) : player_(*world.context.player()) {
        world.http.holds = [](const core::HttpRequest& request) { return request.url.path().endsWith(L("/playback")); };
    }
    QStringList ids() const {
        QStringList list;
        for (const auto& entry : player_.playQueue().entries())
            list << entry.mediaId;
        return list;
    }
    int count() const { return player_.queue()->count(); }
    // Near its end, what follows comes.
    void expectGrowth() {
        const int before = count();
        player_.jump(before - 2);
        EXPECT_TRUE(QTest::qWaitFor([&] { return count() > before; }, 60'000)) << "of " << before;
    }
    // Its page does not come while the server is away, and does with one of the next titles.
    void expectGrowthAfterFailure(World& world) {
        const int before = count(), asked = world.http.count("GET", L("/api/v1/media"));
        world.http.down = true;
        player_.jump(before - 2);
        ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("GET", L("/api/v1/media")) > asked; }, 60'000));
        EXPECT_EQ(count(), before);
        world.http.down = false;
        expectGrowthWithTitles();
    }
    // One after the other, each of which asks again.
    void expectGrowthWithTitles() {
        const int before = count();
        bool last = false;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                last = !last;
                if (count() == before)
                    player_.jump(before - (last ? 1 : 2));
                return count() > before;
            },
            60'000));
    }

private:
    PlayerViewModel& player_;
};

class QueueOfLetters : public FarLetters {
protected:
    void expectTitles(const Queue& queue) const {
        QStringList all;
        for (const auto& title : shelf.titles(false))
            all << title[L("id")].toString();
        ASSERT_GT(queue.count(), 0);
        EXPECT_EQ(queue.ids(), all.mid(all.indexOf(queue.ids().first()), queue.count()));
    }
};

TEST_F(QueueOfLetters, GoesOnWhereverOneGoesInTheList) {
    load();
    Queue queue(world);
    world.context.playFrom(tracks, 0);
    go("Z");
    queue.expectGrowth();
    expectTitles(queue);
}

TEST_F(QueueOfLetters, GoesOnFromTheLetterThatOneWentTo) {
    load();
    const int row = go("M");
    Queue queue(world);
    tracks->fetchBefore();  // as what shows it does
    world.context.playFrom(tracks, row);
    rest();
    queue.expectGrowth();
    expectTitles(queue);
}

TEST_F(QueueOfLetters, IsFedAgainWithATitleAfterAPageThatFailed) {
    load();
    Queue queue(world);
    world.context.playFrom(tracks, 0);
    queue.expectGrowthAfterFailure(world);
    expectTitles(queue);
}

class QueueOfAllLetters : public FarLettersOfAll {
protected:
    void expectTitles(const Queue& queue) const {
        QStringList all;
        for (const auto& [key, id] : titlesOfAll())
            all << id;
        ASSERT_GT(queue.count(), 0);
        EXPECT_EQ(queue.ids(), all.mid(all.indexOf(queue.ids().first()), queue.count()));
    }
};

TEST_F(QueueOfAllLetters, GoesOnWhereverOneGoesInTheList) {
    loadAll();
    Queue queue(world);
    world.context.playFrom(tracks, 0);
    go("Z");
    queue.expectGrowth();
    queue.expectGrowth();
    expectTitles(queue);
}

TEST_F(QueueOfAllLetters, GoesOnFromTheLetterThatOneWentTo) {
    loadAll();
    const int row = go("M");
    Queue queue(world);
    tracks->fetchBefore();
    world.context.playFrom(tracks, row);
    rest();
    go("A");
    queue.expectGrowth();
    expectTitles(queue);
}

TEST_F(QueueOfAllLetters, GoesOnWithoutALibraryThatStaysAway) {
    loadAll();
    Queue queue(world);
    world.context.playFrom(tracks, 0);
    const auto before = queue.ids();
    world.http.answers[L("GET /api/v1/media")] = [this](const core::HttpRequest& request) {
        return libraryOf(request) == 2 ? core::HttpResponse{503, {}, "{}"}
                                       : shelves[libraryOf(request)].answer(request);
    };
    queue.expectGrowthWithTitles();
    QStringList ofCasa, all;
    for (const auto& id : queue.ids())
        if (id.startsWith(QLatin1Char('c')))
            ofCasa << id;
    for (const auto& title : shelves[0].titles(false))
        all << title[L("id")].toString();
    EXPECT_EQ(ofCasa, all.first(ofCasa.size()));
    EXPECT_EQ(queue.ids().first(before.size()), before);
    EXPECT_GT(ofCasa.size(), before.filter(QLatin1String("c")).size());
}

TEST_F(QueueOfAllLetters, IsFedAgainWithATitleAfterAPageThatFailed) {
    loadAll();
    Queue queue(world);
    world.context.playFrom(tracks, 0);
    queue.expectGrowthAfterFailure(world);
    expectTitles(queue);
}

}  // namespace
}  // namespace marea::app::test

#include "app/viewmodels/mergedpages.h"

#include <algorithm>
#include <QTimer>

#include "app/viewmodels/letters.h"

namespace marea::app {
namespace {

constexpr int kSlowFactor = 10;  // how much longer who was late once is waited for

const QString kMore = QStringLiteral("merged"), kMoreBehind = QStringLiteral("merged behind");

}  // namespace

// One list, as far as it was asked for.
struct MergedPages::Run {
    Run(const MediaQuery& asked, TitleMerge from) : query(asked), merge(std::move(from)) {}

    MediaQuery query;
    TitleMerge merge;
    std::vector<QPointer<LibraryElsewhere>> places;  // of the sources from 1 on
    QSet<int> open;                                  // sources that have not answered
    QSet<int> gone;                                  // that were given up
    QPromise<core::Result<MediaPage>> promise;
    QString more = kMore;
    int step = 0;

    void finish(core::Result<MediaPage> page) {
        promise.addResult(std::move(page));
        promise.finish();
    }
};

MergedPages::MergedPages(ApiClient& api, Elsewhere& elsewhere, QObject* parent)
    : QObject(parent), api_(api), elsewhere_(elsewhere) {
    const auto anew = [this] {
        silent_.clear();
        slow_.clear();
        Q_EMIT outdated();
    };
    connect(&elsewhere_, &Elsewhere::placesChanged, this, anew);
    connect(&elsewhere_, &Elsewhere::onceChanged, this, anew);
}

Reply<MediaPage> MergedPages::page(const MediaQuery& query, const QString& cursor) {
    if (cursor.isEmpty()) {
        run_ = begin(query);
        behind_.reset();
    }
    if (run_ && cursor.startsWith(kFromLetter))
        run_ = beginAt(*run_, query, cursor);
    if (run_ && cursor.startsWith(kBeforeLetter))
        behind_ = beginAt(*run_, query, cursor);
    const auto run = cursor.startsWith(kBeforeLetter) || cursor == kMoreBehind ? behind_ : run_;
    if (!run)
        return api_.media(query, cursor);
    run->query.limit = query.limit;
    run->promise = QPromise<core::Result<MediaPage>>();
    run->promise.start();
    const auto reply = run->promise.future();
    ask(run);
    return reply;
}

MergedPages::RunRef MergedPages::begin(const MediaQuery& query) {
    std::vector<QPointer<LibraryElsewhere>> places;
    for (auto* object : elsewhere_.places())
        if (auto* place = qobject_cast<LibraryElsewhere*>(object); !silent_.contains(place->address()))
            places.emplace_back(place);
    if (!elsewhere_.once() || places.empty() || !TitleMerge::canMerge(query))
        return nullptr;
    auto run = std::make_shared<Run>(query, TitleMerge(query, static_cast<int>(places.size()) + 1));
    run->places = std::move(places);
    return run;
}

// `query` is already the other way round for what stands before.
MergedPages::RunRef MergedPages::beginAt(const Run& run, const MediaQuery& query, const QString& cursor) {
    const bool behind = cursor.startsWith(kBeforeLetter);
    const QString letter = cursor.mid((behind ? kBeforeLetter : kFromLetter).size());
    auto there = std::make_shared<Run>(query, behind ? run.merge.before(letter) : run.merge.from(letter));
    there->places = run.places;
    there->more = behind ? kMoreBehind : kMore;
    return there;
}

void MergedPages::ask(const RunRef& run) {
    const auto hungry = run->merge.hungry();
    run->open = QSet<int>(hungry.begin(), hungry.end());
    const int step = ++run->step;
    bool slow = false;
    for (const auto& place : run->places)
        slow = slow || (place && slow_.contains(place->address()));
    QTimer::singleShot(patience_ * (slow ? kSlowFactor : 1), this, [this, run, step] {
        if (run->step == step)
            giveUp(run);
    });
    for (const int source : hungry)
        source == 0 ? askHere(run) : askThere(run, source);
    if (hungry.empty())
        settle(run);
}

void MergedPages::askHere(const RunRef& run) {
    auto query = run->query;
    const auto cursor = run->merge.cursorOf(0);
    if (!cursor.isEmpty())
        query.fields.clear();
    deliver(api_.media(query, cursor), this, [this, run](const auto& page) { onHere(run, page); });
}

void MergedPages::askThere(const RunRef& run, int source) {
    const auto& place = run->places[static_cast<std::size_t>(source - 1)];
    if (!place)
        return onThere(run, source, core::fail(core::ErrorCode::Unavailable, {}));
    auto query = run->query;
    const auto cursor = run->merge.cursorOf(source);
    if (!cursor.isEmpty())
        query.fields.clear();
    const QPointer<MergedPages> self(this);
    place->list(query, cursor, [self, run, source](const auto& page) {
        if (self)
            self->onThere(run, source, page);
    });
}

void MergedPages::onHere(const RunRef& run, const core::Result<MediaPage>& page) {
    if (!page) {
        ++run->step;
        run->open.clear();
        return run->finish(page);
    }
    run->open.remove(0);
    run->merge.add(0, *page);
    settle(run);
}

// A page that comes late counts the next time.
void MergedPages::onThere(const RunRef& run, int source, const core::Result<MediaPage>& page) {
    const auto& place = run->places[static_cast<std::size_t>(source - 1)];
    if (run->gone.contains(source)) {
        if (!place || !silent_.remove(place->address()) || !page || slow_.contains(place->address()))
            return;  // who is late again is asked the next time, and not once more at once: there would be no end
        slow_.insert(place->address());
        Q_EMIT outdated();
        return;
    }
    if (!run->open.remove(source))
        return;
    if (!page || !place)
        run->merge.end(source);
    else
        run->merge.add(source, *page);
    settle(run);
}

void MergedPages::giveUp(const RunRef& run) {
    for (const int source : QSet<int>(run->open)) {
        if (source == 0)
            continue;
        run->open.remove(source);
        run->gone.insert(source);
        run->merge.end(source);
        if (const auto& place = run->places[static_cast<std::size_t>(source - 1)])
            silent_.insert(place->address());
    }
    settle(run);
}

void MergedPages::settle(const RunRef& run) {
    if (!run->open.isEmpty())
        return;
    auto page = run->merge.take();
    if (page.items.isEmpty() && page.instead.isEmpty() && !run->merge.done())
        return ask(run);  // all of it was shown already
    ++run->step;
    if (!run->merge.done())
        page.nextCursor = run->more;
    run->finish(std::move(page));
}

}  // namespace marea::app

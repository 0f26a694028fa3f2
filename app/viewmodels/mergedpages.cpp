#include "app/viewmodels/mergedpages.h"

#include <algorithm>
#include <QTimer>

#include "app/viewmodels/letters.h"

namespace marea::app {
namespace {

constexpr int kSlowFactor = 10;  // how much longer who was late once is waited for
constexpr int kTries = 5;        // of a page of a rest that lacks a library

const QString kMore = QStringLiteral("merged"), kMoreBehind = QStringLiteral("merged behind");

}  // namespace

// One list, as far as it was asked for. Source 0 is the library in use, whose address is "".
struct MergedPages::Run {
    Run(const MediaQuery& asked, TitleMerge from) : query(asked), merge(std::move(from)) {}

    MediaQuery query;
    TitleMerge merge;
    std::vector<QPointer<LibraryElsewhere>> places;  // of the sources from 1 on
    QStringList addresses{QString()};                // of all sources
    QSet<int> open;                                  // sources that have not answered
    QSet<int> gone;                                  // that were given up
    QSet<int> answered;                              // that did, once
    std::vector<int> spared;                         // that were not asked, as they were silent the last time
    QStringList missing;                             // addresses of those whose titles are left out
    std::optional<core::Error> error;                // of one that failed, and of the one in use before others
    QPromise<core::Result<MediaPage>> promise;
    QString more = kMore;
    int step = 0;
    bool patient = true;

    // The same libraries, none of which was asked yet.
    std::shared_ptr<Run> as(const MediaQuery& asked, TitleMerge from) const {
        auto other = std::make_shared<Run>(asked, std::move(from));
        other->places = places;
        other->addresses = addresses;
        other->missing = missing;
        return other;
    }
    bool isThere(int source) const { return source == 0 || places[static_cast<std::size_t>(source - 1)]; }
    void leaveOut(int source) {
        merge.end(source);
        if (!missing.contains(addresses[source]))
            missing << addresses[source];
    }
    void take(int source, const MediaPage& page) {
        merge.add(source, page);
        answered.insert(source);
        missing.removeAll(addresses[source]);
    }
    void fail(int source, const core::Error& why) {
        if (!error || source == 0)
            error = why;
        isMissed(why) ? leaveOut(source) : merge.end(source);
    }
    void finish(core::Result<MediaPage> page) {
        ++step;
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
    if (run_ && cursor.startsWith(kFromLetter)) {
        run_ = beginAt(*run_, query, cursor);
        behind_.reset();
    }
    if (run_ && cursor.startsWith(kBeforeLetter))
        behind_ = beginAt(*run_, query, cursor);
    if (run_ && isRest_) {
        kept_ = run_;
        run_ = kept_->as(query, kept_->merge);
    }
    const auto run = cursor.startsWith(kBeforeLetter) || cursor == kMoreBehind ? behind_ : run_;
    if (!run)
        return api_.media(query, cursor);
    run->query.limit = query.limit;
    run->promise = QPromise<core::Result<MediaPage>>();
    run->promise.start();
    const auto reply = run->promise.future();
    ask(run, run->merge.hungry());
    return reply;
}

std::unique_ptr<MergedPages> MergedPages::rest() const {
    auto other = std::make_unique<MergedPages>(api_, elsewhere_);
    if (run_)
        other->run_ = run_->as(run_->query, run_->merge);
    other->patience_ = patience_ * kSlowFactor;
    other->isRest_ = true;
    return other;
}

MergedPages::RunRef MergedPages::begin(const MediaQuery& query) {
    const auto others = elsewhere_.places();
    if (!elsewhere_.once() || others.isEmpty() || !TitleMerge::canMerge(query))
        return nullptr;
    auto run = std::make_shared<Run>(query, TitleMerge(query, static_cast<int>(others.size()) + 1));
    for (auto* other : others) {
        run->places.emplace_back(qobject_cast<LibraryElsewhere*>(other));
        run->addresses << run->places.back()->address();
    }
    spareSilent(*run);
    return run;
}

// `query` is already the other way round for what stands before. Who was left out stays so: it told no letters.
MergedPages::RunRef MergedPages::beginAt(const Run& run, const MediaQuery& query, const QString& cursor) const {
    const bool behind = cursor.startsWith(kBeforeLetter);
    const QString letter = cursor.mid((behind ? kBeforeLetter : kFromLetter).size());
    auto there = run.as(query, behind ? run.merge.before(letter) : run.merge.from(letter));
    there->more = behind ? kMoreBehind : kMore;
    spareSilent(*there);
    return there;
}

// Of those that have something to tell.
void MergedPages::spareSilent(Run& run) const {
    for (const int source : run.merge.hungry())
        if (silent_.contains(run.addresses[source])) {
            run.leaveOut(source);
            run.spared.push_back(source);
        }
}

// Of all that the list holds, also before the letter that it went to.
QStringList MergedPages::missing() const {
    QStringList all;
    for (const auto& run : {run_, behind_})
        if (run)
            all << run->missing;
    all.removeDuplicates();
    return all;
}

void MergedPages::ask(const RunRef& run, const std::vector<int>& sources) {
    run->open = QSet<int>(sources.begin(), sources.end());
    run->patient = true;
    const int step = ++run->step;
    const bool slow = std::any_of(run->addresses.begin(), run->addresses.end(),
                                  [this](const QString& address) { return slow_.contains(address); });
    QTimer::singleShot(patience_ * (slow ? kSlowFactor : 1), this, [this, run, step] {
        if (run->step == step)
            onPatienceOver(run);
    });
    for (const int source : sources)
        askOne(run, source);
    if (sources.empty())
        settle(run);
}

void MergedPages::askOne(const RunRef& run, int source) {
    auto query = run->query;
    const auto cursor = run->merge.cursorOf(source);
    if (!cursor.isEmpty())
        query.fields.clear();
    const QPointer<MergedPages> self(this);
    const auto answer = [self, run, source](const core::Result<MediaPage>& page) {
        if (self)
            self->onAnswer(run, source, page);
    };
    if (source == 0)
        return deliver(api_.media(query, cursor), this, answer);
    if (const auto& place = run->places[static_cast<std::size_t>(source - 1)])
        place->list(query, cursor, answer);
    else
        answer(core::fail(core::ErrorCode::Unavailable, {}));
}

void MergedPages::onAnswer(const RunRef& run, int source, const core::Result<MediaPage>& page) {
    if (run->gone.contains(source))
        return onLateAnswer(*run, source, page.has_value());
    if (!run->open.remove(source))
        return;
    if (page && run->isThere(source))
        run->take(source, *page);
    else
        run->fail(source, page ? core::Error{core::ErrorCode::Unavailable, {}, {}} : page.error());
    settle(run);
}

// A page that comes late counts the next time.
void MergedPages::onLateAnswer(const Run& run, int source, bool good) {
    const auto& address = run.addresses[source];
    if (!run.isThere(source) || !silent_.remove(address) || !good || slow_.contains(address))
        return;  // who is late again is asked the next time, and not once more at once: there would be no end
    slow_.insert(address);
    Q_EMIT outdated();
}

// Where nobody has answered yet, whoever is the first to do so is waited for.
void MergedPages::onPatienceOver(const RunRef& run) {
    run->patient = false;
    settle(run);
}

void MergedPages::giveUp(Run& run) {
    for (const int source : std::exchange(run.open, {})) {
        run.gone.insert(source);
        run.leaveOut(source);
        if (run.isThere(source))
            silent_.insert(run.addresses[source]);
    }
}

void MergedPages::settle(const RunRef& run) {
    if (!run->open.isEmpty() && (run->patient || run->answered.isEmpty()))
        return;
    giveUp(*run);
    if (run->answered.isEmpty() && !run->spared.empty())
        return ask(run, std::exchange(run->spared, {}));
    auto page = run->merge.take();
    if ((page.items.isEmpty() && run->answered.isEmpty() && run->error) || isRefused(*run))
        return fail(*run);
    if (page.items.isEmpty() && page.instead.isEmpty() && !run->merge.done())
        return ask(run, run->merge.hungry());  // all of it was shown already
    page.missing = missing();
    if (!run->merge.done())
        page.nextCursor = run->more;
    addWhole(page);
    run->finish(std::move(page));
}

// Who is left out of a rest stays so: only who is away for long is.
bool MergedPages::isRefused(const Run& run) {
    if (!isRest_ || run.missing.size() <= kept_->missing.size() || ++tries_ >= kTries) {
        tries_ = 0;
        return false;
    }
    return true;
}

void MergedPages::fail(Run& run) {
    if (isRest_)
        run_ = kept_;
    run.finish(core::unexpected<core::Error>(run.error.value_or(core::Error{core::ErrorCode::Unavailable, {}, {}})));
}

// What stands before the letter that the list began at may be less than was told: then its letters are.
void MergedPages::addWhole(MediaPage& page) const {
    if (!run_ || !behind_)
        return;
    page.letters = run_->merge.lettersWith(behind_->merge);
    page.total = run_->merge.totalWith(behind_->merge);
}

}  // namespace marea::app

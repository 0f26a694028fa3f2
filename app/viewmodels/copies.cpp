#include "app/viewmodels/copies.h"

#include <algorithm>
#include <QTimer>

namespace marea::app {
namespace {

constexpr int kPatienceMs = 2000;      // for a library that does not answer
constexpr qsizetype kMostKnown = 500;  // titles

}  // namespace

// What is asked of all the others about one title.
struct Copies::Search {
    MediaItem here;
    QList<TitleCopy> copies;
    QList<QPointer<LibraryElsewhere>> open;  // who has not answered
    int generation = 0;
};

Copies::Copies(ApiClient& api, Elsewhere& elsewhere, QObject* parent)
    : QObject(parent), api_(api), elsewhere_(elsewhere) {
    connect(&elsewhere_, &Elsewhere::placesChanged, this, &Copies::forget);
    connect(&api_, &ApiClient::userChanged, this, [this](const QString& id, const UserChange& change) {
        if (const auto title = known_.find(id); title != known_.end())
            apply(change, title->here);
    });
}

// The others are others now; who asked is told so.
void Copies::forget() {
    ++generation_;
    known_.clear();
    silent_.clear();
    for (const auto& questions : std::exchange(questions_, {}))
        for (const auto& question : questions)
            question.found({}, {});
}

bool Copies::any() const {
    return elsewhere_.once() && !elsewhere_.places().isEmpty();
}

bool Copies::anyNearer() const {
    const auto places = elsewhere_.places();
    const auto here = nearnessOf(api_.server());
    return any() && std::any_of(places.begin(), places.end(), [here](const auto* place) {
               return qobject_cast<const LibraryElsewhere*>(place)->nearness() < here;
           });
}

const QList<TitleCopy>& Copies::known(const QString& mediaId) const {
    static const QList<TitleCopy> none;
    const auto title = known_.constFind(mediaId);
    return title == known_.constEnd() || !any() ? none : title->copies;
}

int Copies::nearestOf(const QList<TitleCopy>& copies, bool downloaded) const {
    QList<Nearness> all;
    for (const auto& copy : copies)
        all << copy.nearness;
    return app::nearestOf(all, nearnessOf(api_.server()), downloaded);
}

void Copies::find(const QString& mediaId, const Found& found) {
    put(mediaId, {found, false});
}

void Copies::findNearest(const QString& mediaId, const Found& found) {
    put(mediaId, {found, true});
}

void Copies::findOthers(const MediaItem& title, const Found& found) {
    if (!any())
        return found({}, {});
    const bool runs = questions_.contains(title.id);
    questions_[title.id] << Question{found, false};
    if (!runs)
        ask(title);
}

// Who has it may be known; where one stopped in it is asked each time, as another device may have told of it since.
void Copies::put(const QString& mediaId, const Question& question) {
    if (!any())
        return question.found({}, {});
    const bool runs = questions_.contains(mediaId);
    questions_[mediaId] << question;
    if (runs)
        return;
    if (known_.contains(mediaId))
        QTimer::singleShot(kPatienceMs, this, [this, mediaId] {
            if (known_.contains(mediaId))
                tellKnown(mediaId);
        });
    deliver(api_.item(mediaId), this, [this, mediaId](const core::Result<MediaItem>& item) {
        const auto title = known_.find(mediaId);
        if (item && title == known_.end())
            return ask(*item);
        if (item)
            title->here = *item;
        tellKnown(mediaId);
    });
}

// Nothing, of a title that is not known.
void Copies::tellKnown(const QString& mediaId) {
    const auto title = known_.value(mediaId);
    for (const auto& question : questions_.take(mediaId))
        question.found(title.here, title.copies);
}

void Copies::ask(const MediaItem& here) {
    const auto search = std::make_shared<Search>(Search{here, {}, {}, generation_});
    for (auto* object : elsewhere_.places())
        if (auto* place = qobject_cast<LibraryElsewhere*>(object); place && place->address() != here.place)
            search->open << place;
    QTimer::singleShot(kPatienceMs, this, [this, search] { giveUp(search); });
    for (const auto& place : QList(search->open))
        place->look(here,
                    [this, search, place](const std::optional<MediaItem>& item) { onAnswer(search, place, item); });
    settle(search);  // there may be no others any more
}

// Also one that comes late counts, for the next time.
void Copies::onAnswer(const std::shared_ptr<Search>& search, const QPointer<LibraryElsewhere>& place,
                      const std::optional<MediaItem>& item) {
    if (!place || search->generation != generation_)
        return;
    search->open.removeAll(place);
    silent_.remove(place->address());
    if (item)
        search->copies << TitleCopy{&place->api(), place->address(), place->name(), place->nearness(), *item};
    std::stable_sort(search->copies.begin(), search->copies.end(),
                     [](const TitleCopy& a, const TitleCopy& b) { return a.nearness < b.nearness; });
    settle(search);
}

bool Copies::isDone(const Search& search, const Question& question) const {
    if (!question.nearestOnly)
        return search.open.isEmpty();
    const auto here = nearnessOf(api_.server());
    const auto best = search.copies.isEmpty() ? here : std::min(here, search.copies.first().nearness);
    return std::none_of(search.open.begin(), search.open.end(), [this, best](const auto& place) {
        return place && place->nearness() < best && !silent_.contains(place->address());
    });
}

void Copies::settle(const std::shared_ptr<Search>& search) {
    if (search->open.isEmpty())
        remember(*search);
    const auto waiting = questions_.take(search->here.id);
    QList<Question> left;
    for (const auto& question : waiting)
        if (!isDone(*search, question))
            left << question;
    if (!left.isEmpty())
        questions_.insert(search->here.id, left);
    for (const auto& question : waiting)
        if (isDone(*search, question))
            question.found(search->here, search->copies);
}

void Copies::giveUp(const std::shared_ptr<Search>& search) {
    if (search->generation != generation_ || search->open.isEmpty())
        return;
    for (const auto& place : std::exchange(search->open, {}))
        if (place)
            silent_.insert(place->address());
    settle(search);
}

void Copies::remember(const Search& search) {
    if (known_.size() >= kMostKnown)
        known_.clear();
    known_.insert(search.here.id, {search.here, search.copies});
}

int placeOf(const QList<TitleCopy>& copies, const QString& address) {
    const auto found =
        std::find_if(copies.begin(), copies.end(), [&](const TitleCopy& copy) { return copy.address == address; });
    return found == copies.end() ? -1 : static_cast<int>(found - copies.begin());
}

}  // namespace marea::app

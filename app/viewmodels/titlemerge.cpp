#include "app/viewmodels/titlemerge.h"

#include <algorithm>

#include "app/viewmodels/letters.h"
#include "app/viewmodels/sametitle.h"
#include "core/library/text.h"

namespace marea::app {

using L = QLatin1String;

bool TitleMerge::canMerge(const MediaQuery& query) {
    const bool ofOneLibrary = !query.parent.isEmpty() || !query.library.isEmpty() || !query.collection.isEmpty() ||
                              !query.artist.isEmpty() || !query.playlist.isEmpty() || !query.similarTo.isEmpty() ||
                              !query.libraryState.isEmpty() || !query.search.isEmpty() || !query.status.isEmpty();
    const QStringList sorts{L("title"), L("artist"), L("album"), L("added"), L("year"), L("duration"), L("popular")};
    return !ofOneLibrary && sorts.contains(query.sort);
}

TitleMerge::TitleMerge(const MediaQuery& query, int sources)
    : sort_(query.sort),
      descending_(query.order == L("desc")),
      few_(query.limit / 4),
      sources_(static_cast<std::size_t>(sources)) {}

TitleMerge TitleMerge::withoutSources() const {
    TitleMerge other(*this);
    other.sources_.clear();
    other.told_.clear();
    other.copies_.clear();
    other.left_ = 0;
    return other;
}

// Copies among what is not read again stay known, unless they may be of who is gone.
TitleMerge TitleMerge::from(const QString& letter) const {
    TitleMerge rest = withoutSources();
    for (const auto& source : sources_) {
        const auto at = placeOf(source.letters, letter, descending_);
        Source there;
        there.letters = source.letters;
        there.taken = there.skipped = rowsBefore(source.letters, at);
        there.total = source.letters.isEmpty() ? 0 : source.total;
        there.ended = at == source.letters.size();
        there.cursor = there.ended ? QString() : source.letters[at].cursor;
        rest.sources_.push_back(std::move(there));
    }
    const auto isGone = [](const Source& source) { return source.letters.isEmpty() && source.total != 0; };
    if (std::any_of(sources_.begin(), sources_.end(), isGone))
        return rest;
    for (auto copies = copies_.begin(); copies != copies_.end(); ++copies)
        if (placeOf({LetterPlace{copies.key(), 1}}, letter, descending_) == 1) {
            rest.copies_.insert(copies.key(), copies.value());
            rest.left_ += copies.value();
        }
    return rest;
}

// A source that has nothing from there on is read from its other end.
TitleMerge TitleMerge::before(const QString& letter) const {
    TitleMerge rest = withoutSources();
    rest.descending_ = !descending_;
    for (const auto& source : sources_) {
        const auto at = placeOf(source.letters, letter, descending_);
        Source there;
        there.letters = {source.letters.rbegin(), source.letters.rend()};
        there.taken = there.skipped = rowsBefore(there.letters, source.letters.size() - at);
        there.total = source.letters.isEmpty() ? 0 : source.total;
        there.ended = at == 0;
        there.lost = source.lost;
        there.came = rowsBefore(source.known, source.known.size()) - source.skipped;
        there.cursor = at < source.letters.size() ? source.letters[at].before : QString();
        rest.sources_.push_back(std::move(there));
    }
    return rest;
}

TitleMerge::Key TitleMerge::keyOf(const MediaItem& item) const {
    if (sort_ == L("added"))
        return static_cast<double>(item.addedAt);
    if (sort_ == L("year"))
        return static_cast<double>(item.year);
    if (sort_ == L("duration"))
        return item.duration;
    if (sort_ == L("popular"))
        return static_cast<double>(item.popularity);
    if (sort_ == L("artist") || sort_ == L("album"))
        return item.orderKey.toStdString();
    namespace text = core::library;
    return text::sortKey(item.sortTitle.isEmpty() ? text::sortTitle(item.title.toStdString())
                                                  : item.sortTitle.toStdString());
}

std::vector<int> TitleMerge::hungry() const {
    const auto isOut = [](const Source& source) { return source.waiting.isEmpty() && !source.ended; };
    std::vector<int> list;
    if (std::none_of(sources_.begin(), sources_.end(), isOut))
        return list;
    for (std::size_t i = 0; i < sources_.size(); ++i)
        if (isOut(sources_[i]) || (sources_[i].waiting.size() < few_ && !sources_[i].ended))
            list.push_back(static_cast<int>(i));
    return list;
}

void TitleMerge::add(int source, MediaPage page) {
    auto& from = sources_[static_cast<std::size_t>(source)];
    for (auto& item : page.items) {
        const auto key = keyOf(item);
        item.orderKey.clear();  // it is not shown, and of many titles
        from.waiting << Waiting{std::move(item), key};
    }
    if (!page.letters.isEmpty())
        from.letters = page.letters;
    from.total = page.total;
    from.cursor = page.nextCursor;
    from.ended = page.nextCursor.isEmpty();
}

// Of whom nothing has come, what was skipped is not in the list either, nor are its copies.
void TitleMerge::end(int source) {
    auto& from = sources_[static_cast<std::size_t>(source)];
    const int come = from.taken - from.skipped + static_cast<int>(from.waiting.size());
    from.ended = from.lost = true;
    from.came = come + from.skipped;
    if (come > 0)
        from.known = from.letters;
    from.total = come > 0 ? come + from.skipped : 0;
    if (come == 0 && from.skipped > 0) {
        copies_.clear();
        left_ = 0;
    }
    from.letters.clear();
}

bool TitleMerge::done() const {
    return std::all_of(sources_.begin(), sources_.end(),
                       [](const Source& source) { return source.ended && source.waiting.isEmpty(); });
}

int TitleMerge::next() const {
    int best = -1;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto& source = sources_[i];
        if (source.waiting.isEmpty() && !source.ended)
            return -1;
        if (!source.waiting.isEmpty() &&
            (best < 0 ||
             isBefore(source.waiting.first().key, sources_[static_cast<std::size_t>(best)].waiting.first().key)))
            best = static_cast<int>(i);
    }
    return best;
}

// A library may have two of one name: those are two.
void TitleMerge::tell(int source, const MediaItem& item, MediaPage& page) {
    auto marks = marksOf(item);
    auto& known = told_[marks.title];
    const auto twin = std::find_if(known.begin(), known.end(), [&](const Told& told) {
        return told.source != source && sameTitle(told.marks, marks);
    });
    if (twin == known.end()) {
        known << Told{std::move(marks), item.id, source};
        page.items << item;
        return;
    }
    const auto& from = sources_[static_cast<std::size_t>(source)];
    ++copies_[letterOf(from.letters, from.taken - 1)];
    ++left_;
    if (source > twin->source)
        return;
    const auto now =
        std::find_if(page.items.begin(), page.items.end(), [&](const MediaItem& told) { return told.id == twin->id; });
    if (now != page.items.end())
        *now = item;
    else
        page.instead << std::pair(twin->id, item);
    *twin = {std::move(marks), item.id, source};
}

MediaPage TitleMerge::take() {
    MediaPage page;
    for (int source = next(); source >= 0; source = next()) {
        auto& from = sources_[static_cast<std::size_t>(source)];
        const auto item = from.waiting.takeFirst().item;
        ++from.taken;
        tell(source, item, page);
    }
    page.total = total();
    page.letters = letters();
    return page;
}

int TitleMerge::total() const {
    int sum = -left_;
    for (const auto& source : sources_) {
        if (source.total < 0)
            return -1;
        sum += source.total;
    }
    return sum;
}

QList<LetterPlace> TitleMerge::letters() const {
    QList<QList<LetterPlace>> all;
    for (const auto& source : sources_) {
        if (source.letters.isEmpty() && source.total != 0)
            return {};
        all << source.letters;
    }
    return mergedLetters(all, copies_, descending_);
}

QList<LetterPlace> TitleMerge::Source::shownWith(const Source& behind) const {
    const auto& all = lost ? known : letters;
    const QList<LetterPlace> upwards{all.rbegin(), all.rend()};
    const auto below = behind.lost ? firstRows(upwards, behind.came) : upwards;
    const QList<LetterPlace> shown{below.rbegin(), below.rend()};
    const int unread = rowsBefore(all, all.size()) - rowsBefore(shown, shown.size());
    return lost ? firstRows(shown, came - unread) : shown;
}

QList<LetterPlace> TitleMerge::lettersWith(const TitleMerge& behind) const {
    TitleMerge whole(*this);
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        auto& source = whole.sources_[i];
        if (source.letters.isEmpty() && source.known.isEmpty())
            continue;
        source.letters = sources_[i].shownWith(behind.sources_[i]);
        if (source.lost || behind.sources_[i].lost)
            source.total = rowsBefore(source.letters, source.letters.size());
    }
    for (auto copies = behind.copies_.begin(); copies != behind.copies_.end(); ++copies)
        whole.copies_[copies.key()] = std::max(whole.copies_.value(copies.key()), copies.value());
    return whole.letters();
}

int TitleMerge::totalWith(const TitleMerge& behind) const {
    const auto places = lettersWith(behind);
    return places.isEmpty() || total() < 0 ? total() : rowsBefore(places, places.size());
}

}  // namespace marea::app

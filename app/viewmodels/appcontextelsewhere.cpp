#include "app/viewmodels/appcontext.h"

// The library that the pages show among the others.
namespace marea::app {

void AppContext::connectElsewhere() {
    connect(&session_, &SessionViewModel::signedIn, this, &AppContext::lookElsewhere);
    connect(&session_, &SessionViewModel::wentOffline, this, &AppContext::lookElsewhere);  // others may be there
    connect(&session_, &SessionViewModel::signedOut, this, [this] { elsewhere_.setHere({}); });
    connect(&session_, &SessionViewModel::moved, this, [this] {
        if (session_.inside())
            lookElsewhere();
    });
    connect(&elsewhere_, &Elsewhere::recentChanged, this, &AppContext::homeChanged);
    connect(&elsewhere_, &Elsewhere::placesChanged, this, &AppContext::homeChanged);
    connect(&computer_, &ComputerViewModel::added, this, [this] {
        if (session_.inside() && !session_.here())
            lookElsewhere();
    });
    mergeLists();
    player_.setCopies(&copies_);
    actions_.setCopies(&copies_);
    playlists_.setElsewhere(&elsewhere_);
    connect(&actions_, &TitleActions::wantedIn, this, &AppContext::openIn);
    connect(&session_, &SessionViewModel::changed, this, [this] { elsewhere_.setNameHere(session_.serverName()); });
    connect(&search_, &SearchViewModel::asked, &elsewhere_, &Elsewhere::search);
    connect(&search_, &SearchViewModel::changed, this, [this] {
        QList<MediaItem> here;
        for (auto* group : {search_.films(), search_.series(), search_.artists(), search_.albums(), search_.tracks()})
            here << group->items();
        elsewhere_.leaveOut(here);
    });
}

// Titles of all libraries in one list.
void AppContext::mergeLists() {
    for (auto* list : {&films_, &series_, &albums_, &artists_, &tracks_}) {
        merged_.push_back(std::make_unique<MergedPages>(api_, elsewhere_));
        auto* pages = merged_.back().get();
        list->setPages([pages](const MediaQuery& query, const QString& cursor) { return pages->page(query, cursor); },
                       [pages]() -> MediaModel::Pages {
                           const std::shared_ptr<MergedPages> rest = pages->rest();
                           return [rest](const MediaQuery& query, const QString& cursor) {
                               return rest->page(query, cursor);
                           };
                       });
        connect(&elsewhere_, &Elsewhere::userChanged, list, &MediaModel::changeUser);
        connect(pages, &MergedPages::outdated, list, [list] {
            if (list->loaded() || list->loading())
                list->reload();
        });
    }
}

void AppContext::lookElsewhere() {
    elsewhere_.setHere(session_.here() ? kThisComputer : session_.address());
    elsewhere_.reload();
    if (session_.state() != SessionViewModel::State::SignedIn)
        return;
    if (const auto id = std::exchange(toOpen_, {}); !id.isEmpty())
        openTitle(id, false);
}

void AppContext::searchFor(const QString& words) {
    search_.setText(words);
    search_.run();
    navigator_.go(QStringLiteral("search"));
}

void AppContext::openIn(const QString& place, const QString& mediaId, const QString& kind) {
    if (place.isEmpty())
        navigator_.open(mediaId, kind);
    else
        openElsewhere(place, mediaId);
}

void AppContext::openElsewhere(const QString& address, const QString& mediaId) {
    session_.switchTo(address);
    toOpen_ = mediaId;
}

}  // namespace marea::app

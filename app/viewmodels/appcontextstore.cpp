#include "app/viewmodels/appcontext.h"

// The server's store among the pages: what was bought stands in the library at once.
namespace marea::app {

void AppContext::connectStore() {
    connect(&session_, &SessionViewModel::signedIn, this, [this] { store_.enter(session_.owner(), session_.here()); });
    connect(&session_, &SessionViewModel::signedOut, &store_, &StoreViewModel::clear);
    connect(&store_, &StoreViewModel::ownedChanged, this, &AppContext::onContentChanged);
    connect(&store_, &StoreViewModel::ownedChanged, &libraries_, &LibrariesViewModel::refresh);
    connect(&store_, &StoreViewModel::changed, this, [this] {
        actions_.setSells(store_.available() && store_.owner());
        Q_EMIT homeChanged();
    });
    connect(&navigator_, &Navigator::moved, this, [this] {
        if (navigator_.page() != QLatin1String("product"))
            store_.samples()->stop();
    });
}

}  // namespace marea::app

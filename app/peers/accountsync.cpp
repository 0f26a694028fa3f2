#include "app/peers/accountsync.h"

#include <cmath>

namespace marea::app {

// A rating of 0 takes it back; what was seen, or is to be seen anew, is at its start.
ItemChange itemChangeOf(const AwayChange& change) {
    ItemChange item;
    item.id = change.mediaId.toStdString();
    item.plays = change.plays;
    item.at = change.at;
    const UserChange& made = change.change;
    if (made.rating)
        item.writes.push_back(
            {"rating", *made.rating > 0 ? sync::Value(std::int64_t{*made.rating}) : sync::Value(std::monostate{})});
    if (made.favourite)
        item.writes.push_back({"favourite", *made.favourite});
    if (made.watched)
        item.writes.push_back({"watched", *made.watched});
    if (made.position || made.watched)
        item.writes.push_back({"position", std::int64_t{std::llround(made.position.value_or(0) * 1000)}});
    return item;
}

AccountSync::AccountSync(PeerHost& host, AwayChanges& changes, QObject* parent) : QObject(parent) {
    changes.setCopy({[&host](const AwayChange& change) { return host.keep(change.account, itemChangeOf(change)); },
                     [&host](const QString& account) { return host.follow(account); }});
    soon_.setSingleShot(true);
    soon_.setInterval(kSoonMs);
    connect(&soon_, &QTimer::timeout, &changes, &AwayChanges::send);
}

void AccountSync::soon() {
    if (!soon_.isActive())
        soon_.start();
}

}  // namespace marea::app

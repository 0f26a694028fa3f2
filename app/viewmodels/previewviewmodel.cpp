#include "app/viewmodels/previewviewmodel.h"

namespace marea::app {

PreviewViewModel::PreviewViewModel(ApiClient& api, PlayerViewModel& player, QObject* parent)
    : QObject(parent), api_(api), player_(player) {
    connect(&player_, &PlayerViewModel::entryChanged, this, &PreviewViewModel::forget);
}

void PreviewViewModel::forget() {
    if (list_.isEmpty() || list_ == player_.previews())
        return;
    list_.clear();
    tiles_.clear();
    Q_EMIT changed();
}

void PreviewViewModel::want() {
    const QString list = player_.previews();
    if (list.isEmpty() || list == list_)
        return;
    list_ = list;
    deliver(api_.text(list), this, [this, list](const core::Result<QString>& text) {
        if (list != list_ || !text)
            return;  // a bar without pictures is a bar all the same
        tiles_ = parsePreviews(*text);
        Q_EMIT changed();
    });
}

QVariantMap PreviewViewModel::at(double seconds) const {
    const auto* tile = tileAt(tiles_, seconds);
    if (!tile)
        return {};
    return {{QStringLiteral("sheet"), sheetPath(list_, *tile)},
            {QStringLiteral("x"), tile->place.x()},
            {QStringLiteral("y"), tile->place.y()},
            {QStringLiteral("width"), tile->place.width()},
            {QStringLiteral("height"), tile->place.height()}};
}

}  // namespace marea::app

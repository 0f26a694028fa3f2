#pragma once

#include <QRect>
#include <QVariantMap>

#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// A small picture of a moment: a part of a sheet of them.
struct PreviewTile {
    double from = 0, to = 0;  // seconds
    QString sheet;            // as the list names it
    QRect place;              // in the sheet, pixels
};

// Reads the WebVTT list of a title's thumbnails ("0.jpg#xywh=0,0,320,180"). What cannot be read is left out. Pure.
QList<PreviewTile> parsePreviews(const QString& text);

// What the seek bar shows below the pointer. Asked for when somebody first points at the bar. GUI thread.
class PreviewViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool available READ available NOTIFY changed)
public:
    PreviewViewModel(ApiClient& api, PlayerViewModel& player, QObject* parent = nullptr);

    bool available() const { return !tiles_.isEmpty(); }

    Q_INVOKABLE void want();
    Q_INVOKABLE QVariantMap at(double seconds) const;  // {sheet, x, y, width, height}, empty for none

Q_SIGNALS:
    void changed();

private:
    void forget();

    ApiClient& api_;
    PlayerViewModel& player_;
    QString list_;  // the address that was asked, "" for nothing
    QList<PreviewTile> tiles_;
};

}  // namespace marea::app

#pragma once

#include <QVariantMap>

#include "app/viewmodels/playerviewmodel.h"
#include "app/viewmodels/previewtiles.h"

namespace marea::app {

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

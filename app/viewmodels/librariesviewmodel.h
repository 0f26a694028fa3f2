#pragma once

#include <QTimer>

#include "app/api/apiclient.h"

namespace marea::app {

// The server's libraries: what is being scanned, how far it is, what needs attention. Asks again while something runs.
// GUI thread.
class LibrariesViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool any READ any NOTIFY changed)
    Q_PROPERTY(bool scanning READ scanning NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed)
    Q_PROPERTY(int broken READ broken NOTIFY changed)
    Q_PROPERTY(int items READ items NOTIFY changed)
    Q_PROPERTY(QVariantList entries READ entries NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    explicit LibrariesViewModel(ApiClient& api, QObject* parent = nullptr);

    bool loaded() const { return loaded_; }
    bool any() const { return !libraries_.isEmpty(); }
    bool scanning() const;
    double progress() const;  // 0 to 1, -1 when the total is not known yet
    QString progressText() const;
    int broken() const;
    int items() const;
    QVariantList entries() const;
    QString errorText() const { return error_; }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void rescan();
    Q_INVOKABLE void scan(const QString& id);
    Q_INVOKABLE void remove(const QString& id);  // its files stay
    Q_INVOKABLE void add(const QString& name, const QString& path);
    void clear();

Q_SIGNALS:
    void changed();
    void added(const QString& name);
    void contentChanged();  // items came or went: lists should be asked for again

private:
    QString scanText(const LibraryInfo& library) const;
    void take(const QList<LibraryInfo>& libraries);
    void onScan(const core::Result<bool>& begun);

    ApiClient& api_;
    QList<LibraryInfo> libraries_;
    QTimer timer_;
    QString error_;
    int asked_ = 0;  // what is answered to who has left is dropped
    bool loaded_ = false;
};

}  // namespace marea::app

#pragma once

#include <QTimer>

#include "app/viewmodels/mediamodel.h"

namespace marea::app {

// Search as one types, grouped by what was found. GUI thread.
class SearchViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(bool searching READ searching NOTIFY changed)
    Q_PROPERTY(bool nothing READ nothing NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(marea::app::MediaModel* films READ films CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* series READ series CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* artists READ artists CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* albums READ albums CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* tracks READ tracks CONSTANT)
public:
    explicit SearchViewModel(ApiClient& api, QObject* parent = nullptr);

    QString text() const { return text_; }
    void setText(const QString& text);
    bool searching() const;
    bool nothing() const;
    bool failed() const;
    QString errorText() const { return films_.errorText(); }
    MediaModel* films() { return &films_; }
    MediaModel* series() { return &series_; }
    MediaModel* artists() { return &artists_; }
    MediaModel* albums() { return &albums_; }
    MediaModel* tracks() { return &tracks_; }
    Q_INVOKABLE void run();

Q_SIGNALS:
    void changed();
    void asked(const QString& words);  // empty: nothing any more

private:
    QList<MediaModel*> groups() const;
    bool busy() const;
    void ask();
    void onState();

    mutable MediaModel films_, series_, artists_, albums_, tracks_;
    QTimer typing_;
    QString text_;
    bool unasked_ = false;  // it was changed since the last question
};

}  // namespace marea::app

#pragma once

#include <QObject>
#include <QVariantMap>

namespace marea::app {

// Where one is and how one came there. A page is a name ("films") with arguments ({"id": …}). GUI thread.
class Navigator : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString page READ page NOTIFY moved)
    Q_PROPERTY(QVariantMap arguments READ arguments NOTIFY moved)
    Q_PROPERTY(QString section READ section NOTIFY moved)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY moved)
    Q_PROPERTY(bool canGoForward READ canGoForward NOTIFY moved)
public:
    explicit Navigator(QObject* parent = nullptr);

    QString page() const { return places_[at_].page; }
    QVariantMap arguments() const { return places_[at_].arguments; }
    QString section() const { return places_[at_].section; }  // the entry of the sidebar that one is under
    bool canGoBack() const { return at_ > 0; }
    bool canGoForward() const { return at_ + 1 < places_.size(); }

    Q_INVOKABLE void go(const QString& page, const QVariantMap& arguments = {});
    Q_INVOKABLE void open(const QString& mediaId, const QString& kind);  // the page of a title
    Q_INVOKABLE void back();
    Q_INVOKABLE void forward();
    void reset();

Q_SIGNALS:
    void moved();

private:
    struct Place {
        QString page, section;
        QVariantMap arguments;
    };
    QList<Place> places_;
    qsizetype at_ = 0;
};

}  // namespace marea::app

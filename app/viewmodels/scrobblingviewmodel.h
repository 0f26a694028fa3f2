#pragma once

#include <QVariantList>

#include "app/api/apiclient.h"

namespace marea::app {

// Whether one's listens are told to a service, to which, and how that goes. GUI thread.
class ScrobblingViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool offered READ offered NOTIFY changed)  // the owner allows a service, or it is on
    Q_PROPERTY(bool on READ on NOTIFY changed)  // a token is kept: it is told, or was until the token was refused
    Q_PROPERTY(bool paused READ paused NOTIFY changed)              // until there is a new token
    Q_PROPERTY(QString service READ service NOTIFY changed)         // its host
    Q_PROPERTY(QString detail READ detail NOTIFY changed)           // how it goes
    Q_PROPERTY(QString problem READ problem NOTIFY changed)         // why it does not go
    Q_PROPERTY(QVariantList services READ services NOTIFY changed)  // {value, text}
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)  // of what was asked for last
public:
    explicit ScrobblingViewModel(ApiClient& api, QObject* parent = nullptr);

    bool offered() const { return on() || !services_.isEmpty(); }
    bool on() const { return state_ == QLatin1String("on") || paused(); }
    bool paused() const { return state_ == QLatin1String("paused"); }
    QString service() const;
    QString detail() const;
    QString problem() const { return problem_; }
    QVariantList services() const { return services_; }
    bool busy() const { return busy_; }
    QString errorText() const { return error_; }

    Q_INVOKABLE void reload();
    Q_INVOKABLE void start(const QString& token, const QString& address);  // "": the only service, or the first
    Q_INVOKABLE void stop();
    void clear();

Q_SIGNALS:
    void changed();
    void started();

private:
    void ask(const ApiCall& call, bool starts);
    void take(const QJsonObject& json);

    ApiClient& api_;
    QString state_, address_, problem_, error_;
    QVariantList services_;
    qint64 waiting_ = 0, lastToldAt_ = 0;
    bool busy_ = false;
};

}  // namespace marea::app

#pragma once

#include <QAbstractListModel>
#include <QTimer>

#include "app/api/apiclient.h"
#include "app/api/eventchannel.h"

namespace marea::app {

// What was changed on several devices that did not know of each other: every value, where and when; which one holds,
// and the choice of another. GUI thread.
class ConflictsViewModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)  // they could not be read; those of before are shown
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        WhatRole,
        IconRole,
        AsksRole,
        SidesRole
    };  // sides: {text, detail, shown}

    ConflictsViewModel(ApiClient& api, EventChannel& channel, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(rows_.size()); }
    bool loaded() const { return loaded_; }
    bool failed() const { return failed_; }
    bool busy() const { return busy_; }
    QString errorText() const { return error_; }
    void retranslate();

    Q_INVOKABLE void reload();
    Q_INVOKABLE void learnTitle(int row);        // of one that is on the screen: there may be thousands
    Q_INVOKABLE void choose(int row, int side);  // the one that is shown: it is kept
    Q_INVOKABLE void keepAll();                  // what is shown, of all
    void clear();

Q_SIGNALS:
    void changed();
    void chosen(const QString& mediaId);  // empty: of a playlist, or of many

private:
    struct Side {
        QJsonValue value;
        QString device;
        bool server = false;
        qint64 at = 0;
    };
    struct Row {
        QString id, kind, recordId, cell;
        QList<Side> sides;
        int shown = 0;
        bool asks = false;
    };
    static Row rowFrom(const QJsonObject& json);
    QString what(const Row& row) const;
    QString valueText(const Row& row, const QJsonValue& value) const;
    QVariantList sidesOf(const Row& row) const;
    void load(const QString& cursor, QList<Row> before);
    void onPage(const core::Result<QJsonObject>& page, QList<Row> rows);
    void take(QList<Row> rows);
    void removeMissing(const QList<Row>& rows);
    QString nameless(const Row& row) const;
    void named(const QString& recordId, const QString& title);
    void settle(const ApiCall& call, const QString& mediaId);

    ApiClient& api_;
    QTimer soon_;  // several devices may bring something at once
    QList<Row> rows_;
    QHash<QString, QString> titles_;  // by record; "": asked for, or it has none
    QString error_;
    bool loaded_ = false, failed_ = false, busy_ = false;
    int asked_ = 0, account_ = 0;  // answers to earlier questions, or to another one's, are of no interest
};

}  // namespace marea::app

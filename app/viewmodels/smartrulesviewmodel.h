#pragma once

#include <QTimer>
#include <QVariantList>

#include "app/api/playlistapi.h"

namespace marea::app {

// The rules of a smart playlist while somebody edits them, and how many titles they find now. Rules that this editor
// has no form for (groups in groups, dates) are kept as they are. GUI thread.
class SmartRulesViewModel : public QObject {
    Q_OBJECT
    // {field, fieldText, op, opText, value, type, kept}: type "text", "number", "days", "choice"; kept: not to be
    // edited
    Q_PROPERTY(QVariantList rows READ rows NOTIFY rowsChanged)
    Q_PROPERTY(QString match READ match WRITE setMatch NOTIFY changed)  // "all", "any"
    Q_PROPERTY(QString sort READ sort WRITE setSort NOTIFY changed)
    Q_PROPERTY(QString order READ order WRITE setOrder NOTIFY changed)
    Q_PROPERTY(int limit READ limit WRITE setLimit NOTIFY changed)
    Q_PROPERTY(bool valid READ valid NOTIFY changed)
    Q_PROPERTY(QString countText READ countText NOTIFY countChanged)
    Q_PROPERTY(QString sample READ sample NOTIFY countChanged)
    Q_PROPERTY(QVariantList fieldChoices READ fieldChoices CONSTANT)
    Q_PROPERTY(QVariantList sortChoices READ sortChoices CONSTANT)
public:
    explicit SmartRulesViewModel(ApiClient& api, QObject* parent = nullptr);

    QVariantList rows() const;
    QString match() const { return match_; }
    QString sort() const { return sort_; }
    QString order() const { return order_; }
    int limit() const { return limit_; }
    bool valid() const;
    QString countText() const { return countText_; }
    QString sample() const { return sample_; }
    QVariantList fieldChoices() const;
    QVariantList sortChoices() const;
    void setMatch(const QString& match);
    void setSort(const QString& sort);
    void setOrder(const QString& order);
    void setLimit(int limit);

    Q_INVOKABLE void load(const QVariantMap& rules);  // empty: a new one
    Q_INVOKABLE QVariantMap rules() const;            // as the server takes them
    Q_INVOKABLE void addRule();
    Q_INVOKABLE void removeRule(int row);
    Q_INVOKABLE void setField(int row, const QString& field);
    Q_INVOKABLE void setOp(int row, const QString& op);
    Q_INVOKABLE void setValue(int row, const QString& value);
    Q_INVOKABLE QVariantList opChoices(int row) const;
    Q_INVOKABLE QVariantList valueChoices(int row) const;

Q_SIGNALS:
    void changed();
    void rowsChanged();
    void countChanged();

private:
    struct Row {
        QString field, op, value;
        QJsonObject kept;  // not empty: a rule without a form here
    };
    static Row rowOf(const QJsonObject& rule);
    static QJsonObject ruleOf(const Row& row);
    void touch(bool rows);
    void count();

    PlaylistApi api_;
    QList<Row> rows_;
    QString match_ = QStringLiteral("all"), sort_ = QStringLiteral("title"), order_ = QStringLiteral("asc");
    QString countText_, sample_;
    QTimer soon_;
    int limit_ = 500, asked_ = 0;
};

}  // namespace marea::app

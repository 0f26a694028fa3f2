#pragma once

#include <memory>
#include <QAbstractListModel>
#include <vector>

#include "sync/plan/plan.h"

namespace marea::app {

// What a plan will do, for a list in QML: all but what is there already. GUI thread.
class DevicePlanModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY changed)  // an action, "" for all
    Q_PROPERTY(QVariantList actions READ actions NOTIFY changed)           // {value, text}: those that there are
public:
    enum Role { ActionRole = Qt::UserRole + 1, IconRole, TitleRole, DetailRole, SizeTextRole };
    using QAbstractListModel::QAbstractListModel;

    void setPlan(std::shared_ptr<const sync::Plan> plan);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(rows_.size()); }
    QString filter() const { return filter_; }
    void setFilter(const QString& filter);
    QVariantList actions() const;
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void choose();

    std::shared_ptr<const sync::Plan> plan_;
    QString filter_;
    std::vector<std::size_t> rows_;  // places in the plan's steps
};

}  // namespace marea::app

#include "app/viewmodels/rowselection.h"

#include <algorithm>

namespace marea::app {

void RowSelection::setModel(QAbstractItemModel* model) {
    if (model_ == model)
        return;
    if (model_)
        model_->disconnect(this);
    model_ = model;
    if (model_) {
        connect(model_, &QAbstractItemModel::modelReset, this, &RowSelection::clear);
        connect(model_, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex&, int first) { onRows(first); });
        connect(model_, &QAbstractItemModel::rowsRemoved, this,
                [this](const QModelIndex&, int first) { onRows(first); });
        connect(model_, &QAbstractItemModel::rowsMoved, this, &RowSelection::clear);
    }
    clear();
    Q_EMIT modelChanged();
}

// What comes behind what is chosen, as when a list is read on, changes nothing.
void RowSelection::onRows(int first) {
    if (std::any_of(rows_.begin(), rows_.end(), [first](int row) { return row >= first; }))
        clear();
}

QVariantList RowSelection::rows() const {
    auto sorted = rows_.values();
    std::sort(sorted.begin(), sorted.end());
    return {sorted.begin(), sorted.end()};
}

void RowSelection::choose(int row, int modifiers) {
    if (row < 0)
        return;
    if ((modifiers & Qt::ShiftModifier) && anchor_ >= 0) {
        if (!(modifiers & Qt::ControlModifier))
            rows_.clear();
        for (int i = std::min(anchor_, row); i <= std::max(anchor_, row); ++i)
            rows_.insert(i);
    } else if (modifiers & Qt::ControlModifier) {
        if (!rows_.remove(row))
            rows_.insert(row);
        anchor_ = row;
    } else {
        rows_ = {row};
        anchor_ = row;
    }
    Q_EMIT changed();
}

void RowSelection::chooseAll() {
    rows_.clear();
    for (int row = 0; model_ && row < model_->rowCount(); ++row)
        rows_.insert(row);
    Q_EMIT changed();
}

void RowSelection::clear() {
    rows_.clear();
    anchor_ = -1;
    Q_EMIT changed();
}

}  // namespace marea::app

#include "app/viewmodels/rowselection.h"

#include <algorithm>
#include <utility>

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
                [this](const QModelIndex&, int first, int last) { onInserted(first, last); });
        connect(model_, &QAbstractItemModel::rowsRemoved, this,
                [this](const QModelIndex&, int first) { onRemoved(first); });
        connect(model_, &QAbstractItemModel::rowsMoved, this, &RowSelection::clear);
    }
    clear();
    Q_EMIT modelChanged();
}

void RowSelection::onInserted(int first, int last) {
    const auto moved = [&](int row) { return row < first ? row : row + last - first + 1; };
    QSet<int> rows;
    for (const int row : std::as_const(rows_))
        rows.insert(moved(row));
    anchor_ = anchor_ < 0 ? anchor_ : moved(anchor_);
    if (rows == rows_)
        return;
    rows_ = std::move(rows);
    Q_EMIT changed();
}

void RowSelection::onRemoved(int first) {
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

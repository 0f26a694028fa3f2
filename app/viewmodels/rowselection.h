#pragma once

#include <QAbstractItemModel>
#include <QPointer>
#include <QSet>
#include <QVariantList>

namespace marea::app {

// Which rows of a list are chosen, as lists do everywhere: a click chooses one, with Ctrl one more or less, with Shift
// all between. Follows its rows when others come before them, and empties itself when rows are not what they were. GUI
// thread.
class RowSelection : public QObject {
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel* model READ model WRITE setModel NOTIFY modelChanged)
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QVariantList rows READ rows NOTIFY changed)  // in their order
public:
    using QObject::QObject;

    QAbstractItemModel* model() const { return model_; }
    void setModel(QAbstractItemModel* model);
    int count() const { return static_cast<int>(rows_.size()); }
    QVariantList rows() const;

    Q_INVOKABLE bool contains(int row) const { return rows_.contains(row); }
    Q_INVOKABLE void choose(int row, int modifiers);  // Qt::KeyboardModifiers
    Q_INVOKABLE void chooseAll();
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void modelChanged();
    void changed();

private:
    void onInserted(int first, int last);
    void onRemoved(int first);

    QPointer<QAbstractItemModel> model_;
    QSet<int> rows_;
    int anchor_ = -1;  // where a range begins
};

}  // namespace marea::app

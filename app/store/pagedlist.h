#pragma once

#include <algorithm>
#include <QAbstractListModel>

#include "app/api/reply.h"
#include "app/store/storetypes.h"

namespace marea::app {

// A list of the server's, fetched page by page as the view comes near the end: what does not depend on its items. GUI
// thread.
class PagedList : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    int rowCount(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    virtual int count() const = 0;
    bool loading() const { return loading_; }
    bool loaded() const { return loaded_; }
    bool failed() const { return failed_; }
    QString errorText() const { return error_; }

    Q_INVOKABLE virtual void reload();
    void clear();
    virtual void retranslate();  // the words of every row again

Q_SIGNALS:
    void changed();

protected:
    using QAbstractListModel::QAbstractListModel;
    virtual void ask(const QString& cursor, int asked) = 0;  // then isWanted(), and onPage() or onError()
    virtual void drop() = 0;                                 // all items
    bool isWanted(int asked) const { return asked == generation_; }
    void onPage(const QString& nextCursor);
    void onError(const core::Error& error);

private:
    void fetch(const QString& cursor);
    void end(bool failed);

    QString cursor_, error_;
    int generation_ = 0;  // answers to older questions are dropped
    bool loading_ = false, loaded_ = false, failed_ = false;
};

// With items that have an `id`.
template <class Item>
class PagedItems : public PagedList {
public:
    int count() const final { return static_cast<int>(items_.size()); }
    const QList<Item>& items() const { return items_; }

protected:
    using PagedList::PagedList;
    virtual Reply<StorePageOf<Item>> page(const QString& cursor) = 0;

private:
    void ask(const QString& cursor, int asked) final {
        deliver(page(cursor), this,
                [this, asked, more = !cursor.isEmpty()](const core::Result<StorePageOf<Item>>& answer) {
                    if (!isWanted(asked))
                        return;
                    if (!answer)
                        return onError(answer.error());
                    more ? append(answer->items) : replace(answer->items);
                    onPage(answer->nextCursor);
                });
    }
    void append(const QList<Item>& items) {
        if (items.isEmpty())  // what was there is there no more
            return;
        beginInsertRows({}, count(), count() + static_cast<int>(items.size()) - 1);
        items_ << items;
        endInsertRows();
    }
    void replace(const QList<Item>& items) {
        const auto same = [](const Item& a, const Item& b) { return a.id == b.id; };
        if (std::equal(items_.begin(), items_.end(), items.begin(), items.end(), same)) {  // each stays in place
            items_ = items;
            return retranslate();
        }
        beginResetModel();
        items_ = items;
        endResetModel();
    }
    void drop() final { replace({}); }

    QList<Item> items_;
};

}  // namespace marea::app

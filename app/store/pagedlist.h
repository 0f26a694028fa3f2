#pragma once

#include <algorithm>

#include "app/api/reply.h"
#include "app/store/storetypes.h"
#include "app/viewmodels/serverlist.h"

namespace marea::app {

// A list that is fetched page by page as the view comes near the end: what does not depend on its items. GUI thread.
class PagedList : public ServerList {
    Q_OBJECT
public:
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    Q_INVOKABLE virtual void reload();
    void clear();
    virtual void retranslate();  // the words of every row again

protected:
    using ServerList::ServerList;
    virtual void ask(const QString& cursor, int asked) = 0;  // then isWanted(), and onPage() or fail()
    virtual void drop() = 0;                                 // all items
    void onPage(const QString& nextCursor);

private:
    QString cursor_;
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
                        return fail(answer.error());
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

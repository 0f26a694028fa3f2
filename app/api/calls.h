#pragma once

#include <QUrlQuery>

#include "app/api/reply.h"

// What the clients of the server's routes share.
namespace marea::app {

// The answer as `parse` understands it; an error stays one.
template <class T, class From, class F>
Reply<T> mapped(Reply<From> reply, F parse) {
    return reply.then([parse](const core::Result<From>& from) -> core::Result<T> {
        if (!from)
            return tl::make_unexpected(from.error());
        return parse(*from);
    });
}

template <class From>
Reply<bool> done(Reply<From> reply) {
    return mapped<bool>(std::move(reply), [](const From&) { return true; });
}

// Nothing where the value is empty.
inline void add(QUrlQuery& query, QLatin1String key, const QString& value) {
    // QUrlQuery leaves a plus as it is, which servers read as a space.
    if (!value.isEmpty())
        query.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

}  // namespace marea::app

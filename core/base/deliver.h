#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <utility>

namespace marea::core {

// Calls `function(result)` on the thread of `context` (which must be the calling one) when `future` has its result.
// Nothing is called once `context` is gone or the future was cancelled; QFuture::then(context, …) asserts there in
// Qt 6.4.
template <class T, class F>
void deliver(const QFuture<T>& future, QObject* context, F&& function) {
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, f = std::forward<F>(function)]() mutable {
                         watcher->deleteLater();
                         if (!watcher->isCanceled() && watcher->future().resultCount() > 0) {
                             f(watcher->result());
                         }
                     });
    watcher->setFuture(future);
}

}  // namespace marea::core

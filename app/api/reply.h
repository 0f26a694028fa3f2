#pragma once

#include <QFuture>

#include "core/base/deliver.h"
#include "core/base/result.h"

namespace marea::app {

using core::deliver;

// What the application's services return. Take it with deliver(reply, context, function).
template <class T>
using Reply = QFuture<core::Result<T>>;

}  // namespace marea::app

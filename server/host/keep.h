#pragma once

#include <memory>

#include "core/base/result.h"

namespace marea::server {

// What was made goes where it is kept; the error goes on.
template <class T>
core::Result<void> keep(core::Result<std::unique_ptr<T>> made, std::unique_ptr<T>& where) {
    if (!made) {
        return core::unexpected<core::Error>(made.error());
    }
    where = std::move(*made);
    return {};
}

}  // namespace marea::server

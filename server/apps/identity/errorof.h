#pragma once

#include "core/base/result.h"

namespace marea::server {

// The error of a failed result, to be returned as that of another type.
template <class T>
tl::unexpected<core::Error> errorOf(const core::Result<T>& result) {
    return core::unexpected<core::Error>(result.error());
}

}  // namespace marea::server

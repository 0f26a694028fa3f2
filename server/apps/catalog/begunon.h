#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "server/gateway/http.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// A handler that answers later, begun on the pool.
inline Handler begunOn(WorkPool& pool, std::function<void(const Request&, Reply)> handler) {
    return [&pool, handler = std::move(handler)](Request request, Reply reply) {
        auto shared = std::make_shared<std::pair<Request, Reply>>(std::move(request), std::move(reply));
        if (!pool.post([handler, shared] { handler(shared->first, std::move(shared->second)); })) {
            shared->second(Response::problem({core::ErrorCode::Unavailable, {}, "The server is busy."}));
        }
    };
}

}  // namespace marea::server

#pragma once

#include <functional>
#include <memory>

#include "server/gateway/http.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// A reply that several callbacks may hold; the first answer counts.
using SharedReply = std::shared_ptr<Reply>;

// A handler that begins on the work pool and answers when it can, holding no thread until then.
Handler answeredLater(WorkPool& pool, std::function<void(const Request&, const SharedReply&)> begin);

// The answer to what failed while something was made. What is wrong with a source is not the server's fault (5xx), and
// asking again does not help.
Response sourceProblem(core::Error error);

}  // namespace marea::server

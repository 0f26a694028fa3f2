#pragma once

#include <memory>

#include "server/gateway/eventthread.h"

namespace marea::server {

// Answers the upgrade and goes on as a WebSocket (RFC 6455). `transport` has nothing unread.
void startWebSocket(EventThread& thread, std::unique_ptr<Transport> transport, const WebSocketRoute& route,
                    const Request& request);

}  // namespace marea::server

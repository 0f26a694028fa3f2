#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/gateway/http.h"

namespace marea::server {

// Who may call a route. Deny by default: Public is only for the list reviewed in tests/unit/gateway.
enum class Access {
    Public,  // anybody
    User,    // a Bearer access token of any user
    Owner,   // a Bearer access token of an owner
    Stream   // the stream token in the path: /stream/{token}/…
};

struct Route {
    Method method = Method::Get;  // a Get route also answers HEAD
    std::string pattern;          // "/api/v1/media/{id}"; a last part "{rest*}" takes all that follows
    Access access = Access::User;
    Handler handler;
    std::size_t maxBody = 64 * 1024;  // bytes of body taken; more is 413
};

// A WebSocket as seen by its owner: text messages both ways. Callbacks come on the connection's own thread.
class WebSocketPeer {
public:
    virtual ~WebSocketPeer() = default;
    virtual void send(std::string text) = 0;  // any thread; queued, and the connection is closed past a bound
    virtual void close(int code, std::string reason) = 0;
};
struct WebSocketCallbacks {
    std::function<void(std::string)> message;
    std::function<void()> closed;
};
struct WebSocketRoute {
    std::string pattern;
    Access access = Access::User;
    std::function<WebSocketCallbacks(const Request&, std::shared_ptr<WebSocketPeer>)> open;
};

class Router {
public:
    void add(Route route);
    void add(WebSocketRoute route);

    struct Match {
        const Route* route = nullptr;  // null: no such path, or the path exists for other methods only
        bool pathKnown = false;
        std::vector<std::pair<std::string, std::string>> params;
    };
    Match match(Method method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }
    const std::vector<WebSocketRoute>& webSocketRoutes() const { return webSocketRoutes_; }

private:
    std::vector<Route> routes_;
    std::vector<WebSocketRoute> webSocketRoutes_;
};

// Establishes who asks. Called on the gateway's thread for every route that is not Public; must not block.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    virtual core::Result<Principal> bearer(std::string_view token) = 0;
    // `token` from the path and `path` the rest after it, from its '/': "/<title>/…".
    virtual core::Result<Principal> stream(std::string_view token, std::string_view path) = 0;
};

}  // namespace marea::server

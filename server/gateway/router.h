#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/gateway/http.h"

namespace marea::server {

// Who may call a route. Deny by default: Public is only for the list reviewed in tests/unit/gateway.
enum class Access {
    Public,  // anybody
    User,    // a Bearer access token of any user
    Owner,   // a Bearer access token of an owner
    Stream,  // the stream token in the path: /stream/{token}/…
    Ticket   // WebSockets alone: as User, or by ?ticket=, since browsers send no Authorization with an upgrade
};

struct Route {
    Method method = Method::Get;  // a Get route also answers HEAD
    std::string pattern;          // "/api/v1/media/{id}"; a last part "{rest*}" takes all that follows
    Access access = Access::User;
    Handler handler;
    std::size_t maxBody = 64 * 1024;  // bytes of body taken; more is 413
    BodyOpener openBody = {};         // in place of the handler: where the body goes as it comes
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
    std::function<void()> drained = {};  // all that was sent has gone out
};
struct WebSocketRoute {
    std::string pattern;
    Access access = Access::User;
    std::function<WebSocketCallbacks(const Request&, std::shared_ptr<WebSocketPeer>)> open;
};

// Finds the route of a path. Where several patterns fit, a literal part goes before {name}, and that before {rest*},
// from left to right. Filled before the gateway starts, then only read, from any thread.
class Router {
public:
    // A mistake in a pattern, the same pattern and method twice, Access::Stream elsewhere than below
    // "/stream/{token}/", or Access::Ticket of what is no WebSocket throws std::invalid_argument: it is a mistake of
    // ours, seen at the first start.
    void add(Route route);
    void add(WebSocketRoute route);

    struct Match {
        const Route* route = nullptr;  // null: no such path, or the path exists for other methods only
        const WebSocketRoute* webSocket = nullptr;
        bool pathKnown = false;
        std::string allow;  // when pathKnown and no route: "GET, HEAD, POST", for the Allow field
        std::vector<std::pair<std::string, std::string>> params;
    };
    Match match(Method method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }
    const std::vector<WebSocketRoute>& webSocketRoutes() const { return webSocketRoutes_; }

private:
    struct Node {
        std::vector<std::pair<std::string, std::size_t>> literals;  // part → node
        std::size_t param = 0, rest = 0;                            // node, 0: none
        std::vector<std::pair<Method, std::size_t>> routes;         // method → index in routes_
        std::optional<std::size_t> webSocket;
        bool ends() const { return !routes.empty() || webSocket; }
    };
    struct Found {
        std::size_t node;
        std::vector<std::string_view> values;  // of the parameters on the way
    };

    std::size_t nodeFor(std::string_view pattern, Access access);
    std::size_t child(std::size_t node, std::string_view part, bool last);
    bool search(std::size_t node, std::string_view rest, Found& found) const;
    void name(const std::string& pattern, const Found& found, Match& match) const;

    std::vector<Route> routes_;
    std::vector<WebSocketRoute> webSocketRoutes_;
    std::vector<Node> nodes_ = std::vector<Node>(1);
};

// Establishes who asks. Called on the gateway's thread for every route that is not Public; must not block.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    virtual core::Result<Principal> bearer(std::string_view token) = 0;
    // `token` from the path and `path` the rest after it, from its '/': "/<title>/…".
    virtual core::Result<Principal> stream(std::string_view token, std::string_view path) = 0;
    // A ticket opens one WebSocket, once.
    virtual core::Result<Principal> ticket(std::string_view ticket);
};

}  // namespace marea::server

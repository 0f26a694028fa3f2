#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "server/gateway/clientwatch.h"
#include "server/gateway/connection.h"
#include "server/gateway/forwarded.h"
#include "server/gateway/target.h"
#include "server/gateway/text.h"
#include "server/gateway/websocket.h"

namespace marea::server {

namespace http = boost::beast::http;

namespace {

constexpr std::string_view kStreamPrefix = "/stream/";

core::Result<Principal> unauthorized() {
    return core::fail(core::ErrorCode::Unauthorized, "Sign in first.");
}

// RFC 6750 section 2.1.
std::string_view bearerToken(const Headers& headers) {
    const std::string_view field = headers.find("Authorization").value_or("");
    return field.size() > 7 && sameText(field.substr(0, 7), "Bearer ") ? trimmed(field.substr(7)) : std::string_view{};
}

core::Result<Principal> streamPrincipal(Authenticator& authenticator, const Request& request) {
    const std::string_view token = request.param("token");
    const std::size_t rest = kStreamPrefix.size() + token.size();
    if (token.empty() || request.path.size() <= rest) {
        return unauthorized();
    }
    return authenticator.stream(token, std::string_view(request.path).substr(rest));
}

// "<title>" of "/stream/<token>/<title>/…".
std::string_view titleOf(const Request& request) {
    const std::size_t start = kStreamPrefix.size() + request.param("token").size() + 1;
    const std::string_view rest = std::string_view(request.path).substr(std::min(start, request.path.size()));
    return rest.substr(0, rest.find('/'));
}

bool wantsWebSocket(const Request& request) {
    return request.method == Method::Get && hasElement(request.headers.find("Connection").value_or(""), "upgrade") &&
           sameText(trimmed(request.headers.find("Upgrade").value_or("")), "websocket");
}

// For the log: the token of a stream URL is a credential.
std::string loggedPath(const std::string& path) {
    if (!path.starts_with(kStreamPrefix)) {
        return path;
    }
    const std::size_t end = path.find('/', kStreamPrefix.size());
    return std::string(kStreamPrefix) + "[redacted]" + (end == std::string::npos ? "" : path.substr(end));
}

}  // namespace

bool Connection::stepRead() {
    if (inputHeld_) {
        inputHeld_ = false;
        if (!pendingInput_.empty()) {
            const std::string bytes = std::exchange(pendingInput_, {});
            return take(bytes);
        }
        if (!transport_->holdsInput()) {
            return waitFor(Status::WantRead);
        }
    }
    auto& input = thread_.scratch().input;
    const auto got = transport_->read(input.data(), input.size());
    if (got.status != Status::Done) {
        return waitFor(got.status == Status::Closed ? Status::Failed : got.status);
    }
    const std::string_view bytes(input.data(), got.size);
    if (pendingInput_.empty()) {
        return take(bytes);
    }
    pendingInput_.append(bytes);
    const std::string all = std::exchange(pendingInput_, {});
    return take(all);
}

bool Connection::take(std::string_view bytes) {
    if (!exchange_) {
        beginRequest();
    }
    if (phase_ == Phase::Upload) {
        setDeadline(thread_.gateway().options.bodyTimeoutSeconds);
    }
    if (!parse(bytes)) {
        pendingInput_.assign(bytes);  // refused; when it was whole, what came behind it is the next one
        return true;
    }
    const bool complete = parser_->is_done();
    if (!complete && bytes.size() > thread_.gateway().options.maxHeaderBytes) {
        refuse(431, "header-too-large", "The request's header is too large.");
        return true;
    }
    pendingInput_.assign(bytes);
    if (mustStore(complete)) {
        return store(complete);
    }
    if (complete) {
        parser_.reset();
        handle();
    } else if (phase_ == Phase::Upload && parser_->expectsContinue() && exchange_->request.body.empty() &&
               bytes.empty()) {
        const Status status = transport_->write("HTTP/1.1 100 Continue\r\n\r\n");
        return status == Status::Done || waitFor(status);
    }
    return true;
}

// Feeds the parser until it is done or needs more. False: the request was refused.
bool Connection::parse(std::string_view& bytes) {
    while (!bytes.empty() && !parser_->is_done()) {
        boost::system::error_code error;
        const bool inHead = phase_ == Phase::Head;
        const std::size_t used = parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
        bytes.remove_prefix(used);
        headBytes_ += inHead ? used : 0;
        if (inHead && headBytes_ > thread_.gateway().options.maxHeaderBytes) {
            error = http::error::header_limit;
        }
        if (error == http::error::need_more) {
            break;
        }
        if (error) {
            refuseParse(error);
            return false;
        }
        if (inHead && parser_->is_header_done()) {
            phase_ = Phase::Upload;
            onHead();
            if (phase_ != Phase::Upload) {
                return false;
            }
        }
    }
    return true;
}

void Connection::beginRequest() {
    exchange_ = std::make_unique<Exchange>();
    exchange_->id = thread_.newRequestId();
    exchange_->request.requestId = exchange_->id;
    exchange_->begun = thread_.now();
    exchange_->sentBefore = transport_->bytesSent();
    parser_.emplace(exchange_->request, exchange_->conditions, thread_.gateway().options.maxHeaderBytes);
    headBytes_ = 0;
    keepAlive_ = http10_ = false;
    if (!started_) {
        started_ = true;
        setDeadline(thread_.gateway().options.headerTimeoutSeconds);
    }
}

void Connection::onHead() {
    setDeadline(thread_.gateway().options.bodyTimeoutSeconds);
    http10_ = parser_->http10();
    exchange_->method = exchange_->request.method;
    readLanguage();
    if (!checkHead() || !readTarget()) {
        return;
    }
    if (!withinRules()) {
        return;
    }
    readOrigin();
    if (isPreflight()) {
        answerPreflight();
        return;
    }
    if (!findRoute() || !withinAddressRate()) {
        return;
    }
    const Access access = exchange_->webSocket != nullptr ? exchange_->webSocket->access : exchange_->route->access;
    if (!authorize(access) || !withinUserRate() || !checkQuery()) {
        return;
    }
    if (acceptBody(exchange_->route != nullptr ? exchange_->route->maxBody : 0)) {
        keepAlive_ = parser_->keep_alive();
    }
}

bool Connection::checkHead() {
    if (const std::string_view complaint = parser_->complaint(); !complaint.empty()) {
        refuse(400, "invalid", std::string(complaint));
        return false;
    }
    if (parser_->unknownCoding()) {
        refuse(501, "not-implemented", "This transfer coding is not supported.");
        return false;
    }
    if (parser_->expectsOther()) {
        refuse(417, "expectation-failed", "This expectation cannot be met.");
        return false;
    }
    return true;
}

bool Connection::readTarget() {
    Request& request = exchange_->request;
    const auto parts = splitTarget(request.target);
    auto path = parts ? decodePath(parts->path) : std::nullopt;
    auto query = parts ? decodeQuery(parts->query) : std::nullopt;
    if (!path || !query) {
        refuse(400, "invalid", "The address is malformed.");
        return false;
    }
    request.path = std::move(*path);
    request.query = std::move(*query);
    request.secure = transport_->secure();
    request.peer = peer_;
    const auto& proxies = thread_.live().given.trustedProxies;
    if (!proxies.empty()) {
        request.peer = clientAddress(peer_, request.headers.joined("X-Forwarded-For"), proxies);
        if (isProxy(peer_)) {
            const auto scheme = request.headers.find("X-Forwarded-Proto");
            request.secure = request.secure || (scheme && sameText(*scheme, "https"));
        }
    }
    exchange_->streamUrl = request.path.starts_with(kStreamPrefix);
    exchange_->secure = request.secure;
    if (thread_.gateway().logger->enabled(core::LogLevel::Warning)) {
        exchange_->path = loggedPath(request.path);
    }
    return true;
}

bool Connection::findRoute() {
    Request& request = exchange_->request;
    Router::Match match = thread_.gateway().router->match(request.method, request.path);
    request.params = std::move(match.params);
    exchange_->route = match.route;
    if (match.webSocket != nullptr && wantsWebSocket(request)) {
        exchange_->webSocket = match.webSocket;
        return true;
    }
    if (match.route != nullptr) {
        return true;
    }
    if (!match.pathKnown) {
        refuse(404, "not-found", "There is nothing at this address.");
    } else if (match.allow.empty()) {
        Response response = Response::problem(426, "upgrade-required", "This address speaks WebSocket.");
        response.headers.add("Upgrade", "websocket");
        refuse(std::move(response));
    } else {
        Response response = Response::problem(405, "method-not-allowed", "This method is not allowed here.");
        response.headers.add("Allow", match.allow);
        refuse(std::move(response));
    }
    return false;
}

bool Connection::authorize(Access access) {
    if (access == Access::Public) {
        return true;
    }
    Request& request = exchange_->request;
    Authenticator& authenticator = *thread_.gateway().authenticator;
    core::Result<Principal> principal = unauthorized();
    bool presented = true;
    try {
        if (access == Access::Stream) {
            principal = streamPrincipal(authenticator, request);
        } else if (const std::string_view token = bearerToken(request.headers); !token.empty()) {
            principal = authenticator.bearer(token);
        } else if (const auto ticket = request.queryValue("ticket"); ticket && access == Access::Ticket) {
            principal = authenticator.ticket(*ticket);
        } else {
            presented = false;
        }
    } catch (const std::exception& error) {
        principal = core::fail(core::ErrorCode::Internal, "The server could not check who asks.", error.what());
    }
    if (!principal) {
        Response response = Response::problem(principal.error());
        if (response.status == 401 && presented && !request.queryValue("ticket") && access != Access::Stream) {
            response.headers.add("WWW-Authenticate", "Bearer realm=\"marea\", error=\"invalid_token\"");
        }
        refuse(std::move(response));
        return false;
    }
    request.principal = std::move(*principal);
    exchange_->audience = Audience::of(request.principal->userId, request.principal->sessionId,
                                       access == Access::Stream ? titleOf(request) : std::string_view());
    if (access == Access::Owner && !request.principal->isOwner()) {
        refuse(403, "forbidden", "Only the owner may do this.");
        return false;
    }
    return true;
}

bool Connection::acceptBody(std::size_t maxBody) {
    const auto length = parser_->content_length();
    if (length && *length > maxBody) {
        refuse(413, "too-large", "The request's body is too large.");
        return false;
    }
    parser_->limitBody(maxBody);
    return true;
}

void Connection::refuseParse(const boost::system::error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        refuse(431, "header-too-large", "The request's header is too large.");
    } else if (error == http::error::body_limit) {
        refuse(413, "too-large", "The request's body is too large.");
    } else {
        refuse(400, "invalid", "The request is malformed.");
    }
}

void Connection::refuse(int status, const char* type, std::string text) {
    refuse(Response::problem(status, type, std::move(text)));
}

// Answers before the whole request was taken. Unless it is known to be complete, the connection ends with it: what
// follows could be anything.
void Connection::refuse(Response response) {
    if (!exchange_) {
        beginRequest();
    }
    ++generation_;
    keepAlive_ = parser_ && parser_->is_done() && parser_->keep_alive() && parser_->clearlyFramed();
    prepare(std::move(response));
}

void Connection::handle() {
    if (exchange_->webSocket != nullptr) {
        openWebSocket();
        return;
    }
    phase_ = Phase::Handling;
    setDeadline(thread_.gateway().options.handlerTimeoutSeconds);
    noteAudited();
    exchange_->watch = exchange_->request.client = std::make_shared<ClientWatch>();
    try {
        const RequestCheck* rules = policy().check.get();
        if (const auto wrong = rules != nullptr ? rules->body(exchange_->request) : std::nullopt) {
            makeReply()(Response::problem(*wrong));
            return;
        }
        exchange_->route->handler(std::move(exchange_->request), makeReply());
    } catch (const std::exception& error) {  // the Reply was dropped on the way and has answered
        thread_.gateway().logger->error("gateway.handler_failed", {{"error", error.what()}});
    }
}

void Connection::openWebSocket() {
    if (!pendingInput_.empty() || http10_) {
        refuse(400, "invalid", "The upgrade must be alone.");  // RFC 6455 section 4.1: wait for the answer first
        return;
    }
    const auto self = shared_from_this();
    log();
    auto transport = std::move(transport_);
    const Exchange exchange = std::move(*exchange_);
    abort();
    startWebSocket(thread_, std::move(transport), *exchange.webSocket, exchange.request);
}

}  // namespace marea::server

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"

namespace marea::server {

// Those of WebDAV (RFC 4918 section 9) stand behind HTTP's own.
enum class Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
    Propfind,
    Proppatch,
    Mkcol,
    Copy,
    Move,
    Lock,
    Unlock,
    Other
};
std::string_view methodText(Method method);                // "GET"; "OTHER" for the last
std::optional<Method> methodNamed(std::string_view text);  // nullopt: there is no such word

// Header fields in order of arrival; names compare without case.
class Headers {
public:
    std::optional<std::string_view> find(std::string_view name) const;
    std::string joined(std::string_view name) const;  // all of that name, as one list (RFC 9110 section 5.3)
    void set(std::string name, std::string value);    // replaces
    void add(std::string name, std::string value);
    void reserve(std::size_t count) { fields_.reserve(count); }
    const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// Who asks, as established by the gateway before a handler runs.
struct Principal {
    core::Id userId;
    core::Id sessionId;  // the log-in (device) that the token belongs to; revoking it ends every token of it
    std::string username;
    std::string role;  // "owner", "member", "child"
    bool isOwner() const { return role == "owner"; }
};

class ClientWatch;

struct Request {
    Method method = Method::Get;
    std::string target;  // as received, for nothing but the log
    std::string path;    // percent-decoded, checked: starts with '/', no empty, "." or ".." segment, valid UTF-8
    std::vector<std::pair<std::string, std::string>> query;   // decoded, in order
    std::vector<std::pair<std::string, std::string>> params;  // {name} parts of the route's pattern
    Headers headers;
    std::string body;
    std::string requestId;
    std::string peer;                     // the client's address, from a trusted proxy's header where one is configured
    bool secure = false;                  // came over TLS
    std::optional<Principal> principal;   // set on every route but the public ones
    std::shared_ptr<ClientWatch> client;  // tells when it has gone before its answer; null: nobody tells

    std::string_view param(std::string_view name) const;                      // "" when absent
    std::optional<std::string_view> queryValue(std::string_view name) const;  // the first of that name
};

// A file, or a part of it, sent without copying it through user space over plain HTTP. The gateway answers Range,
// If-Range, If-None-Match, If-Modified-Since and HEAD from it by itself; the handler just gives the whole file.
struct FileBody {
    core::FileHandle file;
    std::uint64_t size = 0;
};

// A body made as it is sent, piece by piece each time the client has taken what came before (memory stays bounded);
// nullopt ends it, an error cuts the connection. Length unknown: chunked.
struct StreamBody {
    using Piece = core::Result<std::optional<std::string>>;

    std::function<Piece()> next = {};  // called on a worker thread, and may block
    std::optional<std::uint64_t> length = {};
    // In place of `next`: called on a worker thread too, must not block, and answers once, from any thread.
    std::function<void(std::function<void(Piece)>)> ask = {};
    // With a length: where the body begins, called once before the first piece when that is not 0. Range is answered
    // then; a piece may reach beyond the range's end.
    std::function<void(std::uint64_t)> seek = {};
};

using Body = std::variant<std::monostate, std::string, std::shared_ptr<const std::string>, FileBody, StreamBody>;

struct Response {
    int status = 200;
    Headers headers;
    Body body;
    std::string detail;  // for the log alone: why it failed

    static Response json(int status, const core::json::value& value);
    static Response text(int status, std::string contentType, std::string body);
    static Response empty(int status = 204);
    // `contentType` of the file, a strong `etag` in quotes and its modification time, for caching and If-Range.
    static Response file(core::FileHandle file, std::uint64_t size, std::string contentType, std::string etag,
                         core::TimeMs modified);
    // application/problem+json (RFC 9457) with a stable `type` of "urn:marea:error:<code>".
    static Response problem(const core::Error& error);
    static Response problem(int status, std::string type, std::string detail);
};

// Takes the one answer to a request, from any thread. Dropped unanswered, the client gets a 500.
class Reply {
public:
    explicit Reply(std::function<void(Response)> send) : send_(std::move(send)) {}
    Reply(Reply&& other) noexcept : send_(std::exchange(other.send_, nullptr)) {}
    Reply& operator=(Reply&& other) noexcept {
        std::swap(send_, other.send_);  // what was ours is answered when `other` goes
        return *this;
    }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;
    ~Reply();
    void operator()(Response response);

private:
    std::function<void(Response)> send_;
};

// A handler takes a request value and gives a response value. The plain form runs on the gateway's own thread and
// must not block; `pooled` runs one that reads the database or a file on the worker pool.
using Handler = std::function<void(Request, Reply)>;
using PlainHandler = std::function<Response(const Request&)>;
Handler inlined(PlainHandler handler);

// Takes a request's body as it comes, so that it need not fit into memory. One call at a time, on threads that may
// wait for a disk. Destroyed without finish(): the body did not come to its end.
class BodySink {
public:
    virtual ~BodySink() = default;
    // Some bytes, never none. An answer refuses the request with it; what the client still sends is not taken.
    virtual std::optional<Response> take(std::string_view bytes) = 0;
    virtual Response finish() = 0;
};
// Looks at a request whose body has not come yet: its sink, or the answer that refuses it. May block.
using BodyOpener = std::function<tl::expected<std::unique_ptr<BodySink>, Response>(const Request&)>;

}  // namespace marea::server

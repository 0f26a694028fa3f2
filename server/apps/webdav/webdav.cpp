#include "server/apps/webdav/webdav.h"

#include "server/apps/catalog/catalog.h"
#include "server/apps/identity/apppasswords.h"
#include "server/apps/webdav/davlogin.h"
#include "server/apps/webdav/davtree.h"
#include "server/apps/webdav/davxml.h"
#include "server/gateway/clientwatch.h"
#include "server/stream/answeredlater.h"

namespace marea::server {

using namespace webdav;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kLargestQuestion = 64 * 1024;
constexpr std::size_t kAtOnce = 200;  // responses that are made into text at once
constexpr const char* kXml = "application/xml; charset=utf-8";

using PathParts = std::vector<std::string>;

Response xmlResponse(int status, std::string text) {
    Response response = Response::text(status, kXml, std::move(text));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

// Section 10.1, and what Microsoft's programs look for.
Response optionsResponse() {
    Response response = Response::empty(200);
    response.headers.set("DAV", "1");
    response.headers.set("Allow", "GET, HEAD, OPTIONS, PROPFIND");
    response.headers.set("MS-Author-Via", "DAV");
    return response;
}

Response refusal(const Error& error) {
    Response response = Response::problem(error);
    if (response.status == 401) {
        response.headers.set("WWW-Authenticate", "Basic realm=\"Marea\", charset=\"UTF-8\"");
    }
    return response;
}

Resource resourceOf(const Node& node, const PathParts& parts) {
    Resource resource;
    resource.folder = node.isFolder();
    resource.href = hrefOf(parts, resource.folder);
    resource.name = parts.empty() ? "Marea" : parts.back();
    resource.size = node.size;
    resource.type = node.type;
    resource.etag = node.etag;
    resource.modified = node.modified;
    resource.made = node.made;
    return resource;
}

// A folder itself, and what is in it; made into text as it is sent.
struct Listing {
    PathParts at;
    std::vector<Node> nodes;  // the first is what was asked about
    Propfind wish;
    std::size_t next = 0;

    std::string text() {
        std::string out(next == 0 ? multistatusBegin() : std::string_view());
        for (const std::size_t end = std::min(next + kAtOnce, nodes.size()); next < end; ++next) {
            PathParts parts = at;
            if (next > 0) {
                parts.push_back(nodes[next].name.text());
            }
            appendResponse(out, resourceOf(nodes[next], parts), wish);
        }
        return out.append(next == nodes.size() ? multistatusEnd() : std::string_view());
    }
};

Response listingResponse(Listing listing) {
    if (listing.nodes.size() <= kAtOnce) {
        return xmlResponse(207, listing.text());
    }
    Response response = xmlResponse(207, {});
    StreamBody body;
    body.next = [held = std::make_shared<Listing>(std::move(listing))]() -> StreamBody::Piece {
        return held->next < held->nodes.size() ? std::optional(held->text()) : std::nullopt;
    };
    response.body = std::move(body);
    return response;
}

// For people who look with something that is no file manager.
Response namesResponse(const std::vector<Node>& nodes) {
    std::string text;
    for (const Node& node : nodes) {
        text += node.name.text() + (node.isFolder() ? "/\n" : "\n");
    }
    Response response = Response::text(200, "text/plain; charset=utf-8", std::move(text));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

}  // namespace

struct WebDav::Impl {
    WebDav::Parts parts;
    WorkPool& pool;
    KnownFiles known = {};

    Result<Principal> whoIs(const Request& request) {
        const auto login = loginIn(request.headers.find("Authorization").value_or(""));
        if (!login) {
            return core::fail(ErrorCode::Unauthorized, "Sign in first.");
        }
        if (const auto* token = std::get_if<TokenLogin>(&*login)) {
            return parts.bearer(token->token);
        }
        const auto& named = std::get<NamedLogin>(*login);
        return named.user.empty() ? parts.passwords.byKey(named.password, request.peer)
                                  : parts.passwords.byPassword(named.user, named.password, request.peer);
    }

    // With who asks, or the answer that refuses it.
    tl::expected<Request, Response> entered(const Request& asked) {
        auto who = whoIs(asked);
        if (!who) {
            return tl::unexpected<Response>(refusal(who.error()));
        }
        if (const auto wait = parts.wait ? parts.wait(who->userId, asked.peer) : std::nullopt) {
            Response response =
                Response::problem(Error{ErrorCode::Busy, "too many requests", "These are too many requests at once."});
            response.headers.set("Retry-After", std::to_string((*wait + 999) / 1000));
            return tl::unexpected<Response>(std::move(response));
        }
        Request request = asked;
        request.principal = std::move(*who);
        return request;
    }

    template <class T>
    Result<T> read(const Request& request, const std::function<Result<T>(Tree&)>& look) {
        const Viewer viewer = parts.catalog.viewer(request.principal->userId);
        return parts.database.readValue<T>([&](core::db::Session& session) {
            Tree tree(session, viewer, parts.clock->now(), &known);
            return look(tree);
        });
    }

    Result<Node> find(const Request& request, const PathParts& at) {
        return read<Node>(request, [&](Tree& tree) { return tree.find(at); });
    }

    Result<std::vector<Node>> children(const Request& request, const Node& folder) {
        return read<std::vector<Node>>(request, [&](Tree& tree) { return tree.in(folder); });
    }

    Response propfind(const Request& request) {
        const auto depth = depthOf(request.headers.find("Depth"));
        if (!depth) {
            return Response::problem(Error{ErrorCode::Invalid, {}, "The question about properties is malformed."});
        }
        if (*depth == Depth::Everything) {
            return xmlResponse(403, std::string(finiteDepthError()));
        }
        auto wish = parsePropfind(request.body);
        Listing listing{partsOf(request.path), {}, {}};
        auto node = wish ? find(request, listing.at) : unexpected<Error>(wish.error());
        if (!node) {
            return Response::problem(node.error());
        }
        auto below = *depth == Depth::Children ? children(request, *node) : std::vector<Node>();
        if (!below) {
            return Response::problem(below.error());
        }
        listing.wish = std::move(*wish);
        listing.nodes = std::move(*below);
        listing.nodes.insert(listing.nodes.begin(), std::move(*node));
        return listingResponse(std::move(listing));
    }

    Response get(const Request& request) {
        const auto node = find(request, partsOf(request.path));
        if (!node) {
            return Response::problem(node.error());
        }
        if (node->isFolder()) {
            const auto below = children(request, *node);
            return below ? namesResponse(*below) : Response::problem(below.error());
        }
        const Principal& who = *request.principal;
        if (request.client) {  // whoever takes the rights away ends what is under way
            request.client->belongsTo(Audience::of(who.userId, who.sessionId, node->id));
        }
        return parts.files.download(request, node->id, node->file);
    }

    Response answer(const Request& asked) {
        auto request = entered(asked);
        if (!request) {
            return std::move(request.error());
        }
        return asked.method == Method::Options    ? optionsResponse()
               : asked.method == Method::Propfind ? propfind(*request)
                                                  : get(*request);
    }
};

WebDav::WebDav(Parts parts, WorkPool& pool) : impl_(new Impl{std::move(parts), pool}) {}

WebDav::~WebDav() = default;

// What writes has no route: the router says so by 405 with Allow, whoever asks.
void WebDav::addRoutes(Router& router) {
    const auto handler =
        pooled(impl_->pool, [impl = impl_.get()](const Request& request) { return impl->answer(request); });
    router.add({Method::Get, "/dav", Access::Public, handler});
    router.add({Method::Get, "/dav/{path*}", Access::Public, handler});
    router.add({Method::Options, "/dav", Access::Public, handler});
    router.add({Method::Options, "/dav/{path*}", Access::Public, handler});
    router.add({Method::Propfind, "/dav", Access::Public, handler, kLargestQuestion});
    router.add({Method::Propfind, "/dav/{path*}", Access::Public, handler, kLargestQuestion});
}

}  // namespace marea::server

#include "server/apps/files/files.h"

#include "server/apps/catalog/catalog.h"
#include "server/apps/files/fileslists.h"
#include "server/apps/files/filesstyle.h"
#include "server/apps/files/filestexts.h"
#include "server/apps/identity/apppasswords.h"
#include "server/apps/identity/identity.h"
#include "server/apps/identity/requestfields.h"
#include "server/gateway/clientwatch.h"
#include "server/stream/protection.h"

namespace marea::server {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr const char* kHere = "/files";
// What the cookie is good for. Who came in by an app password makes no other one: it would outlive the first.
constexpr const char* kScope = "files";
constexpr const char* kByAppPassword = "files-app";
constexpr std::size_t kLongestHost = 260;
constexpr core::TimeMs kSignedInFor = core::TimeMs{2} * 24 * 3600 * 1000;

// "__Host-": set over TLS, for this host and the whole of it (RFC 6265bis section 4.1.3.2).
const char* filesCookie(const Request& request) {
    return request.secure ? "__Host-marea-files" : "marea-files";
}

void setFilesCookie(Response& response, const Request& request, const std::string& value, core::TimeMs life) {
    response.headers.add("Set-Cookie", std::string(filesCookie(request)) + "=" + value +
                                           "; Path=/; Max-Age=" + std::to_string(life / 1000) +
                                           "; HttpOnly; SameSite=Strict" + (request.secure ? "; Secure" : ""));
}

const FilesWords& wordsOf(const Request& request) {
    return filesWordsFor(request.headers.joined("Accept-Language"));
}

Response filesPage(int status, std::string html) {
    Response response = Response::text(status, "text/html; charset=utf-8", std::move(html));
    response.headers.set("Content-Security-Policy", "default-src 'none'; style-src " + filesStyleSource() +
                                                        "; img-src 'self'; form-action 'self'; base-uri 'none'; "
                                                        "frame-ancestors 'none'");
    response.headers.set("Cache-Control", "private, no-store");
    response.headers.set("Vary", "Accept-Language, Cookie");
    response.headers.set("Referrer-Policy", "same-origin");  // else browsers send forms from "null"
    return response;
}

Response leadTo(const char* where) {
    Response response = Response::empty(303);
    response.headers.set("Location", where);
    response.headers.set("Cache-Control", "no-store");
    return response;
}

// Browsers say where a form was sent from: over plain HTTP by its origin alone (Fetch Metadata section 2). What says
// nothing is no browser that holds a cookie of another's.
bool isSentFrom(const Request& request, const std::string& publicUrl) {
    if (const auto site = request.headers.find("Sec-Fetch-Site")) {
        return *site == "same-origin" || *site == "none";
    }
    const auto origin = request.headers.find("Origin");
    return !origin || isOriginOf(*origin, request.headers.find("Host").value_or("")) || *origin == publicUrl;
}

}  // namespace

struct FilesPages::Impl {
    FilesPages::Parts parts;
    WorkPool& pool;
    FilesLists lists{parts.database, parts.catalog, parts.protection};

    FilesFrame frame(const Request& request, std::string_view problem = {}) const {
        return {wordsOf(request), parts.identity.options().serverName, std::string(problem)};
    }

    bool fromHere(const Request& request) const { return isSentFrom(request, parts.identity.options().publicUrl); }

    void audit(const Request& request, const char* action, const core::Id& user, const std::string& name, int status) {
        if (parts.audit) {
            parts.audit({action, user, user.empty() ? std::string() : name, user.empty() ? name : std::string(),
                         request.peer, request.requestId, status});
        }
    }

    std::optional<Principal> whoIs(const Request& request, std::string_view scope) const {
        const std::string token = cookieNamed(filesCookie(request), request.headers.joined("Cookie"));
        auto who = token.empty() ? Result<Principal>(core::fail(ErrorCode::Unauthorized, {}))
                                 : parts.identity.stream(token, "/" + std::string(scope) + "/");
        return who && !who->userId.empty() ? std::optional(std::move(*who)) : std::nullopt;
    }

    // Whose cookie it is, while that device is signed in.
    std::optional<Principal> whoIs(const Request& request) const {
        auto who = whoIs(request, kScope);
        return who ? std::move(who) : whoIs(request, kByAppPassword);
    }

    Response enterPage(const Request& request, int status = 200, std::string_view problem = {},
                       std::string_view name = {}) const {
        return filesPage(status, filesEnterPage(frame(request, problem), !parts.guest.empty(), name));
    }

    Response failed(const Request& request, const Error& error) const {
        const FilesWords& words = wordsOf(request);
        if (error.code == ErrorCode::NotFound || error.code == ErrorCode::Invalid) {
            return filesPage(404, filesMessagePage(frame(request), words.gone, words.goneText));
        }
        parts.logger->error("files.page_failed", {{"detail", error.detail}});
        return filesPage(500, filesMessagePage(frame(request), words.failedTitle, words.failed));
    }

    // Instead of a file. Each answer as a page of the same status.
    Response notGiven(const Request& request, const core::Id& item, const Response& refused) const {
        const FilesWords& words = wordsOf(request);
        if (refused.status == 404 || refused.status == 400) {
            return filesPage(404, filesMessagePage(frame(request), words.gone, words.goneText));
        }
        if (refused.status == 403) {
            const auto schemes = parts.protection.of(item);
            const bool isProtected = schemes && schemes->has_value();
            return filesPage(403, filesMessagePage(frame(request), words.closedTitle,
                                                   isProtected ? words.isProtected : words.stopped));
        }
        if (refused.status >= 500) {
            parts.logger->error("files.page_failed", {{"detail", refused.detail}});
        }
        Response response =
            filesPage(refused.status, filesMessagePage(frame(request), words.failedTitle, words.failed));
        if (const auto later = refused.headers.find("Retry-After")) {
            response.headers.set("Retry-After", std::string(*later));
        }
        return response;
    }

    // As for the API: by the person, searches apart.
    std::optional<Response> tooMuch(const Request& request, const Principal& who, RateClass rate) const {
        const auto wait = parts.wait ? parts.wait(who.userId, request.peer, rate) : std::nullopt;
        if (!wait) {
            return std::nullopt;
        }
        const FilesWords& words = wordsOf(request);
        Response response = filesPage(429, filesMessagePage(frame(request), words.failedTitle, words.failed));
        response.headers.set("Retry-After", std::to_string((*wait + 999) / 1000));
        return response;
    }

    Response list(const Request& request) {
        const auto who = whoIs(request);
        if (!who) {
            return enterPage(request);
        }
        const FilesWish wish = filesWish(request);
        if (auto refused = tooMuch(request, *who, wish.text.empty() ? RateClass::Usual : RateClass::Search)) {
            return std::move(*refused);
        }
        auto list = lists.list(*who, wish, wordsOf(request));
        if (list) {
            list->givesPasswords = whoIs(request, kScope).has_value();
        }
        return list ? filesPage(200, filesListPage(frame(request), *list)) : failed(request, list.error());
    }

    Result<std::string> nameOf(const Principal& who, std::string_view item, std::string_view file) {
        const auto detail = parts.catalog.item(who.userId, core::Id(item));
        for (const ItemFile& one : detail ? detail->files : std::vector<ItemFile>()) {
            if (one.id == file) {
                return one.name;
            }
        }
        return detail ? core::fail(ErrorCode::NotFound, "There is no such file.") : unexpected<Error>(detail.error());
    }

    Response get(const Request& asked) {
        auto who = whoIs(asked);
        if (!who) {
            return leadTo(kHere);
        }
        if (auto refused = tooMuch(asked, *who, RateClass::Usual)) {
            return std::move(*refused);
        }
        const core::Id item(asked.param("id")), file(asked.param("file"));
        const auto name = nameOf(*who, item, file);
        if (!name) {
            return failed(asked, name.error());
        }
        Request request = asked;
        if (request.client) {
            request.client->belongsTo(Audience::of(who->userId, who->sessionId, item));
        }
        request.principal = std::move(*who);
        Response response = parts.files.download(request, item, file);
        if (response.status >= 400) {
            return response.status == 401 ? leadTo(kHere) : notGiven(asked, item, response);
        }
        response.headers.set("Content-Disposition", keptAs(*name));
        return response;
    }

    struct Entered {
        User user;
        core::Id appPassword = {};  // that they came in by, if they did
        const char* scope() const { return appPassword.empty() ? kScope : kByAppPassword; }
    };
    Result<Entered> entered(const std::string& name, std::string_view password, const std::string& peer) {
        // First, as a right one is no wrong try of the main password.
        if (parts.guest.empty() && AppPasswords::isOfTheirForm(password)) {
            const auto app = parts.passwords.byPassword(name, password, peer);
            auto known = app ? parts.identity.userById(app->userId) : unexpected<Error>(app.error());
            if (known ? known->has_value() : known.error().code != ErrorCode::Unauthorized) {
                return known ? Result<Entered>(Entered{std::move(**known), app->sessionId})
                             : unexpected<Error>(known.error());
            }
        }
        auto user = parts.identity.authenticate(name, password, peer);
        return user ? Result<Entered>(Entered{std::move(*user)}) : unexpected<Error>(user.error());
    }

    static std::string browserOf(const Request& request) {
        return browserName(request.headers.find("User-Agent").value_or(""), wordsOf(request));
    }

    // Who came in by an app password is out with it: perhaps by now.
    Result<core::Id> begin(const Request& request, const Entered& who) {
        const bool byApp = !who.appPassword.empty();
        const std::string client = byApp ? AppPasswords::clientOf(who.appPassword) : std::string(kOwnClient);
        auto started = parts.database.writeValue<StartedLogin>([&](core::db::Session& session) -> Result<StartedLogin> {
            const auto there = byApp ? AppPasswords::isThere(session, who.appPassword) : Result<bool>(true);
            if (!there || !*there) {
                return there ? core::fail(ErrorCode::Unauthorized, {}, "the app password is gone")
                             : unexpected<Error>(there.error());
            }
            return parts.identity.begin(session, who.user, browserOf(request), client);
        });
        if (!started) {
            return unexpected<Error>(started.error());
        }
        parts.identity.begun(*started);
        return started->login.id;
    }

    Response notEntered(const Request& request, const Error& error, const std::string& name) const {
        const FilesWords& words = wordsOf(request);
        switch (error.code) {
            case ErrorCode::Unauthorized:
                return enterPage(request, 401, parts.guest.empty() ? words.wrong : words.wrongCode, name);
            case ErrorCode::Busy:
                return enterPage(request, 429, words.tooMany, name);
            case ErrorCode::Conflict:
                return enterPage(request, 409, words.tooManyDevices, name);
            default:
                parts.logger->error("files.enter_failed", {{"detail", error.detail}});
                return enterPage(request, 500, words.failed, name);
        }
    }

    Response enter(const Request& request) {
        const auto form = RequestFields::form(request, {{"username", false}, {"password", true}});
        if (!form || !fromHere(request)) {
            return enterPage(request, form ? 403 : 400, form ? wordsOf(request).refused : wordsOf(request).failed);
        }
        const std::string name = parts.guest.empty() ? std::string((*form)["username"]) : parts.guest;
        const auto who = entered(name, (*form)["password"], request.peer);
        const auto login = who ? begin(request, *who) : unexpected<Error>(who.error());
        if (!login) {
            Response response = notEntered(request, login.error(), parts.guest.empty() ? name : std::string());
            if (response.status != 429) {  // as for /api/v1/auth/login
                audit(request, "login", {}, name, response.status);
            }
            return response;
        }
        audit(request, "login", who->user.id, who->user.username, 200);
        Response response = leadTo(kHere);
        setFilesCookie(response, request,
                       parts.identity.streamTokens().issue(*login, who->scope(), parts.clock->now() + kSignedInFor),
                       kSignedInFor);
        return response;
    }

    // Where file managers find this server: as it is called from outside, or as this browser calls it.
    std::string foldersAddress(const Request& request) const {
        const std::string& outside = parts.identity.options().publicUrl;
        const std::string here = (request.secure ? "https://" : "http://") +
                                 std::string(request.headers.find("Host").value_or("").substr(0, kLongestHost));
        return (outside.empty() ? here : outside) + "/dav";
    }

    Response password(const Request& request) {
        const auto who = whoIs(request, kScope);
        const FilesWords& words = wordsOf(request);
        if (!who || !fromHere(request)) {
            return who ? enterPage(request, 403, words.refused) : leadTo(kHere);
        }
        const auto made = parts.passwords.make(who->userId, browserOf(request), parts.passwords.endsWith(*who));
        audit(request, "app-password.add", who->userId, who->username, made ? 201 : 409);
        if (!made) {
            return made.error().code == ErrorCode::Conflict
                       ? filesPage(409, filesMessagePage(frame(request), words.foldersTitle, words.foldersFull))
                       : failed(request, made.error());
        }
        return filesPage(200,
                         filesFoldersPage(frame(request), {foldersAddress(request), who->username, made->password}));
    }

    Response leave(const Request& request) {
        const auto who = whoIs(request);
        if (!fromHere(request)) {
            return enterPage(request, 403, wordsOf(request).refused);
        }
        if (who) {
            if (const auto ended = parts.identity.removeDevice(who->userId, who->sessionId); !ended) {
                return failed(request, ended.error());
            }
            audit(request, "logout", who->userId, who->username, 200);
        }
        Response response = leadTo(kHere);
        setFilesCookie(response, request, "", 0);
        return response;
    }
};

FilesPages::FilesPages(Parts parts, WorkPool& pool) : impl_(new Impl{std::move(parts), pool}) {}

FilesPages::~FilesPages() = default;

void FilesPages::addRoutes(Router& router) {
    const auto on = [this](Response (Impl::*call)(const Request&)) {
        return pooled(impl_->pool,
                      [impl = impl_.get(), call](const Request& request) { return (impl->*call)(request); });
    };
    router.add({Method::Get, "/", Access::Public, inlined([](const Request&) { return leadTo(kHere); })});
    router.add({Method::Get, "/files", Access::Public, on(&Impl::list)});
    router.add({Method::Get, "/files/get/{id}/{file}", Access::Public, on(&Impl::get)});
    router.add({Method::Post, "/files/enter", Access::Public, on(&Impl::enter)});
    router.add({Method::Post, "/files/password", Access::Public, on(&Impl::password)});
    router.add({Method::Post, "/files/leave", Access::Public, on(&Impl::leave)});
}

}  // namespace marea::server

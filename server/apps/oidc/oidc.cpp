#include "server/apps/oidc/oidc.h"

#include "server/apps/oauth/browser.h"
#include "server/gateway/target.h"
#include "server/outbound/place.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

// The browser looks at the request, which stays where it is.
struct Oidc::Visit {
    Visit(OAuth& oauth, Request asked, Reply answer)
        : request(std::move(asked)), browser(oauth, request), reply(std::move(answer)) {}
    const Request request;
    Browser browser;
    Reply reply;
};

namespace {

// Back to one of our own pages, and nowhere else.
std::optional<std::string> returnAddress(const Request& request) {
    const auto asked = request.queryValue("request"), code = request.queryValue("user_code");
    if (code) {
        return withParameters("/oauth/device", {{"user_code", std::string(code->substr(0, 32))}});
    }
    const auto parameters = asked ? decodeQuery(*asked) : std::nullopt;
    return parameters ? std::optional(withParameters("/oauth/authorize", *parameters)) : std::nullopt;
}

json::object jsonOf(const ExternalAccount& account) {
    return {{"id", account.id},
            {"issuer", account.issuer},
            {"label", account.label},
            {"created_at", account.createdAt},
            {"last_used_at", account.lastUsedAt ? json::value(*account.lastUsedAt) : json::value(nullptr)}};
}

bool isDown(ErrorCode code) {
    return code == ErrorCode::Unavailable || code == ErrorCode::Busy || code == ErrorCode::Timeout ||
           code == ErrorCode::Corrupt || code == ErrorCode::TooLarge || code == ErrorCode::Cancelled;
}

}  // namespace

Oidc::Oidc(Parts parts, OidcOptions options)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      client_(options_, parts_.outbound, parts_.clock),
      accounts_(parts_.database, parts_.identity, parts_.clock) {
    if (!options_.issuer.empty()) {
        parts_.oauth.offer({name(),
                            [this](const std::string& cookie) { return pending_.waits(cookie, parts_.clock->now()); },
                            [this](const std::string& cookie, std::string_view account, const User& user) {
                                signedIn(cookie, account, user);
                            }});
    }
}

std::string Oidc::name() const {
    return options_.name.empty() ? hostForLog(options_.issuer) : options_.name;
}

// What comes from the outbound thread goes on where it may block.
void Oidc::later(const Shared& visit, std::function<void()> task) {
    if (!parts_.pool.post(std::move(task))) {
        visit->reply(Response::problem({ErrorCode::Unavailable, "pool", "The server is busy. Try again in a moment."}));
    }
}

void Oidc::addRoutes(Router& router) {
    const auto visited = [this](void (Oidc::*step)(const Shared&)) {
        return [this, step](Request request, Reply reply) {
            if (options_.issuer.empty()) {
                reply(Response::problem({ErrorCode::NotFound, "", "Nobody signs in with an account elsewhere here."}));
                return;
            }
            auto held = std::make_shared<std::pair<Request, Reply>>(std::move(request), std::move(reply));
            const bool posted = parts_.pool.post([this, step, held] {
                const auto visit =
                    std::make_shared<Visit>(parts_.oauth, std::move(held->first), std::move(held->second));
                (this->*step)(visit);
            });
            if (!posted) {
                held->second(Response::problem({ErrorCode::Unavailable, "pool", "The server is busy. Try again."}));
            }
        };
    };
    const auto blocking = [this](Response (Oidc::*call)(const Request&)) {
        return pooled(parts_.pool, [this, call](const Request& request) { return (this->*call)(request); });
    };
    router.add({Method::Get, "/oauth/external", Access::Public, visited(&Oidc::begin)});
    router.add({Method::Get, "/oauth/external/callback", Access::Public, visited(&Oidc::back)});
    router.add({Method::Get, "/api/v1/me/external-accounts", Access::User, blocking(&Oidc::listed)});
    router.add({Method::Delete, "/api/v1/me/external-accounts/{id}", Access::User, blocking(&Oidc::removed)});
}

void Oidc::begin(const Shared& visit) {
    const auto returnTo = returnAddress(visit->request);
    if (!returnTo) {
        failed(visit, {ErrorCode::Invalid, "no way back", ""});
        return;
    }
    client_.discover([this, visit, returnTo = *returnTo](Result<OidcProvider> provider) {
        later(visit, [this, visit, returnTo, provider = std::move(provider)] {
            if (provider) {
                sendAway(visit, returnTo, *provider);
            } else {
                failed(visit, provider.error());
            }
        });
    });
}

void Oidc::sendAway(const Shared& visit, const std::string& returnTo, const OidcProvider& provider) {
    const auto started = pending_.start(visit->browser.cookie(), returnTo, parts_.clock->now());
    visit->reply(
        visit->browser.redirect(authorizationUrl(provider, options_, started.state, started.nonce, started.challenge)));
}

void Oidc::back(const Shared& visit) {
    const Request& request = visit->request;
    const auto pending =
        pending_.take(visit->browser.cookie(), request.queryValue("state").value_or(""), parts_.clock->now());
    if (!pending) {
        failed(visit, {ErrorCode::Invalid, "an unknown state", ""});
        return;
    }
    const auto issuer = request.queryValue("iss"), code = request.queryValue("code");
    if (request.queryValue("error") || !code || code->empty() || (issuer && *issuer != options_.issuer)) {
        failed(visit,
               {ErrorCode::Forbidden,
                "the issuer said no: " + std::string(request.queryValue("error").value_or("").substr(0, 100)), ""});
        return;
    }
    client_.exchange(
        {std::string(*code), pending->verifier, pending->nonce},
        [this, visit, returnTo = pending->returnTo](Result<ExternalPerson> person) {
            later(visit, [this, visit, returnTo, person = std::move(person)] { finish(visit, returnTo, person); });
        });
}

void Oidc::finish(const Shared& visit, const std::string& returnTo, const Result<ExternalPerson>& person) {
    if (!person) {
        failed(visit, person.error());
        return;
    }
    enter(visit, returnTo, *person);
}

// Somebody who is known, somebody new, or an account that waits for its owner to sign in here once.
void Oidc::enter(const Shared& visit, const std::string& returnTo, const ExternalPerson& person) {
    auto user = accounts_.find(person);
    if (user && !*user && options_.createUsers) {
        auto made = accounts_.create(person);
        if (made) {
            parts_.logger->info("oidc.user_made", {{"user", made->id}});
            user = std::optional(std::move(*made));
        } else if (made.error().code != ErrorCode::Conflict) {
            user = core::unexpected<core::Error>(made.error());
        }
    }
    if (!user) {
        failed(visit, user.error());
        return;
    }
    if (*user) {
        audit(visit->request, "external-account.sign-in", **user, person.label, 200);
        visit->browser.signInAs(std::move(**user));
    } else {
        pending_.wait(visit->browser.cookie(), person, parts_.clock->now());
    }
    visit->reply(visit->browser.redirect(returnTo));
}

void Oidc::signedIn(const std::string& cookie, std::string_view account, const User& user) {
    const auto person = pending_.takeWaiting(cookie, account, parts_.clock->now());
    if (!person) {
        return;
    }
    auto linked = accounts_.link(user, *person);
    if (!linked) {
        parts_.logger->warning("oidc.not_linked", {{"user", user.id}, {"detail", linked.error().text}});
    }
    audit(Request(), "external-account.link", user, person->label, linked ? 200 : 409);
}

void Oidc::failed(const Shared& visit, const core::Error& error) {
    const PageWords& words = visit->browser.words();
    const bool down = isDown(error.code);
    const int status = down ? 503 : error.code == ErrorCode::Invalid ? 400 : 403;
    parts_.logger->warning("oidc.failed", {{"detail", error.detail}, {"peer", visit->request.peer}});
    audit(visit->request, "external-account.sign-in", {}, {}, status);
    PageFrame frame = visit->browser.frame("/oauth/authorize", {});
    frame.who.clear();
    const std::string text =
        filledIn(down ? words.externalDown : words.externalRefused, name()) + " " + std::string(words.goBack);
    visit->reply(visit->browser.page(
        {status, "", down ? "30" : ""},
        messagePage(frame, PageMark::Error, error.code == ErrorCode::Invalid ? words.badRequest : words.externalFailed,
                    error.code == ErrorCode::Invalid ? std::string(words.goBack) : text)));
}

void Oidc::audit(const Request& request, const char* action, const User& user, const std::string& subject, int status) {
    parts_.auditor.record({action, user.id, user.username, subject, request.peer, request.requestId, status});
}

Response Oidc::listed(const Request& request) {
    const auto all = accounts_.all(request.principal->userId);
    if (!all) {
        return Response::problem(all.error());
    }
    json::array items;
    for (const ExternalAccount& account : *all) {
        items.push_back(jsonOf(account));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response Oidc::removed(const Request& request) {
    auto done = accounts_.remove(request.principal->userId, core::Id(request.param("id")));
    return done ? Response::empty() : Response::problem(done.error());
}

}  // namespace marea::server

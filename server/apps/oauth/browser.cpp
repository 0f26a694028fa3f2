#include "server/apps/oauth/browser.h"

#include "server/apps/oauth/pagestyle.h"

namespace marea::server {

namespace {

// "__Host-": set over TLS, for this host and the whole of it (RFC 6265bis section 4.1.3.2).
const char* cookieName(const Request& request) {
    return request.secure ? "__Host-marea-browser" : "marea-browser";
}

// The cookie's value, when it is of the form that we give.
std::string cookieOf(const Request& request) {
    const std::string all = request.headers.joined("cookie");
    const std::string prefix = std::string(cookieName(request)) + "=";
    std::string_view rest = all;
    while (!rest.empty()) {
        std::string_view part = rest.substr(0, rest.find_first_of(";,"));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        if (part.starts_with(prefix)) {
            const std::string_view value = part.substr(prefix.size());
            const auto bytes = fromBase64Url(value);
            return bytes && bytes->size() == sizeof(Digest) ? std::string(value) : std::string();
        }
    }
    return {};
}

std::string waitWords(const PageWords& words, const std::string& seconds) {
    const bool number = !seconds.empty() && seconds.find_first_not_of("0123456789") == std::string::npos;
    const long wait = number && seconds.size() < 7 ? std::stol(seconds) : 60;
    return wait < 100 ? filledIn(words.tryAgainInSeconds, std::to_string(wait))
                      : filledIn(words.tryAgainInMinutes, std::to_string((wait + 59) / 60));
}

}  // namespace

Browser::Browser(OAuth& oauth, const Request& request)
    : oauth_(oauth),
      request_(request),
      words_(wordsFor(request.headers.find("accept-language").value_or(""))),
      cookie_(cookieOf(request)) {
    if (cookie_.empty()) {
        cookie_ = randomToken();
        newCookie_ = true;
        return;
    }
    if (const auto known = oauth.browsers().find(cookie_, oauth.now())) {
        auto user = oauth.identity().userById(known->userId);
        if (user && *user && equalInConstantTime(sha256((*user)->passwordHash), known->password)) {
            user_ = std::move(*user);
        }
    }
}

// On the pages that lead somewhere: there the browser comes back to.
ExternalOffer Browser::offer(const Parameters& hidden) const {
    const ExternalSignIn& external = oauth_.external();
    if (external.name.empty() || user_ || hidden.empty()) {
        return {};
    }
    return {external.name, withParameters("/oauth/external", hidden),
            newCookie_ ? std::string() : external.waits(cookie_)};
}

PageFrame Browser::frame(std::string action, Parameters hidden, std::string problem) const {
    ExternalOffer offered = offer(hidden);
    hidden.emplace_back("form_token", oauth_.browsers().formToken(cookie_));
    if (!offered.waits.empty()) {
        hidden.emplace_back("link", offered.waits);
    }
    return {words_,
            oauth_.identity().options().serverName,
            std::move(problem),
            std::move(action),
            std::move(hidden),
            user_ ? user_->username : std::string(),
            std::move(offered)};
}

bool Browser::sent(const RequestFields& form) const {
    return !newCookie_ && oauth_.browsers().isFormToken(cookie_, form["form_token"]);
}

std::optional<Browser::Refusal> Browser::signIn(const RequestFields& form) {
    auto user = oauth_.identity().authenticate(form["username"], form["password"], request_.peer);
    if (!user) {
        return refusal(user.error());
    }
    // Only what the page told of: another one may have come to wait since it was shown.
    if (oauth_.external().signedIn && !form["link"].empty()) {
        oauth_.external().signedIn(cookie_, form["link"], *user);
    }
    signInAs(std::move(*user));
    return std::nullopt;
}

void Browser::signInAs(User user) {
    oauth_.browsers().end(cookie_);
    cookie_ = oauth_.browsers().start(user.id, user.passwordHash, oauth_.now());
    newCookie_ = true;
    user_ = std::move(user);
}

void Browser::signOut() {
    oauth_.browsers().end(cookie_);
    user_.reset();
}

Browser::Refusal Browser::refusal(const core::Error& error) const {
    switch (error.code) {
        case core::ErrorCode::Unauthorized:
            return {401, std::string(words_.wrongPassword), {}};
        case core::ErrorCode::NotFound:
            return {404, std::string(words_.unknownCode), {}};
        case core::ErrorCode::Busy:
            return {429, waitWords(words_, error.detail), error.detail};
        case core::ErrorCode::Unavailable:
            return {503, std::string(words_.tooMany), "2"};
        default:
            oauth_.logger().error("oauth.page_failed", {{"detail", error.detail}});
            return {500, std::string(words_.internal), {}};
    }
}

Browser::Refusal Browser::notDone(const core::Error& error) {
    if (error.code != core::ErrorCode::Unauthorized) {
        return refusal(error);
    }
    signOut();
    return {401, std::string(words_.ranOut), {}};
}

Response Browser::page(int status, std::string html, const std::string& formTargets) const {
    Response response = Response::text(status, "text/html; charset=utf-8", std::move(html));
    response.headers.set("Content-Security-Policy", "default-src 'none'; style-src " + pageStyleSource() +
                                                        "; form-action 'self'" +
                                                        (formTargets.empty() ? "" : " " + formTargets) +
                                                        "; base-uri 'none'; frame-ancestors 'none'");
    response.headers.set("X-Frame-Options", "DENY");  // for browsers that do not know frame-ancestors
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Vary", "Accept-Language, Cookie");
    setCookie(response);
    return response;
}

Response Browser::page(const Refusal& refusal, std::string html) const {
    Response response = page(refusal.status, std::move(html));
    if (!refusal.retryAfter.empty()) {
        response.headers.set("Retry-After", refusal.retryAfter);
    }
    return response;
}

// 303: a browser never sends the form on (RFC 9700 section 4.12).
Response Browser::redirect(const std::string& location) const {
    Response response = Response::empty(303);
    response.headers.set("Location", location);
    response.headers.set("Cache-Control", "no-store");
    setCookie(response);
    return response;
}

void Browser::setCookie(Response& response) const {
    if (newCookie_) {
        response.headers.set("Set-Cookie", std::string(cookieName(request_)) + "=" + cookie_ +
                                               "; Path=/; HttpOnly; SameSite=Lax" +
                                               (request_.secure ? "; Secure" : ""));
    }
}

}  // namespace marea::server

#include <algorithm>

#include "core/base/jsonfields.h"
#include "server/gateway/connection.h"
#include "server/gateway/languages.h"
#include "server/gateway/target.h"

namespace marea::server {

namespace {

constexpr std::size_t kLongestOrigin = 256, kLongestSubject = 200;
constexpr std::string_view kMayAsk = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
constexpr std::string_view kMaySend =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, Range, Tus-Resumable, "
    "Upload-Checksum, Upload-Length, Upload-Metadata, Upload-Offset";

// A text field of a JSON object, or of a form.
std::string fieldOf(const Request& request, const std::string& name) {
    if (const auto value = core::parseJson(request.body); value && value->is_object()) {
        const auto* field = value->get_object().if_contains(name);
        return field && field->is_string() ? std::string(field->get_string().data(), field->get_string().size()) : "";
    }
    Request form;
    form.query = decodeQuery(request.body).value_or(QueryPairs());
    return std::string(form.queryValue(name).value_or(""));
}

std::string subjectOf(const Request& request, const RoutePolicy& policy) {
    std::string subject;
    for (const auto& [name, value] : request.params) {
        subject.append(subject.empty() ? "" : "/").append(value);
    }
    if (subject.empty() && !policy.auditField.empty()) {
        subject = fieldOf(request, policy.auditField);
    }
    return subject.substr(0, kLongestSubject);
}

}  // namespace

const RoutePolicy& Connection::policy() const {
    static const RoutePolicy kDefault;
    const GatewayContext& gateway = thread_.gateway();
    const auto& all = gateway.options.policies;
    const std::size_t place = exchange_->route != nullptr
                                  ? static_cast<std::size_t>(exchange_->route - gateway.router->routes().data())
                                  : all.size();
    return place < all.size() ? all[place] : kDefault;
}

// Which rule it was is for the log alone.
bool Connection::withinRules() {
    const std::uint64_t body = parser_->content_length().value_or(0);
    const RequestRule* rule = thread_.live().rules->refusing(exchange_->request, body, thread_.now());
    if (rule == nullptr) {
        return true;
    }
    Response response = Response::problem(rule->status, "refused", "This request is refused.");
    response.detail = "rule " + rule->name;
    if (rule->rate > 0) {
        response.headers.set("Retry-After", "1");
    }
    refuse(std::move(response));
    return false;
}

// The origin of the page that asks, if it is one of those that may (Fetch section 3.2).
void Connection::readOrigin() {
    const auto& may = thread_.live().given.corsOrigins;
    const auto origin = may.empty() ? std::nullopt : exchange_->request.headers.find("Origin");
    if (origin && origin->size() <= kLongestOrigin && std::find(may.begin(), may.end(), *origin) != may.end()) {
        exchange_->origin = *origin;
    }
}

// Before the request goes to its handler; what is said in it is looked for only when it is needed.
void Connection::readLanguage() {
    if (exchange_->request.headers.find("Accept-Language")) {
        exchange_->language = preferredLanguage(exchange_->request.headers.joined("Accept-Language"));
    }
}

bool Connection::isPreflight() const {
    const Request& request = exchange_->request;
    return request.method == Method::Options && !exchange_->origin.empty() &&
           request.headers.find("Access-Control-Request-Method").has_value();
}

void Connection::answerPreflight() {
    Response response = Response::empty();
    response.headers.add("Access-Control-Allow-Methods", std::string(kMayAsk));
    response.headers.add("Access-Control-Allow-Headers", std::string(kMaySend));
    response.headers.add("Access-Control-Max-Age", "600");
    refuse(std::move(response));
}

bool Connection::isProxy(std::string_view address) const {
    const auto& proxies = thread_.live().given.trustedProxies;
    return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
}

bool Connection::withinRate(std::optional<std::int64_t> wait) {
    if (!wait) {
        return true;
    }
    Response response = Response::problem(
        core::Error{core::ErrorCode::Busy, "too many requests", "These are too many requests at once."});
    response.headers.set("Retry-After", std::to_string((*wait + 999) / 1000));
    refuse(std::move(response));
    return false;
}

// Before it is looked at who asks, so that guessing tokens is limited too. What is below /stream/ has limits of its
// own.
bool Connection::withinAddressRate() {
    const std::string& peer = exchange_->request.peer;
    return exchange_->streamUrl || withinRate(thread_.live().rates->address(peer, isProxy(peer), thread_.now()));
}

bool Connection::withinUserRate() {
    const Request& request = exchange_->request;
    return exchange_->streamUrl || !request.principal ||
           withinRate(
               thread_.live().rates->user(request.principal->userId, request.peer, policy().rate, thread_.now()));
}

bool Connection::checkQuery() {
    const RequestCheck* rules = policy().check.get();
    const auto wrong = rules != nullptr ? rules->query(exchange_->request) : std::nullopt;
    if (wrong) {
        refuse(Response::problem(*wrong));
    }
    return !wrong;
}

// While the request is still here.
void Connection::noteAudited() {
    const RoutePolicy& rules = policy();
    if (rules.audit.empty() || thread_.gateway().options.auditor == nullptr || exchange_->audited) {
        return;
    }
    const Request& request = exchange_->request;
    AuditedRequest& audited = exchange_->audited.emplace();
    audited.action = rules.audit;
    if (request.principal) {
        audited.userId = request.principal->userId;
        audited.username = request.principal->username;
    }
    audited.subject = subjectOf(request, rules);
    audited.peer = request.peer;
    audited.requestId = exchange_->id;
}

// Of requests that were refused before anything was done, those of somebody who may not do this.
void Connection::audit() {
    if (exchange_->status == 403) {
        noteAudited();
    }
    if (!exchange_->audited || exchange_->status == 400 || exchange_->status == 429) {
        exchange_->audited.reset();
        return;
    }
    exchange_->audited->status = exchange_->status;
    thread_.gateway().options.auditor->record(std::move(*exchange_->audited));
    exchange_->audited.reset();
}

}  // namespace marea::server

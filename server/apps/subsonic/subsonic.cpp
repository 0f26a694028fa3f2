#include "server/apps/subsonic/subsonic.h"

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "server/apps/identity/apppasswords.h"
#include "server/apps/subsonic/call.h"
#include "server/apps/subsonic/credentials.h"
#include "server/gateway/languages.h"
#include "server/stream/answeredlater.h"

namespace marea::server {

using namespace subsonic;
using core::ErrorCode;
using core::Result;

namespace {

constexpr std::size_t kLargestForm = std::size_t{2} << 20;  // a queue of some thousands of songs
constexpr std::size_t kLongestName = 100;

// "getAlbum.view" → "getAlbum"
std::string_view methodOf(const Request& request) {
    std::string_view name = request.param("method");
    if (name.ends_with(".view")) {
        name.remove_suffix(5);
    }
    return name;
}

bool isForm(const Request& request) {
    const auto type = request.headers.find("content-type");
    return type && type->starts_with("application/x-www-form-urlencoded");
}

Result<Parameters> parametersOf(const Request& request) {
    return Parameters::withForm(request.query, isForm(request) ? std::string_view(request.body) : std::string_view());
}

Response responseOf(const Element& answer, const AnswerFormat& format) {
    Written written = write(answer, format);
    Response response = Response::text(200, std::move(written.contentType), std::move(written.body));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

Failure failureOf(const Response& problem) {
    const auto* body = std::get_if<std::string>(&problem.body);
    const auto parsed = core::parseJson(body ? *body : std::string());
    const auto* object = parsed && parsed->is_object() ? &parsed->get_object() : nullptr;
    const auto* text = object ? object->if_contains("detail") : nullptr;
    const int number = problem.status == 404   ? code::kNotFound
                       : problem.status == 403 ? code::kForbidden
                       : problem.status == 400 ? code::kMissing
                                               : code::kGeneric;
    return {number, text && text->is_string() ? std::string(text->get_string()) : "The server could not do this."};
}

}  // namespace

struct Subsonic::Impl {
    std::unique_ptr<Parts> parts;
    AppPasswords& passwords;
    WorkPool& pool;

    Response failedWith(const Failure& failure, const AnswerFormat& format) const {
        const std::string text = inLanguage(failure.text, format.language);
        Response response = responseOf(failed(parts->server, failure.code, text), format);
        response.headers.set("Content-Language", std::string(format.language));
        response.headers.set("Vary", "Accept-Language");
        return response;
    }

    tl::expected<Principal, Failure> whoIs(const Parameters& given, const std::string& peer) {
        const auto credentials = credentialsIn(given);
        if (!credentials) {
            return tl::unexpected<Failure>(credentials.error());
        }
        const auto* key = std::get_if<KeyLogin>(&*credentials);
        const auto* token = std::get_if<TokenLogin>(&*credentials);
        const auto* password = std::get_if<PasswordLogin>(&*credentials);
        auto who = key     ? passwords.byKey(key->key, peer)
                   : token ? passwords.byToken(token->user, token->token, token->salt, peer)
                           : passwords.byPassword(password->user, password->password, peer);
        if (who) {
            return std::move(*who);
        }
        Failure failure = subsonic::failureOf(who.error());
        if (key && failure.code == code::kWrongLogin) {
            failure = {code::kWrongKey, "The key is wrong."};
        }
        return tl::unexpected<Failure>(std::move(failure));
    }

    void answer(const Request& asked, const SharedReply& reply) {
        AnswerFormat plain;
        plain.language = preferredLanguage(asked.headers.joined("Accept-Language"));
        const auto given = parametersOf(asked);
        if (!given) {
            return (*reply)(failedWith(subsonic::failureOf(given.error()), plain));
        }
        auto format = answerFormat(given->text("f"), given->text("callback"));
        if (!format) {
            return (*reply)(failedWith({code::kGeneric, "There is no such format of answers."}, plain));
        }
        format->language = plain.language;
        const Endpoint* known = endpoint(methodOf(asked));
        if (const auto version = checkVersion(*given); !version) {
            return (*reply)(failedWith(version.error(), *format));
        }
        Request request = asked;
        if (!known || !known->open) {
            auto who = whoIs(*given, asked.peer);
            if (!who) {
                return (*reply)(failedWith(who.error(), *format));
            }
            request.principal = std::move(*who);
        }
        if (!known) {
            return (*reply)(failedWith({code::kNotFound, "There is no such method."}, *format));
        }
        if (const auto wait = waitOf(*known, request)) {
            return (*reply)(tooMany(*wait, *format));
        }
        if (known->ownersOnly && !request.principal->isOwner()) {
            record(*known, *given, request, 403);
            return (*reply)(failedWith({code::kForbidden, "Only the owner may do this."}, *format));
        }
        call(*known, {*parts, *given, request, core::cleanText(given->text("c"), kLongestName)}, *format, reply);
    }

    std::optional<std::int64_t> waitOf(const Endpoint& endpoint, const Request& request) const {
        return parts->wait && request.principal ? parts->wait(request.principal->userId, request.peer, endpoint.rate)
                                                : std::nullopt;
    }

    Response tooMany(std::int64_t wait, const AnswerFormat& format) const {
        Response response = failedWith({code::kGeneric, "These are too many requests at once."}, format);
        response.status = 429;
        response.headers.set("Retry-After", std::to_string((wait + 999) / 1000));
        return response;
    }

    void record(const Endpoint& endpoint, const Parameters& given, const Request& request, int status) const {
        if (endpoint.audit == nullptr || !parts->audit || !request.principal) {
            return;
        }
        AuditedRequest done;
        done.action = endpoint.audit;
        done.userId = request.principal->userId;
        done.username = request.principal->username;
        done.subject = core::cleanText(given.text("id").empty() ? given.text("name") : given.text("id"), kLongestName);
        done.peer = request.peer;
        done.requestId = request.requestId;
        done.status = status;
        parts->audit(std::move(done));
    }

    void call(const Endpoint& endpoint, const Call& call, const AnswerFormat& format, const SharedReply& reply) {
        if (endpoint.bytes) {
            return endpoint.bytes(call, protocolReply(format, reply));
        }
        Element answer = good(parts->server);
        const auto done = endpoint.handler(call, answer);
        record(endpoint, call.parameters, call.request, done ? 200 : 422);
        (*reply)(done ? responseOf(answer, format) : failedWith(subsonic::failureOf(done.error()), format));
    }

    // What streams and pictures answer, with problem documents turned into the protocol's failures.
    SharedReply protocolReply(const AnswerFormat& format, const SharedReply& reply) {
        return std::make_shared<Reply>([this, format, reply](Response response) {
            (*reply)(response.status < 400 ? std::move(response) : failedWith(server::failureOf(response), format));
        });
    }
};

Subsonic::Subsonic(std::unique_ptr<Parts> parts, AppPasswords& passwords, WorkPool& pool)
    : impl_(new Impl{std::move(parts), passwords, pool}) {}

Subsonic::~Subsonic() = default;

void Subsonic::addRoutes(Router& router) {
    const auto handler = answeredLater(
        impl_->pool,
        [impl = impl_.get()](const Request& request, const SharedReply& reply) { impl->answer(request, reply); });
    router.add({Method::Get, "/rest/{method}", Access::Public, handler});
    router.add({Method::Post, "/rest/{method}", Access::Public, handler, kLargestForm});
}

std::vector<std::string_view> Subsonic::methods() {
    std::vector<std::string_view> names;
    for (const Endpoint& one : endpoints()) {
        names.emplace_back(one.name);
    }
    return names;
}

bool Subsonic::isOpen(std::string_view method) {
    const Endpoint* known = endpoint(method);
    return known && known->open;
}

}  // namespace marea::server

#include <ctime>

#include "core/base/json.h"
#include "server/apps/uploads/uploads.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr const char* kVersion = "1.0.0";
constexpr std::size_t kLargestFile = std::size_t{1} << 42;  // 4 TiB
constexpr std::string_view kPatchType = "application/offset+octet-stream";

core::TimeMs expiryOf(const Uploads::State& state) {
    return state.row.updatedAt + (state.row.done ? Uploads::kDoneKept : Uploads::kKept);
}

// RFC 9110 section 5.6.7.
std::string httpDate(core::TimeMs at) {
    const std::time_t seconds = at / 1000;
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    char text[40];
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

json::object toJson(const Uploads::State& state) {
    return {{"id", state.row.id},
            {"library_id", state.row.libraryId},
            {"path", state.row.path},
            {"size", state.row.size},
            {"offset", state.offset},
            {"state", state.row.done ? "done" : "receiving"},
            {"created_at", state.row.createdAt},
            {"expires_at", expiryOf(state)}};
}

Response answer(int status, const Uploads::State& state) {
    Response response = Response::json(status, toJson(state));
    response.headers.set("Tus-Resumable", kVersion);
    response.headers.set("Upload-Offset", std::to_string(state.offset));
    response.headers.set("Upload-Length", std::to_string(state.row.size));
    response.headers.set("Upload-Expires", httpDate(expiryOf(state)));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

// A client that speaks another version; one that names none is taken as one of ours.
bool speaksOther(const Request& request) {
    return request.headers.find("Tus-Resumable").value_or(kVersion) != kVersion;
}

Response otherVersion() {
    Response response = Response::problem(412, "precondition-failed", "This server speaks tus 1.0.0.");
    response.headers.set("Tus-Version", kVersion);
    return response;
}

Response capabilities(const Request&) {
    Response response = Response::empty(204);
    response.headers.set("Tus-Resumable", kVersion);
    response.headers.set("Tus-Version", kVersion);
    response.headers.set("Tus-Extension", "creation,checksum,expiration,termination");
    response.headers.set("Tus-Checksum-Algorithm", "sha256");
    response.headers.set("Tus-Max-Size", std::to_string(kLargestFile));
    return response;
}

Response answerCreate(Uploads& uploads, const Request& request) {
    if (speaksOther(request)) {
        return otherVersion();
    }
    const auto wish = uploadWish(request.headers.find("Upload-Length").value_or(""),
                                 request.headers.find("Upload-Metadata").value_or(""));
    if (!wish) {
        return Response::problem(wish.error());
    }
    if (wish->size > static_cast<std::int64_t>(kLargestFile)) {
        return Response::problem(413, "too-large", "This file is too large.");
    }
    const auto made = uploads.create(request.principal->userId, *wish);
    if (!made) {
        return uploadProblem(made.error());
    }
    Response response = answer(201, *made);
    response.headers.set("Location", "/api/v1/admin/uploads/" + made->row.id);
    return response;
}

Response answerList(Uploads& uploads, const Request& request) {
    const auto states = uploads.ofUser(request.principal->userId);
    if (!states) {
        return Response::problem(states.error());
    }
    json::array items;
    for (const Uploads::State& state : *states) {
        items.push_back(toJson(state));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response answerShow(Uploads& uploads, const Request& request) {
    if (speaksOther(request)) {
        return otherVersion();
    }
    const auto state = uploads.find(request.principal->userId, core::Id(request.param("id")));
    return state ? answer(200, *state) : Response::problem(state.error());
}

Response answerRemove(Uploads& uploads, const Request& request) {
    auto done = uploads.remove(request.principal->userId, core::Id(request.param("id")));
    Response response = done ? Response::empty(204) : Response::problem(done.error());
    response.headers.set("Tus-Resumable", kVersion);
    return response;
}

tl::expected<std::unique_ptr<BodySink>, Response> openBody(Uploads& uploads, const Request& request) {
    if (speaksOther(request)) {
        return tl::unexpected(otherVersion());
    }
    if (request.headers.find("Content-Type").value_or("") != kPatchType) {
        return tl::unexpected(
            Response::problem(415, "unsupported-media-type", "The body's type is “application/offset+octet-stream”."));
    }
    const auto offset = byteCount(request.headers.find("Upload-Offset").value_or(""));
    if (!offset) {
        return tl::unexpected(Response::problem(400, "invalid", "“Upload-Offset” is where the body begins, in bytes."));
    }
    std::string checksum;
    if (const auto field = request.headers.find("Upload-Checksum")) {
        auto digest = uploadChecksum(*field);
        if (!digest) {
            return tl::unexpected(Response::problem(digest.error()));
        }
        checksum = std::move(*digest);
    }
    auto sink = uploads.receive(request.principal->userId, core::Id(request.param("id")), *offset, std::move(checksum));
    if (!sink) {
        return tl::unexpected(uploadProblem(sink.error()));
    }
    return std::move(*sink);
}

}  // namespace

Response uploadProblem(const core::Error& error) {
    Response response = error.code == core::ErrorCode::TooLarge ? Response::problem(507, "storage-full", error.text)
                                                                : Response::problem(error);
    response.detail = error.detail;
    return response;
}

void Uploads::addRoutes(Router& router) {
    const auto route = [this](auto function) {
        return pooled(pool_, [this, function](const Request& request) { return function(*this, request); });
    };
    router.add({Method::Options, "/api/v1/admin/uploads", Access::Owner, inlined(capabilities)});
    router.add({Method::Post, "/api/v1/admin/uploads", Access::Owner, route(answerCreate)});
    router.add({Method::Get, "/api/v1/admin/uploads", Access::Owner, route(answerList)});
    router.add({Method::Get, "/api/v1/admin/uploads/{id}", Access::Owner, route(answerShow)});
    router.add({Method::Delete, "/api/v1/admin/uploads/{id}", Access::Owner, route(answerRemove)});
    Route patch{Method::Patch, "/api/v1/admin/uploads/{id}", Access::Owner, {}, kLargestFile};
    patch.openBody = [this](const Request& request) { return openBody(*this, request); };
    router.add(std::move(patch));
}

}  // namespace marea::server

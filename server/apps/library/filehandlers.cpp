#include <unistd.h>

#include <cerrno>

#include "server/apps/library/playbackhandlers.h"
#include "server/apps/library/playbackplan.h"
#include "server/apps/library/subtitletext.h"
#include "server/gateway/filestream.h"
#include "server/stream/protection.h"

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

constexpr std::int64_t longestText = 16 << 20;  // bytes of a subtitle file that are read into memory

// "<id>.<extension>" → "<id>". The extension is for players that look at it; what is sent follows from the id.
core::Id idOf(std::string_view fileName) {
    return core::Id(fileName.substr(0, fileName.find('.')));
}

// One descriptor, its own size and an ETag from its own stat: however the path changes meanwhile, an answer is of one
// file throughout.
Response fileResponse(OpenedFile opened, std::string mimeType) {
    const auto size = static_cast<std::uint64_t>(opened.status.size);
    Response response = Response::file(std::move(opened.file), size, std::move(mimeType), std::move(opened.etag),
                                       opened.status.modified);
    response.headers.set("Cache-Control", "private, no-cache");
    return response;
}

Result<std::string> readAll(const OpenedFile& opened) {
    if (opened.status.size > longestText) {
        return fail(ErrorCode::Unprocessable, "This subtitle file is too large.");
    }
    std::string bytes(static_cast<std::size_t>(opened.status.size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got =
            ::pread(opened.file.get(), bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return unexpected<Error>(core::systemError(errno, "read sidecar"));
        }
        if (got == 0) {
            break;  // became shorter meanwhile
        }
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

std::string formatOf(const std::string& fileName) {
    const auto dot = fileName.rfind('.');
    std::string format = dot == fileName.npos ? "" : fileName.substr(dot + 1);
    for (char& c : format) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return format;
}

}  // namespace

Result<core::Id> FileHandlers::user(const Request& request) {
    const Principal& who = *request.principal;
    return who.userId.empty() ? service_.userOfLogin(who.sessionId) : Result<core::Id>(who.userId);
}

Result<void> FileHandlers::inTheClear(const core::Id& item) {
    const auto protection = media_.protection(item);
    if (!protection) {
        return unexpected<Error>(protection.error());
    }
    return *protection ? unexpected<Error>(protectedError()) : Result<void>();
}

Response FileHandlers::download(const Request& request) {
    const core::Id& who = request.principal->userId;
    const auto item = media_.item(who, core::Id(request.param("id")));
    if (!item) {
        return Response::problem(item.error());
    }
    // An owner reads the files of the own disk, with the own access token.
    if (const auto open = inTheClear(item->id); !open && !request.principal->isOwner()) {
        return Response::problem(open.error());
    }
    for (const ItemFile& file : item->files) {
        if (file.status == "missing") {
            continue;
        }
        auto opened = media_.openFile(who, file.id);
        if (!opened) {
            return Response::problem(opened.error());
        }
        if (taken_) {
            taken_(who, item->id);
        }
        std::string type = file.mimeType.empty() ? opened->mimeType : file.mimeType;
        return fileResponse(std::move(*opened), std::move(type));
    }
    return Response::problem(Error{ErrorCode::NotFound, {}, "There is no file of this item."});
}

Response FileHandlers::direct(const Request& request) {
    const auto who = user(request);
    if (!who) {
        return Response::problem(who.error());
    }
    if (const auto may = service_.maySend(request.principal->sessionId, core::Id(request.param("title"))); !may) {
        return Response::problem(may.error());
    }
    auto opened = media_.openFile(*who, idOf(request.param("file")));
    if (opened && opened->itemId != request.param("title")) {  // the token is for this title alone
        opened = fail(ErrorCode::NotFound, "There is no such file.");
    }
    // Its links go from hand to hand: owners' too.
    const auto open = opened ? inTheClear(opened->itemId) : unexpected<Error>(opened.error());
    if (!open) {
        return Response::problem(open.error());
    }
    service_.streamed(request.principal->sessionId, opened->itemId);
    std::string type = opened->mimeType;
    const core::Id title = opened->itemId;
    return noted(fileResponse(std::move(*opened), std::move(type)), *who, title);
}

// Each part is told once.
Response FileHandlers::noted(Response response, const core::Id& user, const core::Id& title) const {
    auto* file = std::get_if<FileBody>(&response.body);
    if (watch_ == nullptr || file == nullptr || !watch_->counts(user, title)) {
        return response;
    }
    const auto size = static_cast<std::int64_t>(file->size);
    response.body = telling(throughMemory(std::move(*file)), [watch = watch_, user, title, size, seen = TitleParts{0}](
                                                                 std::uint64_t from, std::uint64_t to) mutable {
        const TitleParts parts = partsOf(static_cast<std::int64_t>(from), static_cast<std::int64_t>(to), size);
        if ((parts & ~seen) != 0) {
            seen |= parts;
            watch->delivered(user, title, parts);
        }
    });
    return response;
}

Response FileHandlers::sidecar(const Request& request) {
    const auto who = user(request);
    if (!who) {
        return Response::problem(who.error());
    }
    auto opened = media_.openSidecar(*who, idOf(request.param("sidecar")));
    if (opened && opened->itemId != request.param("title")) {
        opened = fail(ErrorCode::NotFound, "There is no such file.");
    }
    if (!opened) {
        return Response::problem(opened.error());
    }
    const std::string type = textMimeType(formatOf(opened->name));
    if (type.empty()) {
        std::string own = opened->mimeType;
        return fileResponse(std::move(*opened), std::move(own));
    }
    const auto bytes = readAll(*opened);
    if (!bytes) {
        return Response::problem(bytes.error());
    }
    Response response = Response::text(200, type, textAsUtf8(*bytes));
    response.headers.set("Cache-Control", "private, no-cache");
    return response;
}

}  // namespace marea::server

// marea-server keys export: the keys of a protected title as a CPIX document, for whoever gives licences of Widevine,
// PlayReady or FairPlay.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>

#include "core/io/filehandle.h"
#include "server/apps/licence/licences.h"
#include "server/host/command.h"
#include "server/protection/cpix.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr std::size_t kLargestCertificate = std::size_t{64} * 1024;

// Albums, seasons and series have no keys of their own: their tracks and episodes have.
Result<void> requirePlayable(core::db::Database& database, const core::Id& title) {
    const auto found = database.readValue<std::optional<bool>>([&](core::db::Session& session) {
        return session.first(
            "SELECT EXISTS (SELECT 1 FROM media_files f WHERE f.item_id = i.id) FROM media_items i "
            "WHERE i.id = ?1",
            {title}, [](const core::db::Row& row) { return row.boolean(0); });
    });
    if (!found) {
        return core::unexpected<core::Error>(found.error());
    }
    if (!*found) {
        return fail(ErrorCode::NotFound, "There is no title \"" + title + "\".");
    }
    return **found ? Result<void>()
                   : fail(ErrorCode::Unprocessable, "That title has no file: what is in it has keys, each its own.");
}

Result<CpixContent> contentOf(CommandContext& context, core::db::Database& database, const core::Id& title) {
    if (auto there = requirePlayable(database, title); !there) {
        return core::unexpected<core::Error>(there.error());
    }
    Licences licences(database, context.config.dataFolder + "/keys", std::make_shared<core::SystemClock>(),
                      context.logger);
    const auto schemes = licences.protection().of(title);
    if (!schemes) {
        return core::unexpected<core::Error>(schemes.error());
    }
    CpixContent content{title, {}, context.config.drm.widevineProvider};
    for (const ProtectionScheme scheme : schemes->value_or(ProtectionSchemes())) {
        const auto key = scheme == ProtectionScheme::Aes128 ? Result<ContentKey>() : licences.keys().key(title, scheme);
        if (!key) {
            return core::unexpected<core::Error>(key.error());
        }
        if (scheme != ProtectionScheme::Aes128) {
            content.keys.push_back({scheme, *key});
        }
    }
    return !content.keys.empty()
               ? Result<CpixContent>(std::move(content))
               : fail(ErrorCode::Unprocessable, "That title is not protected, or not by cenc or cbcs.");
}

Result<std::string> certificateIn(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return file && text.str().size() <= kLargestCertificate
               ? Result<std::string>(text.str())
               : fail(ErrorCode::NotFound, "The certificate " + path + " cannot be read.");
}

// Anew, and for this user's eyes alone: it may hold keys.
Result<void> writeAnew(const std::string& path, std::string_view text) {
    const core::FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) {
        return fail(ErrorCode::Conflict, path + " cannot be made: it is there already, or its folder is not.",
                    std::to_string(errno));
    }
    while (!text.empty()) {
        const ssize_t written = ::write(file.get(), text.data(), text.size());
        if (written < 0) {
            const int error = errno;
            ::unlink(path.c_str());
            return core::unexpected<core::Error>(core::systemError(error, "write " + path));
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

int done(CommandContext& context, const CpixContent& content, const std::string& path, bool sealed) {
    const json::object object{
        {"title", content.id}, {"keys", content.keys.size()}, {"file", path}, {"encrypted", sealed}};
    print(context, object,
          std::to_string(content.keys.size()) + (content.keys.size() == 1 ? " key" : " keys") + " in " + path +
              (sealed ? ", for the recipient alone." : ", IN THE CLEAR: whoever reads that file has them."));
    return kDone;
}

}  // namespace

int runKeyExport(CommandContext& context) {
    const Arguments& arguments = context.arguments;
    const auto path = arguments.value("--cpix"), recipient = arguments.value("--recipient");
    const bool clear = arguments.has("--clear");
    if (arguments.words.size() != 2 || !path || clear == recipient.has_value()) {
        return wrongUsage(context, "keys export needs: TITLE --cpix FILE, and --recipient CERTIFICATE or --clear");
    }
    const auto certificate = recipient ? certificateIn(*recipient) : Result<std::string>();
    if (!certificate) {
        return failed(context, certificate.error());
    }
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    const auto content = contentOf(context, *data->database, core::Id(arguments.words[1]));
    if (!content) {
        return failed(context, content.error());
    }
    const auto document = clear ? Result<std::string>(cpixInTheClear(*content)) : cpixFor(*content, *certificate);
    const auto written = document ? writeAnew(*path, *document) : core::unexpected<core::Error>(document.error());
    return written ? done(context, *content, *path, !clear) : failed(context, written.error());
}

}  // namespace marea::server

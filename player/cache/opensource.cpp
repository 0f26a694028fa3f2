#include "player/cache/opensource.h"

#include <QtGlobal>

#include "player/cache/filebytesource.h"
#include "player/cache/httpbytesource.h"
#include "player/cache/sealedbytesource.h"

namespace marea::player {

using Opened = core::Result<std::unique_ptr<ByteSource>>;

bool isWeb(const QUrl& url) {
    return url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
}

OpenByteSource openerOf(const QUrl& url, const Source& source, const std::shared_ptr<core::HttpClient>& http,
                        std::function<void(const std::string&)> onTrouble) {
    if (url.isLocalFile() && url == source.url && !source.secret.isEmpty()) {
        return [path = url.toLocalFile(), secret = source.secret]() -> Opened {
            auto file = FileByteSource::open(path);
            return file ? std::make_unique<SealedByteSource>(std::move(*file), secret) : std::move(file);
        };
    }
    if (url.isLocalFile()) {
        return [path = url.toLocalFile()] { return FileByteSource::open(path); };
    }
    if (!isWeb(url) || !http) {
        return []() -> Opened {
            return core::fail(core::ErrorCode::Forbidden,
                              QT_TRANSLATE_NOOP("Player", "This kind of address can't be played"));
        };
    }
    HttpSourceOptions options;
    options.url = url;
    if (url == source.url) {
        options.renew = source.renew;
        options.expiresAt = source.expiresAt;
    }
    options.onTrouble = std::move(onTrouble);
    return [http, options]() -> Opened { return std::make_unique<HttpByteSource>(http, options); };
}

}  // namespace marea::player

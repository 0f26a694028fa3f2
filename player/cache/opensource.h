#pragma once

#include <functional>
#include <memory>
#include <QUrl>
#include <string>

#include "core/http/httpclient.h"
#include "player/cache/bytesource.h"
#include "player/session/playerengine.h"

namespace marea::player {

bool isWeb(const QUrl& url);  // http or https

// How the bytes of a title, or of what comes with it (`url` is then not the source's own), are opened: local files,
// sealed ones among them, and what `http` reads; every other address is refused in words. Without `http` only files.
// `onTrouble` is told on any thread why nothing comes, and an empty text when it goes on.
OpenByteSource openerOf(const QUrl& url, const Source& source, const std::shared_ptr<core::HttpClient>& http,
                        std::function<void(const std::string& reason)> onTrouble);

}  // namespace marea::player

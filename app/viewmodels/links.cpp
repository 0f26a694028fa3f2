#include "app/viewmodels/links.h"

#include "app/offline/offlinetask.h"

namespace marea::app {

std::optional<MareaLink> mareaLink(const QUrl& url) {
    if (url.scheme() != QLatin1String("marea"))
        return std::nullopt;
    const auto text = url.host() + url.path();
    const auto verb = text.section(QLatin1Char('/'), 0, 0);
    const auto id = text.section(QLatin1Char('/'), 1);
    const bool play = verb == QLatin1String("play");
    if ((!play && verb != QLatin1String("open")) || !safeId(id))
        return std::nullopt;
    return MareaLink{play, id};
}

}  // namespace marea::app

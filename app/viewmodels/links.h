#pragma once

#include <optional>
#include <QString>
#include <QUrl>

namespace marea::app {

// "marea:open/<title>" shows a title's page, "marea:play/<title>" plays it; with "//" after the colon too. Pure.
struct MareaLink {
    bool play = false;
    QString mediaId;
    bool operator==(const MareaLink&) const = default;
};

std::optional<MareaLink> mareaLink(const QUrl& url);

}  // namespace marea::app

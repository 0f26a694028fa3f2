#pragma once

#include <memory>
#include <QHash>

#include "app/api/types.h"
#include "sync/cloud/cloudlink.h"
#include "sync/peer/titlenames.h"

namespace marea::app {

// The titles of the account's library by id and by name. Whether two are the same says sameTitle(), of several the one
// that came first. Does not change once it is made; any thread.
class TitleIndex final : public sync::Titles {
public:
    explicit TitleIndex(const QList<MediaItem>& items);
    // All that the server has. Blocks.
    static core::Result<std::shared_ptr<const TitleIndex>> load(sync::CloudLink& server);

    std::optional<sync::TitleAbout> about(const std::string& id) const override;
    std::optional<std::string> sameAs(const sync::TitleAbout& about) const override;

private:
    QHash<QString, MediaItem> byId_;
    QHash<QString, QStringList> byName_;  // plainTitle() → ids
};

}  // namespace marea::app

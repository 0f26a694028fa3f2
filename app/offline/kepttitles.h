#pragma once

#include <optional>

#include "app/offline/companions.h"

namespace marea::app {

// What the player asks about titles of this computer. GUI thread.
class KeptTitles {
public:
    virtual ~KeptTitles() = default;
    virtual std::optional<OfflineTitle> kept(const QString& mediaId) const = 0;  // `position` as it is by now
    virtual bool reachable() const = 0;                                          // the server
};

}  // namespace marea::app

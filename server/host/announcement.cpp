#include "server/host/announcement.h"

#include "sync/dnssd/servicetext.h"

namespace marea::server {

namespace dns = sync::dns;

std::optional<Announcement> announcementOf(const Config& config, std::uint16_t port, const dns::ServerNotice& server) {
    const auto reach = reachOf(config.listenHost);
    if (!config.announce || !config.serves() || !reach) {
        return std::nullopt;
    }
    return Announcement{{dns::serviceName(server), dns::kMareaService, port, dns::textOf(dns::noticeText(server))},
                        *reach};
}

}  // namespace marea::server

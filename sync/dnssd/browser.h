#pragma once

#include <map>
#include <string>
#include <variant>

#include "core/base/clock.h"
#include "sync/dnssd/link.h"

namespace marea::sync::dns {

// Who offers a service in the network (RFC 6763), by what they say and for as long as they say it. Decides alone, as
// Responder does. What it keeps is bounded, whatever is sent.
class Browser {
public:
    struct Found {
        std::string name;        // UTF-8 without control characters
        std::string address;     // of 4 or 16 bytes
        std::uint32_t link = 0;  // where that address is
        std::uint16_t port = 0;
        std::vector<std::string> texts;
        bool operator==(const Found&) const = default;
    };
    struct Gone {
        std::string name;
    };
    using Event = std::variant<Found, Gone>;  // found again: it has changed

    static constexpr std::size_t kMostServices = 100, kMostAddresses = 8;

    Browser(const std::string& type, Random random);

    void setLinks(std::vector<std::uint32_t> links, core::TimeMs now);  // asks anew where there are others
    void heard(const Message& message, const Sender& sender, core::TimeMs now);
    std::vector<Outgoing> due(core::TimeMs now);
    std::optional<core::TimeMs> next() const;
    std::vector<Event> takeEvents();

private:
    // How long something holds, and how often it was asked for again before its end.
    struct Life {
        core::TimeMs since = 0, length = 0;
        int asked = 0;
        core::TimeMs end() const { return since + length; }
        core::TimeMs askAt() const;
    };
    struct Address {
        std::string bytes;
        std::uint32_t link = 0;
        Life life;
    };
    struct Service {
        Name name;
        Life pointer;
        std::optional<Life> service, text;
        Name host;
        std::string hostKey;  // folded
        std::uint16_t port = 0;
        std::vector<std::string> texts;
        int tries = 0;  // at what is missing
        core::TimeMs tryAt = 0;
        std::optional<Found> shown;
    };

    void takePointer(const Record& record, core::TimeMs now);
    void takeService(const Record& record, core::TimeMs now);
    void takeAddress(const Record& record, std::uint32_t link, core::TimeMs now);
    Service* serviceOf(const Name& name);
    bool isHost(const std::string& key) const;
    bool isMissing(const Service& service) const;
    const Address* bestAddress(const Service& service) const;
    void forget(const std::string& key);
    void show(Service& service);
    void expire(core::TimeMs now);
    void askAgain(core::TimeMs now, std::vector<Question>& questions);
    void askMissing(Service& service, core::TimeMs now, std::vector<Question>& questions);
    std::vector<Record> known(core::TimeMs now) const;
    std::vector<Message> messagesOf(const std::vector<Question>& questions, core::TimeMs now) const;

    Name type_;
    Random random_;
    std::vector<std::uint32_t> links_;
    std::map<std::string, Service> services_;                // by folded name
    std::map<std::string, std::vector<Address>> addresses_;  // of hosts that a service names, likewise
    std::optional<core::TimeMs> askAt_;
    core::TimeMs interval_ = 0;
    std::vector<Event> events_;
};

}  // namespace marea::sync::dns

#pragma once

#include <map>

#include "core/base/clock.h"
#include "sync/dnssd/link.h"

namespace marea::sync::dns {

// A service that this computer offers, told by Multicast DNS (RFC 6762) as RFC 6763 says: made sure of that nobody else
// has its name, announced, answered for, defended, taken back. Decides alone; its owner sends and has the clock, which
// need not be that of the day.
class Responder {
public:
    struct Service {
        std::string name;  // as people see it; gets a number where it is taken
        std::string type;  // "_marea._tcp"
        std::uint16_t port = 0;
        std::vector<std::string> texts;  // "key=value"
    };
    Responder(Service service, Random random);

    void setLinks(std::vector<Link> links, core::TimeMs now);  // other than before: it begins anew on all
    void heard(const Message& message, const Sender& sender, core::TimeMs now);
    std::vector<Outgoing> due(core::TimeMs now);  // what is to be sent by now
    std::optional<core::TimeMs> next() const;     // when there will be more; none: when something is heard
    std::vector<Outgoing> goodbye() const;

    const std::string& name() const { return instance_.front(); }
    bool isAnnounced() const { return phase_ == Phase::Announced; }

private:
    enum class Phase { Nowhere, Probing, Announced };
    using Kinds = unsigned;  // of records, as bits
    // An answer that waits for others to join it, or for what the asker knows already.
    struct Ask {
        Sender sender;
        Kinds kinds = 0;
        core::TimeMs at = 0;
    };

    void begin(core::TimeMs at);
    void step(core::TimeMs now, std::vector<Outgoing>& out);
    void setNames();
    Message probe(const Link& link) const;
    std::vector<Record> records(Kinds kinds, const Link& link) const;
    std::vector<Record> addresses(const Link& link) const;
    Message answer(Kinds kinds, const Link& link) const;

    Kinds wanted(const std::vector<Question>& questions) const;
    Kinds unknownOf(Kinds kinds, const Message& message, const Link& link) const;
    void heardQuery(const Message& query, const Link& link, const Sender& sender, core::TimeMs now);
    void answerAlone(const Message& query, Kinds kinds, const Link& link, const Sender& sender, core::TimeMs now);
    void answerAll(const Message& query, Kinds kinds, const Sender& sender, core::TimeMs now);
    bool saidLately(Kinds kinds, std::uint32_t link, core::TimeMs within, core::TimeMs now) const;
    void heardProbe(const Message& query, core::TimeMs now);
    void heardResponse(const Message& response, core::TimeMs now);
    bool isConflict(const Record& record) const;
    void lost(core::TimeMs now);
    const Link* linkOf(std::uint32_t id) const;

    Service service_;
    Random random_;
    Name type_, instance_, host_;
    std::vector<Link> links_;
    Phase phase_ = Phase::Nowhere;
    int step_ = 0, number_ = 1;
    std::optional<core::TimeMs> at_;  // of the next step
    std::vector<Ask> asks_;
    std::vector<Outgoing> alone_;
    std::map<std::pair<std::uint32_t, Kinds>, core::TimeMs> said_;  // when each kind went to all of a link
    int conflicts_ = 0, alones_ = 0;
    core::TimeMs conflictsSince_ = 0, alonesSince_ = 0;
};

}  // namespace marea::sync::dns

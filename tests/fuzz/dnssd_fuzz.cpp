// What anybody in the network sends to the port of Multicast DNS: read to its end or refused; what was read is written
// and read the same; who offers and who looks bear every message, and what they answer is well-formed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "sync/dnssd/browser.h"
#include "sync/dnssd/responder.h"
#include "sync/dnssd/servernotice.h"
#include "sync/dnssd/servicetext.h"

using namespace marea::sync::dns;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

bool sameRecords(const std::vector<Record>& a, const std::vector<Record>& b) {
    bool same = a.size() == b.size();
    for (std::size_t i = 0; same && i < a.size(); ++i)
        same = saysTheSame(a[i], b[i]) && a[i].ttl == b[i].ttl && a[i].flush == b[i].flush;
    return same;
}

void lookAtWriting(const Message& message) {
    const auto bytes = writeMessage(message);
    const auto again = readMessage(bytes);
    demand(bytes.size() > kLongestMessage || (again && sameRecords(again->answers, message.answers) &&
                                              sameRecords(again->authorities, message.authorities) &&
                                              sameRecords(again->additionals, message.additionals) &&
                                              again->questions.size() == message.questions.size()));
}

void lookAtSent(const std::vector<Outgoing>& all) {
    for (const Outgoing& out : all)
        demand(readMessage(writeMessage(out.message)).has_value());
}

void lookAtServers(const std::vector<Browser::Event>& events) {
    for (const auto& event : events)
        if (const auto* const found = std::get_if<Browser::Found>(&event)) {
            const auto server = serverFrom(found->name, textFrom(found->texts));
            demand(!server || serverFrom(serviceName(*server), noticeText(*server)).has_value());
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto message = readMessage({data, size});
    if (!message)
        return 0;
    lookAtWriting(*message);
    const auto least = [](int from, int) { return from; };
    Responder responder({"Desk", "_marea._tcp", 80, {"v=1"}}, least);
    Browser browser("_marea._tcp", least);
    responder.setLinks({{1, {std::string("\x0a\x01\x01\x01")}}}, 0);
    browser.setLinks({1}, 0);
    for (marea::core::TimeMs now = 0; now < 10'000; now += 250) {
        const bool speaks = now % 1000 == 0;
        if (speaks) {
            responder.heard(*message, {1, "other", 5353, now % 3000 != 0}, now);
            browser.heard(*message, {1, "other", 5353, true}, now);
        }
        lookAtSent(responder.due(now));
        lookAtSent(browser.due(now));
        const auto events = browser.takeEvents();
        demand(events.size() <= 2 * Browser::kMostServices);
        lookAtServers(events);
    }
    demand(responder.name().size() <= kLongestLabel);
    return 0;
}

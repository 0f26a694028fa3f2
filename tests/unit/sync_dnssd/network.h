#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "sync/dnssd/browser.h"
#include "sync/dnssd/responder.h"

namespace marea::sync::dns {

// A network of one link whose time passes when it is told to. What is sent goes to everybody, the sender too, as bytes.
class Network {
public:
    struct Host {
        std::unique_ptr<Responder> responder;
        std::unique_ptr<Browser> browser;
        std::vector<Browser::Event> events;
        bool isCut = false;  // nothing comes or goes
        std::string address;
    };
    struct Sent {
        core::TimeMs at;
        std::size_t from;  // npos: a test
        Message message;
        bool alone;
    };
    static constexpr std::uint32_t kLink = 2;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    std::size_t add(const std::string& name, bool browses = true) {
        Host host;
        host.address = std::string("\xc0\xa8\x01", 3) + static_cast<char>(10 + hosts.size());
        if (!name.empty()) {
            host.responder = std::make_unique<Responder>(
                Responder::Service{name, "_marea._tcp", 8471, {"v=1", "id=" + name}}, random());
            host.responder->setLinks({{kLink, {host.address}}}, now);
        }
        if (browses) {
            host.browser = std::make_unique<Browser>("_marea._tcp", random());
            host.browser->setLinks({kLink}, now);
        }
        hosts.push_back(std::move(host));
        return hosts.size() - 1;
    }

    Random random() {
        return [this](int least, int most) {
            seed_ = seed_ * 1664525U + 1013904223U;
            return least + static_cast<int>((seed_ >> 8U) % static_cast<unsigned>(most - least + 1));
        };
    }

    void pass(core::TimeMs span) {
        for (const core::TimeMs end = now + span; now < end;) {
            tick();
            now = std::min(end, std::max(now + 10, next().value_or(end)));
        }
    }

    void deliver(const Outgoing& out, std::size_t from) {
        if (from != npos && hosts[from].isCut)
            return;
        const auto bytes = writeMessage(out.message);
        const auto read = readMessage(bytes);
        if (!read)
            throw std::runtime_error("not to be read: " + read.error().detail);
        sent.push_back({now, from, *read, out.to.has_value()});
        if (out.to && out.to->host == "test")
            return;
        const Sender sender{kLink, std::to_string(from), 5353, true};
        for (std::size_t i = 0; i < hosts.size(); ++i)
            if (!hosts[i].isCut && (!out.to || out.to->host == std::to_string(i)))
                hear(hosts[i], *read, sender);
    }

    void hear(Host& host, const Message& message, const Sender& sender) {
        if (host.responder)
            host.responder->heard(message, sender, now);
        if (host.browser)
            host.browser->heard(message, sender, now);
        collect(host);
    }

    void say(const Message& message) { deliver({kLink, message, {}}, npos); }

    std::size_t sentBy(std::size_t from, const std::function<bool(const Message&)>& is) const {
        std::size_t count = 0;
        for (const Sent& one : sent)
            count += one.from == from && is(one.message) ? 1U : 0U;
        return count;
    }

    // The names of who is there, by what a host was told.
    std::vector<std::string> seenBy(std::size_t host) const {
        std::vector<std::string> names;
        for (const auto& event : hosts[host].events) {
            const auto* const found = std::get_if<Browser::Found>(&event);
            const std::string& name = found != nullptr ? found->name : std::get<Browser::Gone>(event).name;
            std::erase(names, name);
            if (found != nullptr)
                names.push_back(name);
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    core::TimeMs now = 1000;
    std::vector<Host> hosts;
    std::vector<Sent> sent;

private:
    std::optional<core::TimeMs> next() const {
        std::optional<core::TimeMs> next;
        for (const Host& host : hosts)
            for (const auto& at : {host.responder ? host.responder->next() : std::nullopt,
                                   host.browser ? host.browser->next() : std::nullopt})
                next = at ? std::min(next.value_or(*at), *at) : next;
        return next;
    }
    void tick() {
        for (std::size_t i = 0; i < hosts.size(); ++i) {
            for (const Outgoing& out : hosts[i].responder ? hosts[i].responder->due(now) : std::vector<Outgoing>())
                deliver(out, i);
            for (const Outgoing& out : hosts[i].browser ? hosts[i].browser->due(now) : std::vector<Outgoing>())
                deliver(out, i);
            collect(hosts[i]);
        }
    }
    void collect(Host& host) {
        if (!host.browser)
            return;
        for (auto& event : host.browser->takeEvents())
            host.events.push_back(std::move(event));
    }

    unsigned seed_ = 7;
};

inline Message question(const char* name, Type type) {
    Message message;
    message.questions = {{nameFrom(name), type, false}};
    return message;
}

}  // namespace marea::sync::dns

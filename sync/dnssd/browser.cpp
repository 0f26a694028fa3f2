#include "sync/dnssd/browser.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/base/utf8.h"
#include "sync/dnssd/servicetext.h"

namespace marea::sync::dns {

namespace {

using core::TimeMs;

constexpr std::uint32_t kLongestLife = 4500;                          // seconds, whatever is said
constexpr TimeMs kFirstInterval = 1000, kLongestInterval = 3600'000;  // RFC 6762 section 5.2
constexpr int kRefreshes = 4;                                         // at 80, 85, 90 and 95 % of a life
constexpr int kMostTries = 6;
constexpr std::size_t kQuestionsAMessage = 16, kAnswersAMessage = 8;

bool isForPeople(const std::string& text) {
    return core::isUtf8(text) && std::none_of(text.begin(), text.end(),
                                              [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// Nobody is reached by: no address, groups of receivers, all.
bool isOfOne(const std::string& address) {
    if (std::all_of(address.begin(), address.end(), [](char c) { return c == 0; }))
        return false;
    return address.size() == 4 ? static_cast<unsigned char>(address.front()) < 224 : address.front() != '\xff';
}

}  // namespace

TimeMs Browser::Life::askAt() const {
    return since + length * (80 + 5 * asked) / 100;
}

Browser::Browser(const std::string& type, Random random)
    : type_(nameFrom(type + ".local")), random_(std::move(random)) {}

void Browser::setLinks(std::vector<std::uint32_t> links, TimeMs now) {
    if (links == links_)
        return;
    links_ = std::move(links);
    interval_ = kFirstInterval;
    askAt_ = links_.empty() ? std::nullopt : std::optional(now + random_(20, 120));
}

Browser::Service* Browser::serviceOf(const Name& name) {
    const auto found = services_.find(folded(name));
    return found == services_.end() ? nullptr : &found->second;
}

bool Browser::isHost(const std::string& key) const {
    return std::any_of(services_.begin(), services_.end(),
                       [&](const auto& entry) { return entry.second.service && entry.second.hostKey == key; });
}

// In an order in which each knows what it belongs to.
void Browser::heard(const Message& message, const Sender& sender, TimeMs now) {
    if (!message.response || !sender.multicasts || std::find(links_.begin(), links_.end(), sender.link) == links_.end())
        return;
    std::vector<const Record*> records;
    for (const auto* section : {&message.answers, &message.additionals})
        for (const Record& record : *section)
            records.push_back(&record);
    for (const Record* record : records)
        if (record->type == Type::Pointer)
            takePointer(*record, now);
    for (const Record* record : records)
        if (record->type == Type::Service || record->type == Type::Text)
            takeService(*record, now);
    for (const Record* record : records)
        if (record->type == Type::A || record->type == Type::Aaaa)
            takeAddress(*record, sender.link, now);
    for (auto& [key, service] : services_)
        show(service);
}

void Browser::takePointer(const Record& record, TimeMs now) {
    const Name& name = record.target;
    const bool ours = sameName(record.name, type_) && name.size() == type_.size() + 1 &&
                      sameName(Name(name.begin() + 1, name.end()), type_);
    if (!ours || !isForPeople(name.front()))
        return;
    const std::string key = folded(name);
    if (record.ttl == 0)  // at once: nobody else says the same, for whom section 10.1 would wait a second
        return forget(key);
    const bool isNew = services_.find(key) == services_.end();
    if (isNew && services_.size() >= kMostServices)
        return;
    Service& service = services_[key];
    if (isNew) {
        service.name = name;
        service.tryAt = now + random_(20, 120);
    }
    service.pointer = {now, std::min(record.ttl, kLongestLife) * kSecond, 0};
}

void Browser::takeService(const Record& record, TimeMs now) {
    Service* const service = serviceOf(record.name);
    if (service == nullptr)
        return;
    const Life life{now, std::min(record.ttl, kLongestLife) * kSecond, 0};
    if (record.ttl == 0 && record.type == Type::Service)
        service->service.reset();
    else if (record.ttl == 0)
        service->text.reset();
    else if (record.type == Type::Service && record.port != 0) {
        service->service = life;
        service->host = record.target;
        service->hostKey = folded(record.target);
        service->port = record.port;
    } else if (record.type == Type::Text) {
        service->text = life;
        service->texts = record.texts;
    }
    if (record.ttl == 0) {
        service->tries = 0;
        service->tryAt = now + kSecond;
    }
}

// Section 10.2: with the bit, those that are older than a second are no more.
void Browser::takeAddress(const Record& record, std::uint32_t link, TimeMs now) {
    const std::string key = folded(record.name);
    if (!isHost(key) || !isOfOne(record.address))
        return;
    if (addresses_.size() >= 2 * kMostServices && addresses_.find(key) == addresses_.end())
        return;
    auto& all = addresses_[key];
    std::erase_if(all, [&](const Address& one) {
        const bool isOld = record.flush && one.link == link && one.bytes.size() == record.address.size() &&
                           one.life.since < now - kSecond;
        return isOld || (one.link == link && one.bytes == record.address);
    });
    if (record.ttl > 0 && all.size() < kMostAddresses)
        all.push_back({record.address, link, {now, std::min(record.ttl, kLongestLife) * kSecond, 0}});
}

const Browser::Address* Browser::bestAddress(const Service& service) const {
    const auto all = addresses_.find(service.hostKey);
    if (!service.service || all == addresses_.end() || all->second.empty())
        return nullptr;
    return &*std::min_element(all->second.begin(), all->second.end(), [](const Address& a, const Address& b) {
        return std::tuple(rankOfAddress(a.bytes), a.link, a.bytes) <
               std::tuple(rankOfAddress(b.bytes), b.link, b.bytes);
    });
}

bool Browser::isMissing(const Service& service) const {
    return !service.service || !service.text || bestAddress(service) == nullptr;
}

void Browser::show(Service& service) {
    if (isMissing(service)) {
        if (service.shown && !service.service)
            events_.emplace_back(Gone{service.shown->name});
        if (!service.service)
            service.shown.reset();
        return;
    }
    const Address* const at = bestAddress(service);
    service.tries = 0;
    Found found{service.name.front(), at->bytes, at->link, service.port, service.texts};
    if (service.shown == found)
        return;
    service.shown = found;
    events_.emplace_back(std::move(found));
}

void Browser::forget(const std::string& key) {
    const auto found = services_.find(key);
    if (found == services_.end())
        return;
    if (found->second.shown)
        events_.emplace_back(Gone{found->second.shown->name});
    services_.erase(found);
}

void Browser::expire(TimeMs now) {
    std::vector<std::string> over;
    for (auto& [key, service] : services_) {
        if (service.pointer.end() <= now)
            over.push_back(key);
        for (auto* life : {&service.service, &service.text})
            if (*life && (*life)->end() <= now)
                life->reset();
        show(service);
    }
    for (const std::string& key : over)
        forget(key);
    std::vector<std::string> hosts;
    for (const auto& [key, service] : services_)
        hosts.push_back(service.hostKey);
    for (auto& [host, all] : addresses_)
        std::erase_if(all, [&](const Address& one) { return one.life.end() <= now; });
    std::erase_if(addresses_, [&](const auto& entry) {
        return entry.second.empty() || std::find(hosts.begin(), hosts.end(), entry.first) == hosts.end();
    });
}

// Section 5.2: what is shown is asked for again before its end.
void Browser::askAgain(TimeMs now, std::vector<Question>& questions) {
    const auto ask = [&](Life& life, const Name& name, Type type) {
        if (life.asked >= kRefreshes || life.askAt() > now)
            return;
        while (life.asked < kRefreshes && life.askAt() <= now)
            ++life.asked;
        const bool asked = std::any_of(questions.begin(), questions.end(), [&](const Question& one) {
            return one.type == type && sameName(one.name, name);
        });
        if (!asked)
            questions.push_back({name, type, false});
    };
    for (auto& [key, service] : services_) {
        ask(service.pointer, type_, Type::Pointer);
        if (service.service)
            ask(*service.service, service.name, Type::Service);
        if (service.text)
            ask(*service.text, service.name, Type::Text);
        const auto all = addresses_.find(service.hostKey);
        if (all != addresses_.end())
            for (Address& one : all->second)
                ask(one.life, service.host, one.bytes.size() == 4 ? Type::A : Type::Aaaa);
    }
}

void Browser::askMissing(Service& service, TimeMs now, std::vector<Question>& questions) {
    if (service.tries >= kMostTries || service.tryAt > now || !isMissing(service))
        return;
    service.tryAt = now + (kSecond << service.tries);
    ++service.tries;
    if (!service.service)
        questions.push_back({service.name, Type::Service, false});
    if (!service.text)
        questions.push_back({service.name, Type::Text, false});
    if (service.service && bestAddress(service) == nullptr)
        for (const Type type : {Type::A, Type::Aaaa})
            questions.push_back({service.host, type, false});
}

// Section 7.1: with at least half their time left.
std::vector<Record> Browser::known(TimeMs now) const {
    std::vector<Record> all;
    for (const auto& [key, service] : services_) {
        const TimeMs left = service.pointer.end() - now;
        if (left * 2 < service.pointer.length)
            continue;
        Record record;
        record.name = type_;
        record.type = Type::Pointer;
        record.ttl = static_cast<std::uint32_t>(left / kSecond);
        record.target = service.name;
        all.push_back(std::move(record));
    }
    return all;
}

// Section 7.2: what does not fit comes in messages of its own, and each but the last says that there is more.
std::vector<Message> Browser::messagesOf(const std::vector<Question>& questions, TimeMs now) const {
    std::vector<Message> messages;
    for (std::size_t from = 0; from < questions.size(); from += kQuestionsAMessage) {
        const auto begin = questions.begin() + static_cast<std::ptrdiff_t>(from);
        const std::size_t count = std::min(kQuestionsAMessage, questions.size() - from);
        messages.emplace_back().questions.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    }
    const bool asksForAll = !questions.empty() && questions.front().type == Type::Pointer;
    const std::vector<Record> records = asksForAll ? known(now) : std::vector<Record>();
    std::vector<Message> rest;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (i >= kAnswersAMessage && i % kAnswersAMessage == 0)
            rest.emplace_back();
        (rest.empty() ? messages.front() : rest.back()).answers.push_back(records[i]);
    }
    if (!rest.empty())
        messages.front().truncated = true;
    for (std::size_t i = 0; i + 1 < rest.size(); ++i)
        rest[i].truncated = true;
    messages.insert(messages.begin() + (messages.empty() ? 0 : 1), rest.begin(), rest.end());
    return messages;
}

std::vector<Outgoing> Browser::due(TimeMs now) {
    expire(now);
    std::vector<Question> questions;
    if (askAt_ && *askAt_ <= now) {
        questions.push_back({type_, Type::Pointer, false});
        askAt_ = now + interval_;
        interval_ = std::min(interval_ * 2, kLongestInterval);
    }
    askAgain(now, questions);
    for (auto& [key, service] : services_)
        askMissing(service, now, questions);
    std::stable_partition(questions.begin(), questions.end(),
                          [](const Question& one) { return one.type == Type::Pointer; });
    std::vector<Outgoing> out;
    for (const Message& message : messagesOf(questions, now))
        for (const std::uint32_t link : links_)
            out.push_back({link, message, {}});
    return out;
}

std::optional<TimeMs> Browser::next() const {
    std::optional<TimeMs> next = askAt_;
    const auto sooner = [&](TimeMs at) { next = std::min(next.value_or(at), at); };
    const auto lives = [&](const Life& life) { sooner(life.asked < kRefreshes ? life.askAt() : life.end()); };
    for (const auto& [key, service] : services_) {
        lives(service.pointer);
        if (service.service)
            lives(*service.service);
        if (service.text)
            lives(*service.text);
        if (service.tries < kMostTries && isMissing(service))
            sooner(service.tryAt);
    }
    for (const auto& [key, all] : addresses_)
        for (const Address& one : all)
            lives(one.life);
    return next;
}

std::vector<Browser::Event> Browser::takeEvents() {
    return std::exchange(events_, {});
}

}  // namespace marea::sync::dns

#include "sync/dnssd/responder.h"

#include <algorithm>
#include <cstdio>

namespace marea::sync::dns {

namespace {

using core::TimeMs;

constexpr std::uint32_t kLong = 4500, kShort = 120, kLegacy = 10;          // seconds; RFC 6762 sections 10 and 6.7
constexpr TimeMs kProbeWait = 250, kAnnounceWait = 1000, kTieWait = 1000;  // sections 8.1 to 8.3
constexpr int kProbes = 3, kAnnouncements = 2, kManyConflicts = 15;        // section 8.1
constexpr TimeMs kConflictSpan = 10'000, kConflictWait = 5000;             // likewise
constexpr TimeMs kOnceIn = 1000, kOnceInDefence = 250;                     // section 6
constexpr std::size_t kMostAsks = 64;
constexpr int kMostAlone = 20;  // in a second

constexpr unsigned kPointer = 1, kServiceData = 2, kTexts = 4, kAddresses = 8, kTypes = 16;
constexpr unsigned kUnique = kServiceData | kTexts | kAddresses;

const Name& typesName() {
    static const Name name = nameFrom("_services._dns-sd._udp.local");  // RFC 6763 section 9
    return name;
}

bool asksFor(const Question& question, const Name& name, std::initializer_list<Type> types) {
    return sameName(question.name, name) &&
           (question.type == Type::Any || std::find(types.begin(), types.end(), question.type) != types.end());
}

std::string numbered(const std::string& name, int number) {
    if (number == 1)
        return shownLabel(name);
    const std::string suffix = " (" + std::to_string(number) + ")";
    std::string cut = shownLabel(name);
    while (cut.size() + suffix.size() > kLongestLabel) {  // whole characters
        std::size_t end = cut.size() - 1;
        while (end > 0 && (static_cast<unsigned char>(cut[end]) & 0xc0U) == 0x80U)
            --end;
        cut.resize(end);
    }
    return cut + suffix;
}

Record recordOf(Name name, Type type, bool isUnique, std::uint32_t ttl) {
    Record record;
    record.name = std::move(name);
    record.type = type;
    record.flush = isUnique;
    record.ttl = ttl;
    return record;
}

Message responseOf(std::vector<Record> answers) {
    Message message;
    message.response = true;
    message.answers = std::move(answers);
    return message;
}

}  // namespace

Responder::Responder(Service service, Random random)
    : service_(std::move(service)), random_(std::move(random)), type_(nameFrom(service_.type + ".local")) {
    if (service_.name.empty())
        service_.name = "Marea";
    char host[32];
    std::snprintf(host, sizeof host, "marea-%04x%04x%04x", static_cast<unsigned>(random_(0, 0xffff)),
                  static_cast<unsigned>(random_(0, 0xffff)), static_cast<unsigned>(random_(0, 0xffff)));
    host_ = {host, "local"};  // of its own: the system may have a responder for the computer's name
    setNames();
}

void Responder::setNames() {
    instance_ = {numbered(service_.name, number_)};
    instance_.insert(instance_.end(), type_.begin(), type_.end());
}

const Link* Responder::linkOf(std::uint32_t id) const {
    const auto link = std::find_if(links_.begin(), links_.end(), [&](const Link& one) { return one.id == id; });
    return link == links_.end() ? nullptr : &*link;
}

void Responder::setLinks(std::vector<Link> links, TimeMs now) {
    if (links == links_)
        return;
    links_ = std::move(links);
    asks_.clear();
    said_.clear();
    begin(now + random_(0, static_cast<int>(kProbeWait)));
}

void Responder::begin(TimeMs at) {
    phase_ = links_.empty() ? Phase::Nowhere : Phase::Probing;
    step_ = 0;
    at_ = links_.empty() ? std::nullopt : std::optional(at);
}

std::vector<Record> Responder::addresses(const Link& link) const {
    std::vector<Record> all;
    for (const std::string& address : link.addresses) {
        Record record = recordOf(host_, address.size() == 4 ? Type::A : Type::Aaaa, true, kShort);
        record.address = address;
        all.push_back(std::move(record));
    }
    return all;
}

std::vector<Record> Responder::records(Kinds kinds, const Link& link) const {
    std::vector<Record> all;
    if ((kinds & kPointer) != 0) {
        all.push_back(recordOf(type_, Type::Pointer, false, kLong));
        all.back().target = instance_;
    }
    if ((kinds & kTypes) != 0) {
        all.push_back(recordOf(typesName(), Type::Pointer, false, kLong));
        all.back().target = type_;
    }
    if ((kinds & kServiceData) != 0) {
        all.push_back(recordOf(instance_, Type::Service, true, kShort));
        all.back().target = host_;
        all.back().port = service_.port;
    }
    if ((kinds & kTexts) != 0) {
        all.push_back(recordOf(instance_, Type::Text, true, kLong));
        all.back().texts = service_.texts;
    }
    if ((kinds & kAddresses) != 0) {
        const auto own = addresses(link);
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

// What people will ask next comes along (RFC 6763 section 12).
Message Responder::answer(Kinds kinds, const Link& link) const {
    Message message = responseOf(records(kinds, link));
    const Kinds more =
        (kinds & kPointer) != 0 ? kUnique & ~kinds : ((kinds & kServiceData) != 0 ? kAddresses & ~kinds : 0U);
    message.additionals = records(more, link);
    return message;
}

Message Responder::probe(const Link& link) const {
    Message message;
    message.questions = {{instance_, Type::Any, false}, {host_, Type::Any, false}};
    message.authorities = records(kUnique, link);
    for (Record& record : message.authorities)
        record.flush = false;  // RFC 6762 section 10.2: only in responses
    return message;
}

std::vector<Outgoing> Responder::goodbye() const {
    std::vector<Outgoing> out;
    for (const Link& link : links_) {
        if (phase_ != Phase::Announced)
            break;
        Message message = responseOf(records(kPointer | kUnique, link));
        for (Record& record : message.answers)
            record.ttl = 0;
        out.push_back({link.id, std::move(message), {}});
    }
    return out;
}

void Responder::step(TimeMs now, std::vector<Outgoing>& out) {
    if (phase_ == Phase::Probing && step_ < kProbes) {
        for (const Link& link : links_)
            out.push_back({link.id, probe(link), {}});
        ++step_;
        at_ = now + kProbeWait;
        return;
    }
    if (phase_ == Phase::Probing) {
        phase_ = Phase::Announced;
        step_ = 0;
    }
    for (const Link& link : links_) {
        out.push_back({link.id, responseOf(records(kPointer | kUnique, link)), {}});
        for (const unsigned kind : {kPointer, kServiceData, kTexts, kAddresses})
            said_[{link.id, kind}] = now;
    }
    ++step_;
    at_ = step_ < kAnnouncements ? std::optional(now + kAnnounceWait) : std::nullopt;
}

std::vector<Outgoing> Responder::due(TimeMs now) {
    std::vector<Outgoing> out = std::move(alone_);
    alone_.clear();
    if (at_ && *at_ <= now)
        step(now, out);
    std::map<std::uint32_t, Kinds> kinds;
    for (const Ask& ask : asks_)
        if (ask.at <= now)
            kinds[ask.sender.link] |= ask.kinds;
    std::erase_if(asks_, [&](const Ask& ask) { return ask.at <= now; });
    for (const auto& [id, of] : kinds) {
        const Link* const link = linkOf(id);
        if (link == nullptr || of == 0)
            continue;
        out.push_back({id, answer(of, *link), {}});
        for (unsigned kind = kPointer; kind <= kTypes; kind <<= 1U)
            if ((of & kind) != 0)
                said_[{id, kind}] = now;
        for (Ask& ask : asks_)  // it has heard it
            ask.kinds &= ask.sender.link == id ? ~of : ~0U;
    }
    std::erase_if(asks_, [](const Ask& ask) { return ask.kinds == 0; });
    return out;
}

std::optional<TimeMs> Responder::next() const {
    std::optional<TimeMs> next = at_;
    for (const Ask& ask : asks_)
        next = std::min(next.value_or(ask.at), ask.at);
    return alone_.empty() ? next : std::optional<TimeMs>(0);
}

void Responder::heard(const Message& message, const Sender& sender, TimeMs now) {
    const Link* const link = linkOf(sender.link);
    if (link == nullptr)
        return;
    if (!message.response)
        heardQuery(message, *link, sender, now);
    else if (sender.multicasts)  // RFC 6762 section 6: no others are believed
        heardResponse(message, now);
}

Responder::Kinds Responder::wanted(const std::vector<Question>& questions) const {
    Kinds kinds = 0;
    for (const Question& question : questions) {
        kinds |= asksFor(question, type_, {Type::Pointer}) ? kPointer : 0U;
        kinds |= asksFor(question, typesName(), {Type::Pointer}) ? kTypes : 0U;
        kinds |= asksFor(question, instance_, {Type::Service}) ? kServiceData : 0U;
        kinds |= asksFor(question, instance_, {Type::Text}) ? kTexts : 0U;
        kinds |= asksFor(question, host_, {Type::A, Type::Aaaa}) ? kAddresses : 0U;
    }
    return kinds;
}

// RFC 6762 section 7.1: what the asker knows for at least half its time yet is not told again.
Responder::Kinds Responder::unknownOf(Kinds kinds, const Message& message, const Link& link) const {
    for (unsigned kind = kPointer; kind <= kTypes; kind <<= 1U) {
        const auto own = records(kinds & kind, link);
        const bool knows = std::all_of(own.begin(), own.end(), [&](const Record& record) {
            return std::any_of(message.answers.begin(), message.answers.end(), [&](const Record& said) {
                return said.ttl >= record.ttl / 2 && saysTheSame(said, record);
            });
        });
        kinds = knows ? kinds & ~kind : kinds;
    }
    return kinds;
}

void Responder::heardQuery(const Message& query, const Link& link, const Sender& sender, TimeMs now) {
    if (phase_ == Phase::Probing)
        heardProbe(query, now);
    if (phase_ != Phase::Announced)
        return;
    for (Ask& ask : asks_)  // the rest of what somebody knows comes without a question
        if (query.questions.empty() && ask.sender.host == sender.host && ask.sender.link == sender.link)
            ask.kinds = unknownOf(ask.kinds, query, link);
    const Kinds kinds = unknownOf(wanted(query.questions), query, link);
    if (kinds == 0)
        return;
    const bool wantsAlone = std::all_of(query.questions.begin(), query.questions.end(),
                                        [](const Question& question) { return question.unicast; });
    // Section 5.4: to all nevertheless where they have not heard it for a while.
    if (!sender.multicasts || (wantsAlone && saidLately(kinds, link.id, kShort * kSecond / 4, now)))
        answerAlone(query, kinds, link, sender, now);
    else
        answerAll(query, kinds, sender, now);
}

bool Responder::saidLately(Kinds kinds, std::uint32_t link, TimeMs within, TimeMs now) const {
    for (unsigned kind = kPointer; kind <= kTypes; kind <<= 1U) {
        const auto at = said_.find({link, kind});
        if ((kinds & kind) != 0 && (at == said_.end() || now - at->second > within))
            return false;
    }
    return true;
}

void Responder::answerAlone(const Message& query, Kinds kinds, const Link& link, const Sender& sender, TimeMs now) {
    if (now - alonesSince_ >= kSecond) {
        alonesSince_ = now;
        alones_ = 0;
    }
    if (++alones_ > kMostAlone)
        return;
    Message message = answer(kinds, link);
    if (!sender.multicasts) {
        message.id = query.id;
        message.questions = query.questions;
        message.questions.resize(std::min<std::size_t>(message.questions.size(), 8));
        for (Question& question : message.questions)
            question.unicast = false;
        for (auto* section : {&message.answers, &message.additionals})
            for (Record& record : *section) {
                record.ttl = std::min(record.ttl, kLegacy);
                record.flush = false;
            }
    }
    alone_.push_back({link.id, std::move(message), sender});
}

// Who is alone with a name answers at once; what many may have, after a while in which they do not all speak at the
// same time (section 6). Nothing is said twice within a second, but to those who are about to take the name.
void Responder::answerAll(const Message& query, Kinds kinds, const Sender& sender, TimeMs now) {
    if (asks_.size() >= kMostAsks)
        return;
    TimeMs at = now;
    if (query.truncated)
        at += random_(400, 500);
    else if ((kinds & ~kUnique) != 0)
        at += random_(20, 120);
    const TimeMs pause = query.authorities.empty() ? kOnceIn : kOnceInDefence;
    for (const auto& [of, when] : said_)
        if (of.first == sender.link && (of.second & kinds) != 0)
            at = std::max(at, when + pause);
    asks_.push_back({sender, kinds, at});
}

// Two take the same name at the same time: it is whose records are the later ones, byte by byte (section 8.2). Those
// of the host are left out, which has a name that nobody else makes.
void Responder::heardProbe(const Message& query, TimeMs now) {
    const auto compared = [&](const std::vector<Record>& records) {
        std::vector<std::pair<Type, std::string>> all;
        for (const Record& record : records)
            if (sameName(record.name, instance_))
                all.emplace_back(record.type, dataOf(record));
        std::sort(all.begin(), all.end());
        return all;
    };
    const auto theirs = compared(query.authorities);
    if (theirs.empty() || step_ == 0)
        return;
    if (compared(records(kServiceData | kTexts, {})) < theirs)
        begin(now + kTieWait);
}

bool Responder::isConflict(const Record& record) const {
    if (record.ttl == 0)
        return false;
    if (sameName(record.name, instance_)) {
        const auto own = records(kServiceData | kTexts, {});
        return std::any_of(own.begin(), own.end(),
                           [&](const Record& one) { return one.type == record.type && !saysTheSame(one, record); });
    }
    if (!sameName(record.name, host_) || record.address.empty())
        return false;
    return std::none_of(links_.begin(), links_.end(), [&](const Link& link) {  // one of ours comes by another link
        return std::find(link.addresses.begin(), link.addresses.end(), record.address) != link.addresses.end();
    });
}

void Responder::heardResponse(const Message& response, TimeMs now) {
    if (phase_ == Phase::Nowhere)
        return;
    for (const auto* section : {&response.answers, &response.additionals})
        for (const Record& record : *section)
            if (isConflict(record))
                return lost(now);
}

// A name that was announced is asked for again first: the other one may be gone (section 9). Who has it then answers.
void Responder::lost(TimeMs now) {
    if (phase_ == Phase::Probing) {
        ++number_;
        setNames();
    }
    if (now - conflictsSince_ > kConflictSpan) {
        conflictsSince_ = now;
        conflicts_ = 0;
    }
    asks_.clear();
    begin(now + (++conflicts_ >= kManyConflicts ? kConflictWait : random_(0, static_cast<int>(kProbeWait))));
}

}  // namespace marea::sync::dns

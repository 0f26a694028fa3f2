#include "sync/dnssd/dnsmessage.h"

#include <algorithm>
#include <map>

namespace marea::sync::dns {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::uint16_t kInternet = 1, kAnyClass = 255, kTopBit = 0x8000;
constexpr std::uint16_t kResponse = 0x8000, kOpcode = 0x7800, kAuthoritative = 0x0400, kTruncated = 0x0200,
                        kErrorCode = 0x000f;
constexpr std::size_t kShortestQuestion = 5, kShortestRecord = 11;
constexpr std::uint8_t kPointerBits = 0xc0;
constexpr int kMostPointers = 128;  // of a name: it has no more labels. A chain of them would be followed for each name

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Goes through the bytes once; after the first wrong one nothing is read any more.
class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    bool isRight() const { return right_; }
    bool isAtEnd() const { return at_ == bytes_.size(); }
    std::size_t at() const { return at_; }
    std::size_t left() const { return bytes_.size() - at_; }

    std::uint8_t byte() { return need(1) ? bytes_[at_++] : std::uint8_t{0}; }
    std::uint16_t number() {
        const std::uint16_t high = byte();
        return static_cast<std::uint16_t>(high << 8 | byte());
    }
    std::uint32_t longNumber() {
        const std::uint32_t high = number();
        return high << 16 | number();
    }
    std::string text(std::size_t length) {
        if (!need(length))
            return {};
        std::string text(reinterpret_cast<const char*>(bytes_.data()) + at_, length);
        at_ += length;
        return text;
    }
    void refuse() { right_ = false; }
    Name name();

private:
    bool need(std::size_t count) {
        right_ = right_ && count <= left();
        return right_;
    }
    std::size_t behindPointer(std::size_t at, std::size_t before);

    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool right_ = true;
};

// A pointer leads to before where the part of the name began that has it (RFC 1035 section 4.1.4): so none leads in a
// circle.
std::size_t Reader::behindPointer(std::size_t at, std::size_t before) {
    if (at + 1 >= bytes_.size()) {
        refuse();
        return 0;
    }
    const std::size_t to = static_cast<std::size_t>(bytes_[at] & ~kPointerBits) << 8 | bytes_[at + 1];
    right_ = right_ && to < before;
    return to;
}

Name Reader::name() {
    Name name;
    std::size_t at = at_, begin = at_, length = 0;
    bool jumped = false;
    int pointers = 0;
    while (right_) {
        if (at >= bytes_.size())
            break;
        const std::uint8_t size = bytes_[at];
        if ((size & kPointerBits) == kPointerBits) {
            if (++pointers > kMostPointers)
                break;
            begin = behindPointer(at, begin);
            at_ = jumped ? at_ : at + 2;
            at = begin;
            jumped = true;
            continue;
        }
        length += size + 1U;
        if (size > kLongestLabel || length > kLongestName || at + 1 + size > bytes_.size())
            break;
        at += 1U + size;
        at_ = jumped ? at_ : at;
        if (size == 0)
            return name;
        name.emplace_back(reinterpret_cast<const char*>(bytes_.data()) + at - size, size);
    }
    refuse();
    return {};
}

bool isKnown(std::uint16_t type) {
    switch (static_cast<Type>(type)) {
        case Type::A:
        case Type::Pointer:
        case Type::Text:
        case Type::Aaaa:
        case Type::Service:
            return true;
        default:
            return false;
    }
}

void readTexts(Reader& reader, std::size_t end, Record& record) {
    while (reader.isRight() && reader.at() < end) {
        const std::size_t size = reader.byte();
        if (reader.at() + size > end)
            return reader.refuse();
        record.texts.push_back(reader.text(size));
    }
}

void readData(Reader& reader, std::size_t length, Record& record) {
    const std::size_t end = reader.at() + length;
    switch (record.type) {
        case Type::Pointer:
            record.target = reader.name();
            break;
        case Type::Service:
            reader.longNumber();  // priority and weight
            record.port = reader.number();
            record.target = reader.name();
            break;
        case Type::Text:
            readTexts(reader, end, record);
            break;
        case Type::A:
            record.address = reader.text(4);
            break;
        case Type::Aaaa:
            record.address = reader.text(16);
            break;
        default:
            reader.text(length);
            break;
    }
    if (reader.at() != end)
        reader.refuse();
}

void readQuestion(Reader& reader, std::vector<Question>& questions) {
    Question question;
    question.name = reader.name();
    question.type = static_cast<Type>(reader.number());
    const std::uint16_t of = reader.number();
    question.unicast = (of & kTopBit) != 0;
    const std::uint16_t cls = of & ~kTopBit;
    if (reader.isRight() && (cls == kInternet || cls == kAnyClass))
        questions.push_back(std::move(question));
}

void readRecord(Reader& reader, std::vector<Record>& records) {
    Record record;
    record.name = reader.name();
    const std::uint16_t type = reader.number(), of = reader.number();
    record.ttl = reader.longNumber();
    const std::size_t length = reader.number();
    const bool ours = isKnown(type) && (of & ~kTopBit) == kInternet;
    if (length > reader.left())
        return reader.refuse();
    record.type = ours ? static_cast<Type>(type) : Type::Any;
    record.flush = (of & kTopBit) != 0;
    readData(reader, length, record);
    if (reader.isRight() && ours)
        records.push_back(std::move(record));
}

class Writer {
public:
    void number(std::uint32_t value) {
        bytes_.push_back(static_cast<std::uint8_t>(value >> 8));
        bytes_.push_back(static_cast<std::uint8_t>(value));
    }
    void longNumber(std::uint32_t value) {
        number(value >> 16);
        number(value);
    }
    void text(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
    void counted(std::string_view text) {
        bytes_.push_back(static_cast<std::uint8_t>(text.size()));
        this->text(text);
    }
    void name(const Name& name, bool compressed);
    void question(const Question& question);
    void record(const Record& record);
    void data(const Record& record, bool compressed);
    std::vector<std::uint8_t> take() { return std::move(bytes_); }

private:
    std::vector<std::uint8_t> bytes_;
    std::map<Name, std::size_t> places_;  // of names' ends that were written
};

void Writer::name(const Name& name, bool compressed) {
    constexpr std::size_t kFarthest = 0x3fff;
    Name rest = name;
    while (!rest.empty()) {
        const auto before = places_.find(rest);
        if (compressed && before != places_.end())
            return number(static_cast<std::uint32_t>(0xc000U | before->second));
        if (compressed && bytes_.size() <= kFarthest)
            places_.emplace(rest, bytes_.size());
        counted(rest.front());
        rest.erase(rest.begin());
    }
    bytes_.push_back(0);
}

void Writer::question(const Question& question) {
    name(question.name, true);
    number(static_cast<std::uint16_t>(question.type));
    number(question.unicast ? kTopBit | kInternet : kInternet);
}

void Writer::data(const Record& record, bool compressed) {
    if (record.type == Type::Service) {
        longNumber(0);
        number(record.port);
    }
    if (record.type == Type::Service || record.type == Type::Pointer)
        name(record.target, compressed);
    for (const std::string& text : record.texts)
        counted(text);
    if (record.type == Type::Text && record.texts.empty())
        counted({});  // RFC 6763 section 6.1: never without one
    text(record.address);
}

void Writer::record(const Record& record) {
    name(record.name, true);
    number(static_cast<std::uint16_t>(record.type));
    number(record.flush ? kTopBit | kInternet : kInternet);
    longNumber(record.ttl);
    const std::size_t place = bytes_.size();
    number(0);
    data(record, true);
    const std::size_t length = bytes_.size() - place - 2;
    bytes_[place] = static_cast<std::uint8_t>(length >> 8);
    bytes_[place + 1] = static_cast<std::uint8_t>(length);
}

core::unexpected<core::Error> malformed(const char* what) {
    return core::fail(ErrorCode::Invalid, {}, what);
}

}  // namespace

Name nameFrom(std::string_view dotted) {
    Name name;
    while (!dotted.empty()) {
        const std::size_t dot = std::min(dotted.find('.'), dotted.size());
        if (dot > 0)
            name.emplace_back(dotted.substr(0, dot));
        dotted.remove_prefix(std::min(dot + 1, dotted.size()));
    }
    return name;
}

std::string folded(const Name& name) {
    std::string key;
    for (const std::string& label : name) {
        key += static_cast<char>(label.size());
        for (const char c : label)
            key += lower(c);
    }
    return key;
}

bool sameName(const Name& a, const Name& b) {
    const auto sameLabel = [](const std::string& x, const std::string& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](char c, char d) { return lower(c) == lower(d); });
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), sameLabel);
}

std::string shownLabel(std::string_view text) {
    std::size_t size = std::min(text.size(), kLongestLabel);
    while (size > 0 && size < text.size() && (static_cast<std::uint8_t>(text[size]) & 0xc0U) == 0x80U)
        --size;  // not within a character
    return std::string(text.substr(0, size));
}

Result<Message> readMessage(std::span<const std::uint8_t> bytes) {
    if (bytes.size() > kLongestMessage)
        return malformed("too long");
    Reader reader(bytes);
    Message message;
    message.id = reader.number();
    const std::uint16_t flags = reader.number();
    message.response = (flags & kResponse) != 0;
    message.truncated = (flags & kTruncated) != 0;
    if ((flags & (kOpcode | kErrorCode)) != 0)
        return malformed("no query and no answer");  // RFC 6762 sections 18.3 and 18.11
    const std::size_t questions = reader.number();
    const std::size_t counts[] = {reader.number(), reader.number(), reader.number()};
    const std::size_t records = counts[0] + counts[1] + counts[2];
    if (!reader.isRight() || questions * kShortestQuestion + records * kShortestRecord > reader.left())
        return malformed("more is counted than there is");
    for (std::size_t i = 0; i < questions && reader.isRight(); ++i)
        readQuestion(reader, message.questions);
    std::vector<Record>* const sections[] = {&message.answers, &message.authorities, &message.additionals};
    for (std::size_t section = 0; section < 3; ++section)
        for (std::size_t i = 0; i < counts[section] && reader.isRight(); ++i)
            readRecord(reader, *sections[section]);
    return reader.isRight() && reader.isAtEnd() ? Result<Message>(std::move(message)) : malformed("cut or damaged");
}

std::vector<std::uint8_t> writeMessage(const Message& message) {
    Writer writer;
    writer.number(message.id);
    writer.number((message.response ? kResponse | kAuthoritative : 0U) | (message.truncated ? kTruncated : 0U));
    writer.number(static_cast<std::uint32_t>(message.questions.size()));
    for (const auto* section : {&message.answers, &message.authorities, &message.additionals})
        writer.number(static_cast<std::uint32_t>(section->size()));
    for (const Question& question : message.questions)
        writer.question(question);
    for (const auto* section : {&message.answers, &message.authorities, &message.additionals})
        for (const Record& record : *section)
            writer.record(record);
    return writer.take();
}

std::string dataOf(const Record& record) {
    Writer writer;
    writer.data(record, false);
    const auto bytes = writer.take();
    return {bytes.begin(), bytes.end()};
}

bool saysTheSame(const Record& a, const Record& b) {
    return a.type == b.type && a.port == b.port && sameName(a.name, b.name) && sameName(a.target, b.target) &&
           a.address == b.address && (a.type != Type::Text || dataOf(a) == dataOf(b));
}

}  // namespace marea::sync::dns

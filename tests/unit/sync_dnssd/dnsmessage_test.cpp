#include <gtest/gtest.h>

#include "sync/dnssd/dnsmessage.h"
#include "sync/dnssd/servicetext.h"

namespace marea::sync::dns {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes header(unsigned flags, unsigned questions, unsigned answers) {
    return {0,
            0,
            static_cast<std::uint8_t>(flags >> 8),
            static_cast<std::uint8_t>(flags),
            0,
            static_cast<std::uint8_t>(questions),
            static_cast<std::uint8_t>(answers >> 8),
            static_cast<std::uint8_t>(answers),
            0,
            0,
            0,
            0};
}

Bytes with(Bytes head, const Bytes& rest) {
    head.insert(head.end(), rest.begin(), rest.end());
    return head;
}

bool isRefused(const Bytes& bytes) {
    return !readMessage(bytes);
}

Message everything() {
    Message message;
    message.id = 7;
    message.response = true;
    Record pointer;
    pointer.name = nameFrom("_marea._tcp.local");
    pointer.type = Type::Pointer;
    pointer.ttl = 4500;
    pointer.target = {"Ana's desk. Öl", "_marea", "_tcp", "local"};
    Record service = pointer;
    service.name = pointer.target;
    service.type = Type::Service;
    service.flush = true;
    service.target = nameFrom("marea-1.local");
    service.port = 8471;
    Record text = service;
    text.type = Type::Text;
    text.target.clear();
    text.port = 0;
    text.texts = {"v=1", "id=x"};
    Record four, six;
    four.name = six.name = service.target;
    four.type = Type::A;
    four.address = "\x0a\x01\x02\x03";
    six.type = Type::Aaaa;
    six.address = std::string(16, '\x20');
    message.answers = {pointer, service, text};
    message.additionals = {four, six};
    return message;
}

TEST(DnsMessage, WhatIsWrittenIsReadTheSame) {
    const Message message = everything();
    const auto bytes = writeMessage(message);
    const auto read = readMessage(bytes);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->id, 7);
    EXPECT_TRUE(read->response);
    ASSERT_EQ(read->answers.size(), 3u);
    ASSERT_EQ(read->additionals.size(), 2u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_TRUE(saysTheSame(read->answers[i], message.answers[i])) << i;
        EXPECT_EQ(read->answers[i].flush, message.answers[i].flush) << i;
        EXPECT_EQ(read->answers[i].ttl, message.answers[i].ttl) << i;
    }
    EXPECT_TRUE(saysTheSame(read->additionals[1], message.additionals[1]));
    EXPECT_LT(bytes.size(), 200u) << "names are compressed";
}

TEST(DnsMessage, ReadsAQuestionByHand) {
    const auto read = readMessage(with(header(0, 1, 0), {6, '_', 'M', 'a', 'r', 'e', 'a', 4, '_', 't',  'c', 'p',
                                                         5, 'l', 'o', 'c', 'a', 'l', 0,   0, 12,  0x80, 1}));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->questions.size(), 1u);
    EXPECT_TRUE(sameName(read->questions[0].name, nameFrom("_marea._TCP.local")));
    EXPECT_FALSE(sameName(read->questions[0].name, nameFrom("_marea._tcp")));
    EXPECT_EQ(read->questions[0].type, Type::Pointer);
    EXPECT_TRUE(read->questions[0].unicast);
}

TEST(DnsMessage, PassesOverWhatItDoesNotKnow) {
    // An OPT record of EDNS0, and one of another class.
    const auto read =
        readMessage(with(header(0x8400, 0, 2), {0, 0,   41, 5, 0xa0, 0, 0, 0, 0, 0, 2, 1, 1,  //
                                                1, 'a', 0,  0, 1,    0, 3, 0, 0, 0, 9, 0, 4, 1, 2, 3, 4}));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_TRUE(read->answers.empty());
}

TEST(DnsMessage, RefusesPointersThatLeadInACircleOrAhead) {
    EXPECT_TRUE(isRefused(with(header(0, 1, 0), {0xc0, 12, 0, 12, 0, 1}))) << "at itself";
    EXPECT_TRUE(isRefused(with(header(0, 1, 0), {1, 'a', 0xc0, 12, 0, 12, 0, 1}))) << "at its own begin";
    EXPECT_TRUE(isRefused(with(header(0, 2, 0), {0xc0, 18, 0, 12, 0, 1, 0xc0, 12, 0, 12, 0, 1}))) << "at each other";
    EXPECT_TRUE(isRefused(with(header(0, 1, 0), {0xc1, 0xff, 0, 12, 0, 1}))) << "beyond the end";
    EXPECT_TRUE(isRefused(with(header(0, 1, 0), {0xc0}))) << "half a pointer";
    EXPECT_TRUE(isRefused(with(header(0, 1, 0), {0x41, 'a', 0, 0, 12, 0, 1}))) << "a kind of label that is none";
}

TEST(DnsMessage, RefusesNamesThatAreTooLong) {
    const auto named = [](int labels, std::uint8_t last) {
        Bytes bytes;
        for (int i = 0; i < labels; ++i) {
            bytes.push_back(63);
            bytes.insert(bytes.end(), 63, 'a');
        }
        bytes.push_back(last);
        bytes.insert(bytes.end(), last, 'b');
        return with(bytes, {0, 0, 12, 0, 1});
    };
    EXPECT_FALSE(isRefused(with(header(0, 1, 0), named(3, 61)))) << "255 bytes";
    EXPECT_TRUE(isRefused(with(header(0, 1, 0), named(3, 62))));
    EXPECT_TRUE(isRefused(with(header(0, 1, 0), named(40, 1))));
}

// Each pointer leads back, and together they name one byte after another: still no more than a name's length.
TEST(DnsMessage, RefusesLongNamesOfManyPointers) {
    Bytes bytes = header(0, 1, 0);
    bytes.insert(bytes.end(), {1, 'a', 0});
    std::size_t before = 12;
    Bytes chain;
    for (int i = 0; i < 200; ++i) {
        const std::size_t at = 15 + chain.size();
        const Bytes part{1, 'b', static_cast<std::uint8_t>(0xc0U | before >> 8), static_cast<std::uint8_t>(before)};
        chain.insert(chain.end(), part.begin(), part.end());
        before = at;
    }
    EXPECT_TRUE(isRefused(with(bytes, chain)));
}

// A message full of them, which many names go through, would take milliseconds to read.
TEST(DnsMessage, RefusesNamesOfNothingButPointers) {
    const auto chained = [](std::size_t pointers) {
        Bytes data{0};
        for (std::size_t i = 0; i < pointers; ++i) {
            const std::size_t to = i == 0 ? 23 : 24 + 2 * (i - 1);
            data.push_back(static_cast<std::uint8_t>(0xc0U | to >> 8));
            data.push_back(static_cast<std::uint8_t>(to));
        }
        const std::size_t last = 24 + 2 * (pointers - 1);
        const Bytes unknown{0,
                            0,
                            41,
                            5,
                            0xa0,
                            0,
                            0,
                            0,
                            0,
                            static_cast<std::uint8_t>(data.size() >> 8),
                            static_cast<std::uint8_t>(data.size())};
        const Bytes named{static_cast<std::uint8_t>(0xc0U | last >> 8),
                          static_cast<std::uint8_t>(last),
                          0,
                          1,
                          0,
                          1,
                          0,
                          0,
                          0,
                          9,
                          0,
                          4,
                          1,
                          2,
                          3,
                          4};
        return with(with(with(header(0x8400, 0, 2), unknown), data), named);
    };
    EXPECT_FALSE(isRefused(chained(100)));
    EXPECT_TRUE(isRefused(chained(200)));
}

TEST(DnsMessage, RefusesLyingCountsAndLengths) {
    EXPECT_TRUE(isRefused(header(0, 1, 0))) << "a question that is not there";
    EXPECT_TRUE(isRefused(with(header(0x8400, 0, 65535), Bytes(100, 0))));
    EXPECT_TRUE(isRefused(with(header(0, 0, 0), {0}))) << "more than was counted";
    const auto record = [](std::uint8_t type, std::uint8_t length, const Bytes& data) {
        return with(with(header(0x8400, 0, 1), {1, 'a', 0, 0, type, 0, 1, 0, 0, 0, 9, 0, length}), data);
    };
    EXPECT_FALSE(isRefused(record(1, 4, {1, 2, 3, 4})));
    EXPECT_TRUE(isRefused(record(1, 5, {1, 2, 3, 4, 5}))) << "an address of five bytes";
    EXPECT_TRUE(isRefused(record(1, 3, {1, 2, 3})));
    EXPECT_TRUE(isRefused(record(1, 200, {1, 2, 3, 4}))) << "longer than what is there";
    EXPECT_TRUE(isRefused(record(16, 3, {5, 'a', 'b'}))) << "a text beyond its record";
    EXPECT_TRUE(isRefused(record(12, 4, {1, 'b', 0, 0}))) << "a byte after a name";
    EXPECT_TRUE(isRefused(record(33, 5, {0, 0, 0, 0, 1}))) << "a service without a target";
}

TEST(DnsMessage, EveryCutIsRefused) {
    const auto bytes = writeMessage(everything());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_TRUE(isRefused({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)})) << size;
    EXPECT_TRUE(isRefused(Bytes(kLongestMessage + 1, 0)));
    EXPECT_TRUE(isRefused(header(0x2800, 0, 0))) << "an update";
    EXPECT_TRUE(isRefused(header(0x8403, 0, 0))) << "an error";
}

TEST(DnsMessage, LabelsAreCutBetweenCharacters) {
    EXPECT_EQ(shownLabel("Desk"), "Desk");
    const std::string cut = shownLabel(std::string(62, 'a') + "ñ");
    EXPECT_EQ(cut, std::string(62, 'a'));
    EXPECT_EQ(shownLabel(std::string(200, 'x')).size(), 63u);
}

TEST(ServiceText, IsReadAndWrittenWithinItsBounds) {
    const auto text = textFrom({"v=1", "id=a=b", "=x", "flag", "v=2", std::string(300, 'x'), ""});
    EXPECT_EQ(text, (std::map<std::string, std::string>{{"v", "1"}, {"id", "a=b"}, {"flag", ""}}));
    EXPECT_EQ(textOf({{"a", std::string(400, 'y')}}).front().size(), 255u);
}

}  // namespace
}  // namespace marea::sync::dns

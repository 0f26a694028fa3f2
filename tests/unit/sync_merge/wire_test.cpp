#include "sync/merge/wire.h"

#include <gtest/gtest.h>

#include "made.h"
#include "sync/merge/playlist.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

constexpr const char* kIdA = "01000000-0000-0000-0000-000000000001";

std::string message(const std::string& records, const std::string& rest = R"("version":1)") {
    return "{" + rest + R"(,"sender":")" + kIdA + R"(","after":0,"up_to":5,"horizon":0,"more":false,"resync":false,)" +
           R"("replicas":[")" + kIdA + R"("],"records":[)" + records + "]}";
}

std::string record(const std::string& cells, const std::string& counts = "{}",
                   const std::string& life = R"({"seen":[[0,1]],"values":[[0,1,10,0,true]]})") {
    return R"({"kind":"item","id":"x","life":)" + life + R"(,"cells":)" + cells + R"(,"counts":)" + counts + "}";
}

void refused(const std::string& text, const std::string& words) {
    const auto changes = changesFromWire(text);
    ASSERT_FALSE(changes.has_value()) << text;
    EXPECT_NE(changes.error().text.find(words), std::string::npos) << changes.error().text;
}

}  // namespace

TEST(Wire, CarriesEverythingThereAndBack) {
    Replica desk(replicaId(1)), phone(replicaId(2));
    desk.edit(kSong, {{"rating", std::int64_t{5}}, {"note", std::string("“é” \n")}, {"tag:a", true}, {"x", Value()}},
              kNow);
    desk.count(kSong, "plays", 4, kNow);
    desk.edit(kList, appended(Record{kList, {}, {}, {}}, {"a", "b"}, runTag(replicaId(1), 1)), kNow);
    phone.edit(kSong, {{"rating", std::int64_t{-1}}}, kNow);
    exchange(phone, desk);
    desk.remove(kList, kNow);
    const Changes sent = desk.changesAfter({}, 100);
    const auto got = changesFromWire(wireText(sent));
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->records, sent.records);
    EXPECT_EQ(got->sender, sent.sender);
    EXPECT_EQ(got->upTo, sent.upTo);
    EXPECT_EQ(got->horizon, sent.horizon);
}

TEST(Wire, TakesAnEmptyMessageAndAnEmptyCell) {
    EXPECT_TRUE(changesFromWire(message("")).has_value());
    EXPECT_TRUE(changesFromWire(message(record(R"({"rating":{"seen":[],"values":[]}})"))).has_value());
}

TEST(Wire, TellsANewerVersionFromABrokenMessage) {
    const auto newer = changesFromWire(message("", R"("version":2)"));
    EXPECT_EQ(newer.error().code, core::ErrorCode::Unprocessable);
    refused(message("", R"("version":"1")"), "version");
    refused("[]", "version");
    refused("{", "JSON");
}

TEST(Wire, RefusesWhatIsNotSoundWithWords) {
    const auto cell = [](const std::string& seen, const std::string& values) {
        return message(record(R"({"rating":{"seen":[)" + seen + R"(],"values":[)" + values + "]}}"));
    };
    refused(cell("[0,1]", "[0,2,10,0,5]"), "not seen");                // a value beyond what is seen
    refused(cell("[0,2]", "[0,2,10,0,5],[0,2,11,0,6]"), "one twice");  // a dot with two values
    refused(cell("[0,2]", "[1,2,10,0,5]"), "values");                  // no such replica
    refused(cell("[0,0]", ""), "not seen");                            // numbers count from 1
    refused(cell("[0,2]", "[0,2,-1,0,5]"), "values");                  // before 1970
    refused(cell("[0,2]", "[0,2,10,70000,5]"), "values");              // count out of bounds
    refused(cell("[0,2]", "[0,2,10,0,1.5]"), "values");                // no fractions
    refused(cell("[0,2]", "[0,2,10,0,[1]]"), "values");
    refused(cell("[0,2]", R"([0,2,10,0,{"at":"00"}])"), "values");                        // half a step
    refused(cell("[0,2]", R"([0,2,10,0,{"at":"000000000000000000000001"}])"), "values");  // nothing fits before it
    refused(cell("[0,2]", "[0,2,10,0,\"" + std::string(5000, 'a') + "\"]"), "values");
    refused(cell("[0,2]", "[0,2,10,0,\"\xff\"]"), "JSON");
}

TEST(Wire, RefusesBrokenRecords) {
    const std::string dead = R"({"seen":[],"values":[]})", odd = R"({"seen":[[0,1]],"values":[[0,1,10,0,3]]})";
    refused(message(record("{}", "{}", dead)), "life");
    refused(message(record("{}", "{}", odd)), "life");
    refused(message(record(R"({"life":)" + dead + "}")), "not allowed");
    refused(message(record("[]")), "cells");
    refused(message(record("{}", R"({"plays":[[0,-1,0]]})")), "counts");
    refused(message(record("{}", R"({"plays":[[0,1]]})")), "counts");
    refused(message(record("{}", R"({"plays":[[0,2199023255552,0]]})")), "counts");
    refused(message(R"({"kind":"item"})"), "missing");
    refused(message(record("{}").insert(1, R"("extra":1,)")), "unknown field");
    refused(message("3"), "object");
}

TEST(Wire, RefusesReplicasThatAreNoIdsOrTwice) {
    std::string text = message("");
    text.replace(text.find("\"replicas\":[") + 12, 38, "\"x\"");
    refused(text, "replicas");
}

TEST(Wire, IsBounded) {
    std::string many;
    for (int i = 0; i < 1001; ++i) {
        many += (i > 0 ? "," : "") + record("{}");
    }
    refused(message(many), "too many");
    EXPECT_EQ(changesFromWire(std::string(WireLimits::bytes + 1, ' ')).error().code, core::ErrorCode::TooLarge);
    EXPECT_FALSE(changesFromWire(std::string(100'000, '[')).has_value());
}

TEST(Wire, NoRecordFitsThatNobodyCouldRead) {
    Writer writer;
    writer.replica = replicaId(1);
    for (const std::string& name : {std::string("rating"), std::string(WireLimits::name, 'e'),
                                    std::string(WireLimits::name + 1, 'e'), std::string(), std::string("a\x01")}) {
        Record cells{kSong, {}, {}, {}}, counts{kSong, {}, {}, {}}, key{{"item", name}, {}, {}, {}};
        edit(cells, {{name, std::int64_t{1}}}, writer, kNow);
        count(counts, name, 1, writer, kNow);
        edit(key, {}, writer, kNow);
        for (const Record& record : {cells, counts, key}) {
            Changes changes;
            changes.records = {record};
            EXPECT_EQ(fitsWire(record), changesFromWire(wireText(changes)).has_value()) << name;
        }
    }
}

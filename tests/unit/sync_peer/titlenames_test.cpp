#include "sync/peer/titlenames.h"

#include "sync/cloud/cloudsync.h"
#include "sync/merge/playlist.h"
#include "sync/merge/wire.h"
#include "sync/peer/pairingmessage.h"
#include "sync/peer/peerlink.h"
#include "sync/records/recordtext.h"
#include "tests/unit/sync_records/recordsfixture.h"

namespace marea::sync::test {
namespace {

// Titles by their ids.
class Shelf final : public Titles {
public:
    explicit Shelf(std::map<std::string, std::string> names) : names_(std::move(names)) {}
    std::optional<TitleAbout> about(const std::string& id) const override {
        const auto found = names_.find(id);
        if (found == names_.end()) {
            return std::nullopt;
        }
        TitleAbout about;
        about.kind = "track";
        about.title = found->second;
        return about;
    }
    std::optional<std::string> sameAs(const TitleAbout& wanted) const override {
        for (const auto& [id, title] : names_) {
            if (title == wanted.title) {
                return id;
            }
        }
        return std::nullopt;
    }

private:
    std::map<std::string, std::string> names_;
};

TEST(TitleNames, AreReadAsTheyWereWrittenAndNothingElseIs) {
    TitleAbout about{"track", "Low \"Water\"", "The Tides", "", "", 2020, 0, 0, 3, 215};
    EXPECT_EQ(aboutFromText(aboutText(about)), about);
    for (const char* wrong :
         {"", "[]", "{}", "{\"kind\":\"track\"}", "{\"title\":\"x\"}", "{\"kind\":1,\"title\":\"x\"}"}) {
        EXPECT_FALSE(aboutFromText(wrong)) << wrong;
    }
    EXPECT_EQ(aboutFromText(R"({"kind":"track","title":"x","year":-5,"track":"7"})")->year, 0);
}

TEST(TitleNames, AreCutWhereACharacterEnds) {
    TitleAbout about{"track", "x", "", "", "", 0, 0, 0, 0, 0};
    for (int i = 0; i < 300; ++i) {
        about.title += "\u00e9";  // two bytes each, after one
    }
    const auto read = aboutFromText(aboutText(about));
    ASSERT_TRUE(read) << aboutText(about);
    EXPECT_EQ(read->title, about.title.substr(0, 499));
    about.kind = about.title = about.artist = about.album = about.series = std::string(500, '"');
    EXPECT_LE(aboutText(about).size(), WireLimits::text) << "others take no more";
}

// A name of an entry may be as long as can be told, and that of the title shorter there than here.
TEST(TitleNames, NoNameBecomesLongerHereThanCanBeRead) {
    const std::string here(36, 'h'), longest = "entry:x~" + std::string(WireLimits::name - 8, 'e');
    Record list{{"playlist", "p"}, {}, {}, {}};
    Writer writer;
    writer.replica = ReplicaId{1};
    const Position first{{{1, 1}}}, second{{{2, 1}}};
    sync::edit(list, {{"entry:x", first}, {longest, second}, {"about:x", aboutText({"track", "Song", "", "", "", 0})}},
               writer, 1);
    const Record local = localised(list, Shelf({{here, "Song"}}));
    EXPECT_EQ(local.cells.count("entry:" + here), 1u);
    EXPECT_EQ(local.cells.count(longest), 1u) << "it stays as it came";
    const auto read = recordFromText(recordText(local));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, local);
}

class TitleNamesTest : public RecordsTest {
protected:
    // One library's copy brought to another, as a paired desktop brings it.
    void exchange(const std::string& from, const Shelf& there, const std::string& to, const Shelf& here) {
        const auto clock = std::make_shared<core::SystemClock>();
        ASSERT_TRUE(nameTitles(*database, from, *clock, there));
        ASSERT_TRUE(nameTitles(*database, to, *clock, here));
        PeerBook book(*database, from, clock), other(*database, to, clock);
        ASSERT_TRUE(book.pair({Digest{1}, *other.ownReplica(), to}, ""));
        ASSERT_TRUE(other.pair({Digest{2}, *book.ownReplica(), from}, ""));
        PeerResponder::Options options;
        options.incoming = [&](Changes& changes) { localise(changes, here); };
        PeerResponder responder(*database, to, clock, std::move(options));
        Direct link(responder, other);
        CloudSync::Options own;
        own.account = from;
        own.peer = digestText(Digest{1});
        own.incoming = [&](Changes& changes) { localise(changes, there); };
        const auto done = CloudSync(*database, link, clock, std::move(own)).run();
        ASSERT_TRUE(done) << done.error().text;
    }
    static void localise(Changes& changes, const Titles& titles) {
        for (Record& record : changes.records) {
            record = localised(record, titles);
        }
    }
    void edit(const std::string& owner, const RecordKey& key, const std::vector<CellWrite>& writes) {
        with(owner, [&](StoredReplica& replica) { return replica.edit(key, writes, core::SystemClock().now()); });
    }
    static std::vector<std::string> idsOf(const Record& list) {
        std::vector<std::string> ids;
        for (const Entry& entry : entriesOf(list)) {
            ids.push_back(entry.id);
        }
        return ids;
    }

private:
    class Direct final : public CloudLink {
    public:
        Direct(PeerResponder& responder, PeerBook& book) : responder_(responder), book_(book) {}
        core::Result<Answer> send(std::string_view method, const std::string& target,
                                  const std::string& body) override {
            return responder_.answer(book_.all()->front(), method, target, body);
        }

    private:
        PeerResponder& responder_;
        PeerBook& book_;
    };
};

TEST_F(TitleNamesTest, ATitleHasOneRatingInTwoLibrariesWithIdsOfTheirOwn) {
    const Shelf desk({{"d1", "Song 1"}, {"d2", "Song 2"}}), lap({{"l1", "Song 1"}, {"l2", "Song 2"}});
    edit("desk", {"item", "d1"}, {{"rating", std::int64_t{4}}});
    with("desk", [](StoredReplica& replica) { return replica.count({"item", "d1"}, "plays", 2, 1); });
    with("lap", [](StoredReplica& replica) { return replica.count({"item", "l1"}, "plays", 3, 1); });
    exchange("desk", desk, "lap", lap);
    const Replica atLap = whole("lap");
    ASSERT_NE(atLap.find({"item", "l1"}), nullptr);
    EXPECT_EQ(atLap.find({"item", "d1"}), nullptr);
    EXPECT_EQ(atLap.find({"item", "l1"})->cells.at("rating").latest()->value, Value(std::int64_t{4}));
    EXPECT_EQ(atLap.find({"item", "l1"})->counters.at("plays").total(), 5);
    EXPECT_EQ(whole("desk").find({"item", "d1"})->counters.at("plays").total(), 5);
    edit("lap", {"item", "l1"}, {{"rating", std::int64_t{9}}});
    exchange("desk", desk, "lap", lap);
    const Replica atDesk = whole("desk");
    EXPECT_EQ(atDesk.find({"item", "d1"})->cells.at("rating").latest()->value, Value(std::int64_t{9}));
    EXPECT_FALSE(atDesk.find({"item", "d1"})->cells.at("rating").isContested()) << "the later one knew of the other";
    EXPECT_EQ(atDesk.records().size(), 1u);
}

TEST_F(TitleNamesTest, WhatHasAVeryLongNameIsKeptInStepToo) {
    std::string name = "x";
    for (int i = 0; i < 300; ++i) {
        name += "\u00e9";
    }
    const Shelf desk({{"d1", name}, {"d2", "Song 2"}}), lap({{"l1", "Song 1"}, {"l2", "Song 2"}});
    edit("desk", {"item", "d1"}, {{"rating", std::int64_t{4}}});
    exchange("desk", desk, "lap", lap);
    ASSERT_NE(whole("lap").find({"item", "d1"}), nullptr);
    EXPECT_EQ(whole("lap").find({"item", "d1"})->cells.at("rating").latest()->value, Value(std::int64_t{4}));
}

TEST_F(TitleNamesTest, AListKeepsItsOrderAndWhatIsNotHereYet) {
    const Shelf desk({{"d1", "Song 1"}, {"d2", "Song 2"}, {"d3", "Rare"}});
    Shelf lap({{"l1", "Song 1"}, {"l2", "Song 2"}});
    edit("desk", kList, {{"name", std::string("List")}});
    with("desk", [](StoredReplica& replica) {
        const auto list = replica.find(kList);
        return replica.edit(kList, appended(**list, {"d2", "d3", "d1", "d1~again"}, 7), core::SystemClock().now());
    });
    exchange("desk", desk, "lap", lap);
    EXPECT_EQ(idsOf(*whole("lap").find(kList)), (std::vector<std::string>{"l2", "d3", "l1", "l1~again"}));
    const Shelf grown({{"l1", "Song 1"}, {"l2", "Song 2"}, {"l3", "Rare"}});
    ASSERT_TRUE(nameTitles(*database, "lap", core::SystemClock(), grown));
    EXPECT_EQ(idsOf(*whole("lap").find(kList)), (std::vector<std::string>{"l2", "l3", "l1", "l1~again"}));
    with("lap", [](StoredReplica& replica) {
        return replica.edit(kList, removed(**replica.find(kList), {"l3"}), core::SystemClock().now());
    });
    exchange("desk", desk, "lap", grown);
    EXPECT_EQ(idsOf(*whole("desk").find(kList)), (std::vector<std::string>{"d2", "d1", "d1~again"}));
}

TEST_F(TitleNamesTest, WhatIsDeletedIsNotBroughtBackByItsName) {
    const Shelf desk(std::map<std::string, std::string>{{"d1", "Song 1"}});
    edit("desk", {"item", "d1"}, {{"rating", std::int64_t{4}}});
    with("desk", [](StoredReplica& replica) { return replica.remove({"item", "d1"}, core::SystemClock().now()); });
    EXPECT_EQ(nameTitles(*database, "desk", core::SystemClock(), desk), 0u);
    EXPECT_FALSE(lifeOf(*whole("desk").find({"item", "d1"}), Strategy::LastWriteWins).isThere);
}

}  // namespace
}  // namespace marea::sync::test

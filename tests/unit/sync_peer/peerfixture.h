#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "sync/cloud/cloudsync.h"
#include "sync/peer/pairingmessage.h"
#include "sync/peer/peerlink.h"
#include "sync/peer/peerpairing.h"
#include "tests/support/nextpeer.h"
#include "tests/unit/sync_records/recordsfixture.h"

namespace marea::sync::test {

inline const PeerChannel::Known kAnybody = [](const Digest&) { return true; };

// A desktop: its copy, its keys, whom it knows, and a port where others come.
class Desktop {
public:
    Desktop(core::db::Database& database, std::string name)
        : name_(std::move(name)),
          clock_(std::make_shared<core::SystemClock>()),
          keys(PeerKeys::make().value()),
          book(database, name_, clock_),
          database_(database) {}
    ~Desktop() { close(); }

    // One after the other, as `serve` says; ends with close().
    void open(const PeerChannel::Known& known, std::function<void(PeerChannel&)> serve) {
        listener_ = PeerListener::open("127.0.0.1", 0, keys).value();
        thread_ = std::thread([this, known, serve] {
            while (true) {
                auto channel = marea::test::nextPeer(*listener_, known);
                if (channel) {
                    serve(**channel);
                } else if (channel.error().code == core::ErrorCode::Cancelled) {
                    return;
                } else {
                    ++refused;
                }
            }
        });
    }
    void openForPaired() {
        open([this](const Digest& one) { return book.knows(one); },
             [this](PeerChannel& channel) {
                 PeerResponder::Options options;
                 options.name = name_;
                 PeerResponder responder(database_, name_, clock_, std::move(options));
                 static_cast<void>(responder.serve(channel, book));
             });
    }
    void close() {
        if (listener_) {
            listener_->stop();
            thread_.join();
            listener_.reset();
        }
    }
    std::uint16_t port() const { return listener_->port(); }

    PeerIdentity identity() { return {keys.hash, book.ownReplica().value(), name_}; }
    core::Result<CloudSync::Outcome> syncWith(const Desktop& other) { return syncAt(other.port()); }
    core::Result<CloudSync::Outcome> syncAt(std::uint16_t port) {
        auto channel =
            PeerChannel::connect("127.0.0.1", port, keys, [this](const Digest& one) { return book.knows(one); });
        if (!channel) {
            return core::unexpected<core::Error>(channel.error());
        }
        PeerLink link(**channel);
        return cloud(link, (*channel)->peer()).run();
    }
    CloudSync cloud(CloudLink& link, const Digest& peer) {
        CloudSync::Options options;
        options.account = name_;
        options.peer = digestText(peer);
        options.pageSize = 2;
        return CloudSync(database_, link, clock_, std::move(options));
    }

private:
    const std::string name_;
    std::shared_ptr<core::SystemClock> clock_;

public:
    PeerKeys keys;
    PeerBook book;
    std::atomic<int> refused = 0;

private:
    core::db::Database& database_;
    std::unique_ptr<PeerListener> listener_;
    std::thread thread_;
};

class PeerTest : public RecordsTest {
protected:
    void edit(const std::string& owner, const RecordKey& key, const std::vector<CellWrite>& writes) {
        with(owner, [&](StoredReplica& replica) { return replica.edit(key, writes, core::SystemClock().now()); });
    }
    // A copy as it is now, and later again.
    void keep(const std::string& owner) {
        for (const char* table : {"sync_replicas", "sync_records", "sync_links"}) {
            const std::string kept = std::string("kept_") + table;
            run("DROP TABLE IF EXISTS " + kept);
            run("CREATE TABLE " + kept + " AS SELECT * FROM " + table + " WHERE owner_id = '" + owner + "'");
        }
    }
    void putBack(const std::string& owner) {
        for (const char* table : {"sync_replicas", "sync_records", "sync_links"}) {
            run(std::string("DELETE FROM ") + table + " WHERE owner_id = '" + owner + "'");
            run(std::string("INSERT INTO ") + table + " SELECT * FROM kept_" + table);
        }
    }
    void run(const std::string& sql) {
        auto done = database->write([&](core::db::Session& session) { return session.run(sql); });
        ASSERT_TRUE(done) << done.error().detail;
    }
    static void trust(Desktop& one, Desktop& other, const std::string& scope = "") {
        ASSERT_TRUE(one.book.pair(other.identity(), scope));
        ASSERT_TRUE(other.book.pair(one.identity(), ""));
    }
    core::Result<PeerIdentity> pairWith(Desktop& desk, Desktop& lap, bool deskSays, bool lapSays) {
        const core::SystemClock clock;
        core::Result<PeerIdentity> answered = core::fail(core::ErrorCode::Internal, "nobody came");
        std::string shown, compared;
        lap.open(kAnybody, [&](PeerChannel& channel) {
            Pairing pairing(Pairing::Role::Answers, lap.identity(), channel.peer(), freshNonce(), clock.now());
            answered = pairOver(
                channel, pairing,
                [&](const std::string& digits) {
                    shown = digits;
                    return lapSays;
                },
                clock);
        });
        auto channel = PeerChannel::connect("127.0.0.1", lap.port(), desk.keys, kAnybody);
        EXPECT_TRUE(channel);
        Pairing pairing(Pairing::Role::Asks, desk.identity(), (*channel)->peer(), freshNonce(), clock.now());
        auto asked = pairOver(
            **channel, pairing,
            [&](const std::string& digits) {
                compared = digits;
                return deskSays;
            },
            clock);
        channel->reset();
        lap.close();
        EXPECT_EQ(asked.has_value(), answered.has_value());
        if (asked && answered) {
            EXPECT_EQ(shown, compared);
            EXPECT_EQ(answered->certificate, desk.keys.hash);
            EXPECT_EQ(asked->certificate, lap.keys.hash);
            EXPECT_TRUE(desk.book.pair(*asked, "") && lap.book.pair(*answered, ""));
        }
        return asked;
    }
};

}  // namespace marea::sync::test

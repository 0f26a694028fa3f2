#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <sstream>

#include "core/db/sqlite.h"
#include "server/apps/licence/masterkeyfile.h"
#include "server/apps/store/ledgercheck.h"
#include "server/apps/store/ledgerstore.h"
#include "server/apps/store/orders.h"
#include "server/apps/store/voucherstore.h"
#include "server/apps/store/wallet.h"

namespace marea::server::store::test {

class StoreClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    std::atomic<core::TimeMs> time = 1'700'000'000'000;
};

// A provider elsewhere, whose books are files in a folder, so that they outlive whoever is killed while talking to it.
class FolderProvider final : public PaymentProvider {
public:
    explicit FolderProvider(std::string folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
    }
    std::string_view name() const override { return "elsewhere"; }
    bool elsewhere() const override { return true; }
    core::Result<std::vector<OrderFact>> atOnce(core::db::Session&, const Order&) override {
        return std::vector<OrderFact>();
    }
    void begin(const Order& order, Placed done) override {
        if (down) {
            return done(core::fail(core::ErrorCode::Unavailable, "Down.", "down"));
        }
        write(order.id, "begun");
        done(PaymentPlace{"ref " + order.id, "https://pay.example/" + order.id});
    }
    void ask(const Order& order, const PaymentPlace& place, Told done) override {
        if (down || place.reference != "ref " + order.id) {
            return done(core::fail(core::ErrorCode::Unavailable, "Down.", "down"));
        }
        PaymentNews news;
        for (const auto& [word, fact] : kWords) {
            if (knows(order.id, word)) {
                news.facts.push_back(fact);
            }
        }
        news.paid = knows(order.id, "paid") ? std::optional(order.price) : std::nullopt;
        news.payment = news.paid ? paymentOf(order.id) : std::string();
        done(std::move(news));
    }
    void refund(const Order& order, const PaymentPlace&, Told done) override {
        if (down || refuses) {
            return done(
                core::fail(refuses ? core::ErrorCode::Unprocessable : core::ErrorCode::Unavailable, "No.", "no"));
        }
        write(order.id, "refunded");
        done(PaymentNews{{OrderFact::Refunded}, {}, {}});
    }
    void close(const Order& order, const PaymentPlace& place, Told done) override {
        if (down || (keeps && keepsOpen.contains(order.id))) {
            return done(core::fail(core::ErrorCode::Unavailable, "Down.", "down"));
        }
        if (!knows(order.id, "paid")) {
            write(order.id, "expired");
        }
        ask(order, place, std::move(done));
    }
    static std::string paymentOf(const Id& order) { return "pay " + order; }
    // "<event id> <order> <word>", unsigned; or "… part <minor>", or "… dispute <id> <state> <minor>", whose payment
    // is the order's.
    core::Result<PaymentMessage> read(const Request& request, TimeMs) const override {
        std::istringstream text(request.body);
        PaymentMessage message;
        text >> message.eventId >> message.order >> message.type;
        message.news.payment = message.type == "paid" ? paymentOf(message.order) : std::string();
        if (message.type == "part") {
            message.news.refunded = Money{0, "EUR"};
            text >> message.news.refunded->minor;
        } else if (message.type == "dispute") {
            std::string state;
            message.dispute = Dispute{{}, paymentOf(std::exchange(message.order, {})), {0, "EUR"}, DisputeState::Open};
            text >> message.dispute->id >> state >> message.dispute->amount.minor;
            message.dispute->state = *disputeState(state);
        }
        for (const auto& [word, fact] : kWords) {
            if (word == message.type) {
                message.news.facts.push_back(fact);
            }
        }
        return message;
    }
    void write(const Id& order, const std::string& word) { std::ofstream(folder_ + "/" + order + "." + word).put('1'); }
    bool knows(const Id& order, const std::string& word) const {
        return std::filesystem::exists(folder_ + "/" + order + "." + word);
    }
    std::atomic<bool> down = false, refuses = false;
    std::set<Id> keepsOpen;  // orders that it does not close while `keeps`; set before they might be
    std::atomic<bool> keeps = true;

private:
    const std::vector<std::pair<std::string, OrderFact>> kWords = {{"paid", OrderFact::Paid},
                                                                   {"failed", OrderFact::Failed},
                                                                   {"expired", OrderFact::Expired},
                                                                   {"refunded", OrderFact::Refunded}};
    std::string folder_;
};

// Orders on a database in a folder, with people, a library that is for sale, and products of its songs.
struct StoreParts {
    explicit StoreParts(const std::string& folder) : master(folder) {
        auto opened = core::db::openSqlite(folder + "/marea.db", {}, core::makeNullLogger());
        if (!opened) {
            return;
        }
        database = std::move(*opened);
        Orders::Providers providers;
        providers.push_back(std::make_unique<Wallet>());
        auto made = std::make_unique<FolderProvider>(folder + "/elsewhere");
        elsewhere = made.get();
        providers.push_back(std::move(made));
        orders = std::make_unique<Orders>(
            Orders::Parts{*database, master, pool, clock, core::makeNullLogger(), [this] { ++changes; }},
            std::move(providers), OrderOptions{"ES", {14}, 3600'000, 60'000});
    }

    core::Result<void> run(const std::string& sql) {
        return database->write([&](core::db::Session& session) { return session.run(sql); });
    }
    void fill() {
        for (const char* name : {"ana", "ben", "kim"}) {
            (void)run("INSERT INTO users VALUES ('" + std::string(name) + "', '" + name + "', '" + name +
                      "', '', 'member', 0)");
        }
        (void)run("INSERT INTO libraries(id, name, path, created_at) VALUES ('lib', 'Shop', '/shop', 0)");
        (void)run("INSERT INTO sale_libraries VALUES ('lib')");
        (void)run(
            "INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at) VALUES "
            "('album', 'lib', 'album', 'a', 'Low Water', 'Low Water', 'low water', 0)");
        for (const char* song : {"song1", "song2", "song3"}) {
            (void)run(
                "INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, "
                "album_id) VALUES ('" +
                std::string(song) + "', 'lib', 'track', '" + song + "', 'Song', 'Song', 'song', 0, 'album')");
        }
    }
    Product product(const Id& id, std::int64_t euros, const std::vector<Id>& items) {
        Product made;
        made.id = id;
        made.kind = items.size() == 1 ? "single" : "bundle";
        made.title = id;
        made.state = "active";
        made.items = items;
        made.offer.prices = {{"EUR", euros}};
        save(made);
        return made;
    }
    void save(const Product& made) {
        (void)database->write([&](core::db::Session& session) { return productstore::save(session, made); });
    }
    Shopper shopper(const Id& id, const std::string& region = "ES") const { return {Viewer::everything(id), region}; }

    core::Result<Orders::Placed> place(const Id& buyer, const OrderWish& wish, const std::string& key) {
        const auto got = std::make_shared<std::promise<core::Result<Orders::Placed>>>();
        auto answer = got->get_future();
        orders->place(shopper(buyer), wish, key,
                      [got](core::Result<Orders::Placed> placed) { got->set_value(std::move(placed)); });
        return answer.get();
    }
    core::Result<Order> refund(const Id& order, const Id& asker, bool owner = false) {
        const auto got = std::make_shared<std::promise<core::Result<Order>>>();
        auto answer = got->get_future();
        orders->refund(order, asker, owner, [got](core::Result<Order> done) { got->set_value(std::move(done)); });
        return answer.get();
    }
    core::Result<void> tell(const std::string& text) {
        Request request;
        request.body = text;
        return orders->told("elsewhere", request);
    }
    core::Result<void> credit(const Id& user, std::int64_t minor) {
        return database->write([&](core::db::Session& session) -> core::Result<void> {
            VoucherBatch batch;
            batch.id = core::newId();
            batch.worth = {minor, "EUR"};
            const std::string code = randomCode();
            auto made = voucherstore::add(session, batch, {sha256(normalisedCode(code))});
            auto done = made ? redeem(session, code, user, clock->now()) : core::unexpected<core::Error>(made.error());
            return done ? core::Result<void>() : core::unexpected<core::Error>(done.error());
        });
    }
    std::int64_t balance(const Id& user) {
        return database
            ->readValue<std::int64_t>(
                [&](core::db::Session& session) { return ledgerstore::balance(session, walletOf(user), "EUR"); })
            .value_or(-1);
    }
    std::set<std::string> sees(const Id& user) {
        std::set<std::string> titles;
        (void)database->read([&](core::db::Session& session) {
            Viewer viewer{user, true, true, 0, true, true, false};
            return session.each("SELECT i.id FROM media_items i WHERE ?1=?1" + visible(viewer), {viewer.userId},
                                [&](const core::db::Row& row) {
                                    titles.insert(row.string(0));
                                    return true;
                                });
        });
        return titles;
    }
    std::string problems() {
        const auto report = database->readValue<LedgerReport>(checkLedger);
        std::string text = report ? "" : report.error().detail;
        for (const std::string& problem : report ? report->problems : std::vector<std::string>()) {
            text += problem + "\n";
        }
        return text;
    }

    std::shared_ptr<StoreClock> clock = std::make_shared<StoreClock>();
    std::unique_ptr<core::db::Database> database;
    MasterKeyFile master;
    std::atomic<int> changes = 0;
    FolderProvider* elsewhere = nullptr;
    std::unique_ptr<Orders> orders;
    WorkPool pool{2, 100};  // first to go
};

}  // namespace marea::server::store::test

#include <sys/stat.h>

#include "doubles.h"
#include "server/apps/licence/sealkeystore.h"

namespace marea::server {
namespace {

using core::ErrorCode;

TEST_F(LicenceTest, TheMasterKeyIsMadeOnceAndForItsOwnerOnly) {
    MasterKeyFile first(folder.string());
    EXPECT_EQ(first.wrap("secret", "a").error().code, ErrorCode::Unavailable);  // before it is made
    ASSERT_TRUE(first.prepare());
    struct stat status {};
    ASSERT_EQ(::stat(keyFile().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    const auto wrapped = first.wrap("secret", "a");
    ASSERT_TRUE(wrapped);
    EXPECT_EQ(wrapped->bytes.find("secret"), wrapped->bytes.npos);
    EXPECT_NE(wrapped->bytes, first.wrap("secret", "a")->bytes);
    MasterKeyFile second(folder.string());
    ASSERT_TRUE(second.prepare());
    EXPECT_EQ(second.unwrap(*wrapped, "a").value_or(""), "secret");
}

TEST_F(LicenceTest, WhatWasWrappedOpensOnlyAsItWas) {
    MasterKeyFile master(folder.string());
    ASSERT_TRUE(master.prepare());
    const WrappedSecret wrapped = *master.wrap("secret", "a");
    EXPECT_EQ(master.unwrap(wrapped, "b").error().code, ErrorCode::Corrupt);
    for (std::size_t at = 0; at < wrapped.bytes.size(); ++at) {
        WrappedSecret changed = wrapped;
        changed.bytes[at] = static_cast<char>(changed.bytes[at] ^ 1);
        EXPECT_FALSE(master.unwrap(changed, "a")) << at;
        changed.bytes = wrapped.bytes.substr(0, at);
        EXPECT_FALSE(master.unwrap(changed, "a")) << at;
    }
}

TEST_F(LicenceTest, AMasterKeyThatOthersCanReadIsNotUsed) {
    MasterKeyFile maker(folder.string());
    ASSERT_TRUE(maker.prepare());
    const WrappedSecret wrapped = *maker.wrap("secret", "a");
    for (const mode_t mode : {0644U, 0640U, 0604U}) {
        ASSERT_EQ(::chmod(keyFile().c_str(), mode), 0);
        MasterKeyFile reader(folder.string());
        EXPECT_EQ(reader.check().error().code, ErrorCode::Unavailable);
        EXPECT_EQ(reader.unwrap(wrapped, "a").error().code, ErrorCode::Unavailable);
        EXPECT_EQ(reader.prepare().error().code, ErrorCode::Unavailable);
    }
    ASSERT_EQ(::chmod(keyFile().c_str(), 0600), 0);
    EXPECT_TRUE(MasterKeyFile(folder.string()).check());
    std::filesystem::rename(keyFile(), keyFile() + ".elsewhere");
    std::filesystem::create_symlink(keyFile() + ".elsewhere", keyFile());
    EXPECT_FALSE(MasterKeyFile(folder.string()).check());
}

TEST_F(LicenceTest, EachTitleAndSchemeHasAKeyOfItsOwnForGood) {
    MasterKeyFile master(folder.string());
    std::vector<ContentKey> keys;
    {
        TitleKeyStore store(*database, master, clock);
        for (const char* title : {"film", "other"}) {
            for (const ProtectionScheme scheme : kProtectionSchemes) {
                keys.push_back(store.key(title, scheme).value());
            }
        }
        EXPECT_EQ(store.key("film", ProtectionScheme::Aes128)->value, keys[0].value);
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            EXPECT_NE(keys[i].id, keys[j].id);
            EXPECT_NE(keys[i].value, keys[j].value);
        }
    }
    MasterKeyFile again(folder.string());
    TitleKeyStore store(*database, again, clock);
    EXPECT_EQ(store.key("other", ProtectionScheme::Cbcs)->value, keys[5].value);
    EXPECT_EQ(store.key("other", ProtectionScheme::Cbcs)->id, keys[5].id);
    const auto owner = store.ownerOf(keys[5].id);
    ASSERT_TRUE(owner && *owner);
    EXPECT_EQ((*owner)->title, "other");
    EXPECT_EQ((*owner)->scheme, ProtectionScheme::Cbcs);
    EXPECT_FALSE(store.ownerOf(Key128{})->has_value());
    EXPECT_EQ(store.check().value(), 6);
}

TEST_F(LicenceTest, NoKeyIsInTheDatabaseInTheClear) {
    MasterKeyFile master(folder.string());
    const auto key = TitleKeyStore(*database, master, clock).key("film", ProtectionScheme::Cenc);
    ASSERT_TRUE(key);
    ASSERT_TRUE(database->backup((folder / "backup.db").string()));
    for (const char* name : {"marea.db", "marea.db-wal", "backup.db"}) {
        std::ifstream file(folder / name, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        const std::string value(key->value.begin(), key->value.end());
        EXPECT_EQ(bytes.find(value), bytes.npos) << name;
        EXPECT_EQ(bytes.find(base64Url(key->value)), bytes.npos) << name;
    }
}

TEST_F(LicenceTest, ARowThatWasMovedOpensNoMore) {
    MasterKeyFile master(folder.string());
    ASSERT_TRUE(TitleKeyStore(*database, master, clock).key("film", ProtectionScheme::Cenc));
    run("UPDATE title_keys SET item_id = 'other'");
    EXPECT_EQ(TitleKeyStore(*database, master, clock).key("other", ProtectionScheme::Cenc).error().code,
              ErrorCode::Corrupt);
    run("UPDATE title_keys SET item_id = 'film', scheme = 'cbcs'");
    EXPECT_EQ(TitleKeyStore(*database, master, clock).key("film", ProtectionScheme::Cbcs).error().code,
              ErrorCode::Corrupt);
}

TEST_F(LicenceTest, ALostMasterKeyIsNotReplacedByANewOne) {
    {
        MasterKeyFile master(folder.string());
        ASSERT_TRUE(TitleKeyStore(*database, master, clock).key("film", ProtectionScheme::Cenc));
    }
    std::filesystem::remove(keyFile());
    MasterKeyFile master(folder.string());
    TitleKeyStore store(*database, master, clock);
    EXPECT_EQ(store.key("film", ProtectionScheme::Cenc).error().code, ErrorCode::Unavailable);
    EXPECT_EQ(store.key("other", ProtectionScheme::Cenc).error().code, ErrorCode::Unavailable);
    EXPECT_EQ(store.check().error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(std::filesystem::exists(keyFile()));
    run("DELETE FROM title_keys");
    EXPECT_TRUE(store.key("other", ProtectionScheme::Cenc));
}

TEST_F(LicenceTest, KeysOfSealedFilesAreOnePerTitleAndNoneIsEverLost) {
    core::SealId id{};
    std::string secret;
    {
        MasterKeyFile master(folder.string());
        SealKeyStore seals(*database, master, clock);
        EXPECT_EQ(seals.check().value_or(-1), 0);
        const auto key = seals.keyOf("film"), again = seals.keyOf("film"), other = seals.keyOf("other");
        ASSERT_TRUE(key && again && other);
        EXPECT_EQ(key->id, again->id);
        EXPECT_EQ(key->secret, again->secret);
        EXPECT_NE(key->id, other->id);
        EXPECT_NE(key->secret, other->secret);
        id = key->id;
        secret = key->secret;
    }
    MasterKeyFile master(folder.string());
    SealKeyStore seals(*database, master, clock);
    EXPECT_EQ(seals.secretOf(id).value_or(""), secret);
    EXPECT_EQ(seals.secretOf(core::SealId{}).error().code, ErrorCode::Unavailable);
    EXPECT_EQ(seals.check().value_or(-1), 2);
    EXPECT_FALSE(database->write([](core::db::Session& db) { return db.run("DELETE FROM seal_keys"); }));
    // Without the master key none is made in its place, neither for files nor for titles.
    std::filesystem::remove(keyFile());
    MasterKeyFile lost(folder.string());
    SealKeyStore closed(*database, lost, clock);
    TitleKeyStore titles(*database, lost, clock);
    EXPECT_EQ(closed.secretOf(id).error().code, ErrorCode::Unavailable);
    EXPECT_EQ(closed.keyOf("song").error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(titles.key("film", ProtectionScheme::Cenc));
    EXPECT_FALSE(std::filesystem::exists(keyFile()));
}

}  // namespace
}  // namespace marea::server

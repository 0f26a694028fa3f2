#include "doubles.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using Kind = ProtectionTarget::Kind;

const ProtectionSchemes all(std::begin(kProtectionSchemes), std::end(kProtectionSchemes)), one{ProtectionScheme::Cbcs},
    none;

TEST_F(LicenceTest, TheNearestChoiceCounts) {
    ProtectionStore store(*database, clock);
    EXPECT_FALSE(store.of("episode")->has_value());
    ASSERT_TRUE(store.choose({Kind::Library, "lib"}, all, "ana"));
    EXPECT_EQ(*store.of("episode"), all);
    EXPECT_EQ(*store.of("song"), all);
    ASSERT_TRUE(store.choose({Kind::Media, "series"}, none, "ana"));
    EXPECT_FALSE(store.of("episode")->has_value());
    EXPECT_FALSE(store.of("season")->has_value());
    EXPECT_EQ(*store.of("film"), all);
    ASSERT_TRUE(store.choose({Kind::Media, "season"}, one, "ana"));
    EXPECT_EQ(*store.of("episode"), one);
    EXPECT_FALSE(store.of("series")->has_value());
    const auto choice = store.choice({Kind::Media, "episode"});
    ASSERT_TRUE(choice);
    EXPECT_TRUE(choice->protects);
    EXPECT_EQ(choice->from, "season");
    ASSERT_TRUE(store.choose({Kind::Media, "episode"}, all, "ana"));
    EXPECT_EQ(*store.of("episode"), all);
    ASSERT_TRUE(store.inherit({Kind::Media, "episode"}));
    EXPECT_EQ(*store.of("episode"), one);
}

TEST_F(LicenceTest, AlbumsAndArtistsAreInheritedFrom) {
    addItem("album", "album", "NULL, NULL, 'band', NULL");
    addItem("band", "artist", "NULL, NULL, NULL, NULL");
    ProtectionStore store(*database, clock);
    ASSERT_TRUE(store.choose({Kind::Media, "band"}, one, "ana"));
    EXPECT_EQ(*store.of("song"), one);
    EXPECT_EQ(*store.of("album"), one);
    ASSERT_TRUE(store.choose({Kind::Media, "album"}, none, "ana"));
    EXPECT_FALSE(store.of("song")->has_value());
}

TEST_F(LicenceTest, ChoicesAreForWhatIsThere) {
    ProtectionStore store(*database, clock);
    EXPECT_EQ(store.choose({Kind::Media, "gone"}, all, "ana").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store.choose({Kind::Media, "lib"}, all, "ana").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store.choose({Kind::Library, "film"}, all, "ana").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store.inherit({Kind::Media, "gone"}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store.choice({Kind::Library, "gone"}).error().code, ErrorCode::NotFound);
}

TEST_F(LicenceTest, SchemesOfAnotherProgramProtectNevertheless) {
    ProtectionStore store(*database, clock);
    run("INSERT INTO protections VALUES ('film', 'quantum', 'ana', 0)");
    ASSERT_TRUE(store.of("film"));
    ASSERT_TRUE(store.of("film")->has_value());
    EXPECT_TRUE((*store.of("film"))->empty());
}

}  // namespace
}  // namespace marea::server

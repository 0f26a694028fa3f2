#include "catalogfixture.h"
#include "server/apps/catalog/rungstore.h"

namespace marea::test {
namespace {

using core::RungMeasure;
using server::RungStore;

class CatalogRungs : public CatalogTest {
protected:
    void SetUp() override {
        CatalogTest::SetUp();
        store = std::make_unique<RungStore>(*database, clock);
    }
    std::unique_ptr<RungStore> store;
};

TEST_F(CatalogRungs, BelongToTheContentOfAFile) {
    put(media() / "film.mkv", "video=1\ntitle=Film\n");
    scan();
    const auto files = store->unmeasured(0, 100).value();
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].name, "film.mkv");
    EXPECT_FALSE(files[0].info.streams.empty());
    EXPECT_TRUE(store->unmeasured(files[0].num, 100)->empty());
    EXPECT_EQ(store->info(files[0].content)->streams.size(), files[0].info.streams.size());
    EXPECT_EQ(store->info("c0ffee").error().code, core::ErrorCode::NotFound);
    const std::vector<RungMeasure> rungs{{1080, 4'000'000, 0.98765}, {720, 0, 0.95}};
    ASSERT_TRUE(store->keep(files[0].content, rungs, ""));
    EXPECT_TRUE(store->unmeasured(0, 100)->empty());
    const auto item = catalog->item(user, itemOf("film.mkv"));
    ASSERT_TRUE(item);
    EXPECT_EQ(item->files.at(0).rungs, rungs);
    std::filesystem::rename(media() / "film.mkv", media() / "other.mkv");
    scan();
    EXPECT_TRUE(store->unmeasured(0, 100)->empty()) << "it is the same film";
}

TEST_F(CatalogRungs, OfWhatIsGoneGo) {
    put(media() / "film.mkv", "video=1\ntitle=Film\n");
    scan();
    const auto files = store->unmeasured(0, 100).value();
    ASSERT_TRUE(store->keep(files.at(0).content, {}, "It cannot be decoded."));
    EXPECT_EQ(store->sweep().value(), 0);
    ASSERT_TRUE(store->keep("c0ffee", {}, ""));
    EXPECT_EQ(store->sweep().value(), 1);
}

TEST(RungText, IsReadBackAndNonsenseIsNothing) {
    const std::vector<RungMeasure> rungs{{2160, 15'000'000, 0.5}, {480, 0, -0.25}};
    EXPECT_EQ(server::rungsFromText(server::toText(rungs)), rungs);
    EXPECT_EQ(server::toText({}), "[]");
    for (const char* text : {"", "{}", "[1]", R"([{"height":-1,"bitrate":1,"quality":1}])", R"([{"height":480}])"}) {
        EXPECT_TRUE(server::rungsFromText(text).empty()) << text;
    }
}

}  // namespace
}  // namespace marea::test

#include "server/stream/opentitles.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

// A library whose titles have as many sidecars as it is told; `during` happens while one is looked up.
class Library final : public TitleSource {
public:
    core::Result<StreamTitle> open(const Principal&, const core::Id& title, const core::Id& file) override {
        ++opened;
        StreamTitle made;
        made.title = title;
        made.file = file;
        made.sidecars.resize(sidecars);
        if (during) {
            std::exchange(during, nullptr)();
        }
        return made;
    }
    core::Result<StreamTitle> openSidecar(const Principal& who, const core::Id& title, const core::Id& id) override {
        return open(who, title, id);
    }

    std::size_t sidecars = 0;
    int opened = 0;
    std::function<void()> during;
};

struct Kept : testing::Test {
    std::size_t sidecarsSeen() { return (*titles.open(who, "title", "file"))->sidecars.size(); }

    Library library;
    OpenTitles titles{library, 256, std::chrono::hours(1)};
    const Principal who{"user", "session", "", ""};
};

TEST_F(Kept, AreLookedUpOnce) {
    sidecarsSeen();
    library.sidecars = 1;
    EXPECT_EQ(sidecarsSeen(), 0U);
    EXPECT_EQ(library.opened, 1);
}

TEST_F(Kept, AreLookedUpAnewAsSoonAsAChangeIsWritten) {
    sidecarsSeen();
    titles.beginChange();
    library.sidecars = 1;  // written, and not told yet
    EXPECT_EQ(sidecarsSeen(), 1U);
    titles.endChange();
    EXPECT_EQ(sidecarsSeen(), 1U);
    EXPECT_EQ(library.opened, 3);
    sidecarsSeen();
    EXPECT_EQ(library.opened, 3) << "and then kept";
}

TEST_F(Kept, AreNotThoseOfBeforeAChangeThatCameMeanwhile) {
    library.during = [this] { titles.beginChange(); };
    EXPECT_EQ(sidecarsSeen(), 0U);
    library.sidecars = 1;
    titles.endChange();
    EXPECT_EQ(sidecarsSeen(), 1U);

    library.during = [this] {
        titles.beginChange();
        titles.endChange();
    };
    titles.forget();
    sidecarsSeen();
    library.sidecars = 2;
    EXPECT_EQ(sidecarsSeen(), 2U);
}

TEST_F(Kept, AreNoneWhileOneOfTwoChangesGoesOn) {
    titles.beginChange();
    titles.beginChange();
    titles.endChange();
    sidecarsSeen();
    library.sidecars = 1;
    EXPECT_EQ(sidecarsSeen(), 1U);
}

}  // namespace
}  // namespace marea::server

#include "player/render/framepainter.h"

#include <gtest/gtest.h>

#include <cstring>
#include <QCoreApplication>
#include <QVideoFrameFormat>

#include "tests/integration/player/waiting.h"

namespace marea::player {
namespace {

using test::waitFor;

QVideoFrame black(const QSize& size) {
    QVideoFrame frame(QVideoFrameFormat(size, QVideoFrameFormat::Format_ARGB8888));
    if (frame.map(QVideoFrame::WriteOnly)) {
        std::memset(frame.bits(0), 0, static_cast<std::size_t>(frame.mappedBytes(0)));
        frame.unmap();
    }
    return frame;
}

struct FramePainterTest : ::testing::Test {
    std::shared_ptr<FrameBox> box = std::make_shared<FrameBox>();
    std::unique_ptr<FramePainter> painter;

    FramePainterTest() { QCoreApplication::setAttribute(Qt::AA_ForceRasterWidgets); }
    void paint() {
        painter = std::make_unique<FramePainter>(box, [] {});
    }
    // Columns that have something bright, the first and the last; -1: none.
    std::pair<int, int> bright() const {
        const QImage image = painter->image();
        std::pair<int, int> found{-1, -1};
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                if (qGray(image.pixel(x, y)) > 100) {
                    found = {found.first < 0 ? x : found.first, x};
                    break;
                }
            }
        }
        return found;
    }
};

TEST_F(FramePainterTest, WhatWasThereBeforeItIsPaintedAndWhatGoesIsGone) {
    box->setFrame(black({320, 180}));
    paint();
    EXPECT_TRUE(waitFor([&] { return painter->image().size() == QSize(320, 180); }));
    EXPECT_EQ(bright().first, -1);
    box->setFrame({});
    EXPECT_TRUE(waitFor([&] { return painter->image().isNull(); }));
}

TEST_F(FramePainterTest, WordsStayWithinThePictureHoweverLongTheyAre) {
    box->setFrame(black({320, 180}));
    paint();
    for (const QString& words : {QString(QStringLiteral("tide ")).repeated(30), QString(150, QLatin1Char('w'))}) {
        box->setWords(words);
        ASSERT_TRUE(waitFor([&] { return bright().first >= 0; }));
        EXPECT_GE(bright().first, 4);
        EXPECT_LT(bright().second, 316);
        box->setWords({});
        ASSERT_TRUE(waitFor([&] { return bright().first < 0; }));
    }
}

TEST(PlainWords, HaveNoMarksOfTheirFormats) {
    EXPECT_EQ(plainWords(QStringLiteral("<i>Ebb</i> &amp; flow")), QStringLiteral("Ebb & flow"));
    EXPECT_EQ(plainWords(QStringLiteral("{\\an8}Above\nbelow ")), QStringLiteral("Above\nbelow"));
    EXPECT_EQ(plainWords(QStringLiteral("3 &lt; 4, &amp;lt; too")), QStringLiteral("3 < 4, &lt; too"));
    EXPECT_EQ(plainWords(QStringLiteral("<b></b>")), QString());
}

}  // namespace
}  // namespace marea::player

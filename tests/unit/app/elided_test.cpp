// One tip for all text that ends in dots.
#include "app/viewmodels/elidedtext.h"

#include <QQmlComponent>

#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class Scene {
public:
    explicit Scene(const QByteArray& inside) : component_(&engine_) {
        component_.setData("import QtQuick\nItem { width: 400; height: 100\n" + inside + "\n}", QUrl());
        root_.reset(qobject_cast<QQuickItem*>(component_.create()));
    }
    QString at(qreal x, qreal y) const {
        const auto* found = ElidedText::at(root_.get(), {x, y});
        return found ? found->property("text").toString() : QString();
    }

private:
    QQmlEngine engine_;
    QQmlComponent component_;
    std::unique_ptr<QQuickItem> root_;
};

const QByteArray kLong =
    "Text { width: 60; height: 20; elide: Text.ElideRight; text: 'What the gulls saw from above' }\n";

TEST(ElidedText, IsFoundWhereItStandsAndNowhereElse) {
    const Scene scene(kLong + "Text { x: 100; width: 200; height: 20; elide: Text.ElideRight; text: 'Foghorn' }");
    EXPECT_EQ(scene.at(10, 10), L("What the gulls saw from above"));
    EXPECT_EQ(scene.at(110, 10), QString()) << "all of it can be read";
    EXPECT_EQ(scene.at(10, 50), QString());
}

TEST(ElidedText, OfAButtonIsFoundBelowItsMouseArea) {
    EXPECT_NE(Scene(kLong + "MouseArea { anchors.fill: parent }").at(10, 10), QString());
}

TEST(ElidedText, ThatIsCoveredOrNotShownIsNotFound) {
    const QByteArray page = "Item { anchors.fill: parent\n" + kLong + "}\n";
    EXPECT_EQ(Scene(page + "Item { anchors.fill: parent; MouseArea { anchors.fill: parent } }").at(10, 10), QString());
    EXPECT_EQ(Scene("Item { visible: false\n" + kLong + "}").at(10, 10), QString());
    EXPECT_EQ(Scene("Item { opacity: 0\n" + kLong + "}").at(10, 10), QString());
    EXPECT_EQ(Scene("Item { width: 5; height: 20; clip: true\n" + kLong + "}").at(10, 10), QString());
}

QQuickItem* elidedBelow(QQuickItem* below, const QString& text) {
    for (auto* child : below->childItems()) {
        if (child->isVisible() && child->property("truncated").toBool() && child->property("text") == text)
            return child;
        if (auto* found = elidedBelow(child, text))
            return found;
    }
    return nullptr;
}

TEST_F(Pages, ANameThatEndsInDotsIsToldWholeWhereThePointerRests) {
    const auto name = QStringLiteral("The true and whole history of the woman who lit the lighthouse of Finisterre");
    world_.http.on("GET /api/v1/media", 200, listOf({film(L("f1"), name)}));
    ASSERT_TRUE(world_.signIn());
    window_->resize(1280, 720);
    world_.context.navigator()->go(L("films"));
    auto* elided = window_->findChild<ElidedText*>();
    ASSERT_NE(elided, nullptr);
    QQuickItem* label = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] { return (label = elidedBelow(window_->contentItem(), name)) != nullptr; }));
    const auto place = label->mapRectToScene(label->boundingRect()).toAlignedRect();
    QTest::mouseMove(window_, QPoint(5, 5));
    QTest::mouseMove(window_, place.center());
    ASSERT_TRUE(QTest::qWaitFor([&] { return elided->text() == name; }));
    QTest::mouseMove(window_, QPoint(5, 5));
    EXPECT_TRUE(QTest::qWaitFor([&] { return elided->text().isEmpty(); }));
}

}  // namespace
}  // namespace marea::app::test
